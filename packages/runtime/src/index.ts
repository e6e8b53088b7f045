import { host } from "./hosted.js";
import { http } from "./http.js";
import { lambda, type LambdaFunction } from "./lambda.js";
import { createRegistry, createService, type Service } from "./service.js";

/**
 * Registers the app's functions. Synchronous: an app that must wait for something first awaits it at the top level of
 * its module and calls `main` then.
 * @throws RegistrationError
 */
export function main(name: string, description: string, functions: readonly LambdaFunction[]): Service {
  const registry = createRegistry(name, description, functions);
  return host(registry, createService(registry, functions));
}

export { DISPATCH_ERRORS, DispatchError, ResponseStatusError, type Logger } from "@laconic/dispatcher";
export { afterRestore, beforeSnapshot, type LifecycleHook } from "@laconic/dispatcher";
export type { FetchExecutionContext, LambdaBindings, LambdaRequest } from "@laconic/dispatcher";
export { REGISTRATION_ERRORS, RegistrationError, type RegistrationErrorCode } from "./errors.js";
export {
  dynamodb,
  eventBridge,
  httpApi,
  kinesis,
  logs,
  restApi,
  s3,
  schedule,
  ses,
  sns,
  sqs,
  type Cors,
  type EventSource,
} from "./events.js";
export { arn, parameter, ref, secret, type Reference } from "./references.js";
export {
  http,
  type FetchApp,
  type FetchHandler,
  type HttpApp,
  type HttpOptions,
  type ListenerApp,
  type NodeListener,
} from "./http.js";
export { lambda, type AnyShapeHandler, type LambdaFunction, type LambdaResponse } from "./lambda.js";
export type { FunctionOptions, Permission, UrlOptions, VpcConfig } from "./options.js";
export type { Service } from "./service.js";

/** For `import laconic from`; a bundle keeps it only for an app that does so. */
export default { main, lambda, http };
