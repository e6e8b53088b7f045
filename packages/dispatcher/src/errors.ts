/** Every code of this package and what it stands for; the documentation is generated from it, and no bundle keeps it. */
export const DISPATCH_ERRORS = {
  LAC3001: "the service has no function of this name",
  LAC3002: "the event, or the context, is not JSON",
  LAC3003: "JSON cannot hold what the handler returned",
  LAC3004: "an HTTP function received an event of no HTTP shape, and its app refused it",
  LAC3005: "a field of an HTTP event has the wrong type",
  LAC3006: "a fetch function gave something that is no Response",
  LAC3007: "a handler's promise settled, but its response was never ended and no value was returned",
  LAC3008: "a handler ended its response with a status of 400 or above; the message is that response as JSON",
  LAC3009: "a Node listener was registered that the build took for a fetch app",
  LAC3010: "a Node listener destroyed its response before it was ended",
  LAC3011: "the app was to listen on a server, and none listens",
  LAC3012: "the app was to listen on a server, and several listen",
} as const;

export type DispatchErrorCode = keyof typeof DISPATCH_ERRORS;

export interface DispatchErrorDetails {
  /** The next step, one sentence. */
  readonly hint?: string;
  readonly cause?: unknown;
}

/** Matched by `code`, not by `instanceof`: a bundle may hold two copies of this class. */
export class DispatchError extends Error {
  override readonly name: string = "DispatchError";
  readonly code: DispatchErrorCode;
  readonly hint: string | undefined;

  constructor(code: DispatchErrorCode, message: string, details: DispatchErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.hint = details.hint;
  }
}
