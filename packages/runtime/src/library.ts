import { createDispatch, workAfterResponse, type Dispatch } from "@laconic/dispatcher";
import { RegistrationError } from "./errors.js";
import { http } from "./http.js";
import { lambda, type LambdaFunction } from "./lambda.js";
import { createRegistry, createService, type Service } from "./service.js";

// A library holds one app, so one registration; it is made once, while the module loads.
let current: Dispatch | undefined;

/**
 * `main` of an app that becomes a library: the same signature and result, and the functions are there for `dispatch`.
 * @throws RegistrationError, LAC3111 when called twice
 */
export function main(name: string, description: string, functions: readonly LambdaFunction[]): Service {
  if (current !== undefined) {
    throw new RegistrationError(
      "LAC3111",
      `main("${name}", ...) is the second main() of this library`,
      "Register all functions in one call, or build one library for each service.",
    );
  }
  const registry = createRegistry(name, description, functions);
  current = createDispatch(registry);
  return createService(registry, functions);
}

/**
 * The one function that a library exports: `(functionName, eventJson, contextJson)` -> result as JSON text, at once when
 * the handler is synchronous. Throws or rejects with what the handler throws.
 */
export const dispatch: Dispatch = (functionName, eventJson, contextJson) => {
  if (current === undefined) {
    throw new RegistrationError(
      "LAC3112",
      "The app registered no service",
      "Call main() while the module loads: at its top level, not in a callback.",
    );
  }
  return current(functionName, eventJson, contextJson);
};

// What the host asks after each response, before it calls for what a response does not wait for.
Object.defineProperty(dispatch, "workAfterResponse", { get: workAfterResponse });

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
export default { main, lambda, http, dispatch };
