export { workAfterResponse, type AfterResponse } from "./after-response.js";
export { eventAdapter, type EventHandler } from "./adapters/event.js";
export {
  fetchAdapter,
  type FetchExecutionContext,
  type FetchFunction,
  type LambdaBindings,
} from "./adapters/fetch.js";
export { listenerAdapter, type ListenerSource } from "./adapters/listener.js";
export { serverListener } from "./http/listening.js";
export { responseAdapter, type ResponseHandler } from "./adapters/response.js";
export type { LambdaContext } from "./context.js";
export type { ServiceDescription } from "./describe.js";
export {
  createDispatch,
  DESCRIBE,
  nodeHandler,
  streamingHandler,
  unknownFunction,
  type Dispatch,
} from "./dispatch.js";
export {
  DISPATCH_ERRORS,
  DispatchError,
  type DispatchErrorCode,
  type DispatchErrorDetails,
} from "./errors.js";
export type { Adapter, FunctionKind, RegisteredFunction, Registry } from "./function.js";
export type { BasePath } from "./http/base-path.js";
export type { LambdaRequest, Listener } from "./http/listener-exchange.js";
export type { HttpAdapterOptions } from "./http/receive.js";
export { afterRestore, beforeSnapshot, type LifecycleHook } from "./lifecycle.js";
export type { Logger } from "./logger.js";
export { InProcessResponse } from "./response/response.js";
export { ResponseStatusError } from "./response/result.js";
export type { ResponseSink } from "./streaming.js";
export { closest } from "./suggest.js";
