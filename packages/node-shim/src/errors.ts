/** Every error of this package, those of the JavaScript that it generates included: what it means. */
export const NODE_SHIM_ERRORS = {
  LAC6201:
    "two functions would have the same handler once characters that a handler cannot have are replaced",
  LAC6202: "the service has no function, so the shim would have no handler",
  LAC6203: "the bundle's name is not a plain file name",
  LAC6204: "the app failed while the build asked which functions it registers",
  LAC6301: "the app registered no service, or no function of the handler's name",
  LAC6302: "the handler's promise is pending and nothing is left that could settle it",
  LAC6303: "the app's process could not be started",
  LAC6304: "the app's process did not say in time that it is ready",
  LAC6305: "the app's process ended while it served the request",
  LAC6306: "the app's process ended so often that the sandbox gives up",
  LAC6307: "the app's process gave an answer that cannot be read",
  LAC6308: "the app's process was stopped shortly before the request's deadline",
  LAC6309: "the port between the shim and the app's process is taken",
  LAC6310: "the proxy shim does not run on Managed Instances",
} as const;

export type NodeShimErrorCode = keyof typeof NODE_SHIM_ERRORS;

export interface NodeShimErrorDetails {
  /** What to do next. */
  readonly hint: string;
  /** Where it happened, such as the app's stack trace. */
  readonly frame?: string;
  readonly cause?: unknown;
}

/** A shim that cannot be generated. Match it by `code`, which never changes its meaning. */
export class NodeShimError extends Error {
  override readonly name = "NodeShimError";
  readonly hint: string;
  readonly frame?: string;

  constructor(
    readonly code: NodeShimErrorCode,
    message: string,
    { hint, frame, cause }: NodeShimErrorDetails,
  ) {
    super(message, cause === undefined ? undefined : { cause });
    this.hint = hint;
    if (frame) this.frame = frame;
  }
}
