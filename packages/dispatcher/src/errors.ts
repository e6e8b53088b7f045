/** What went wrong between an event and a function; `code` is stable and never reused. */
export type DispatchErrorCode =
  | "LAC3001" // unknown function
  | "LAC3002" // event or context is not JSON
  | "LAC3003" // result cannot be held by JSON
  | "LAC3004" // event of no HTTP shape sent to an HTTP function
  | "LAC3005" // HTTP event with a field of the wrong type
  | "LAC3006" // fetch function gave something that is no Response
  | "LAC3007" // handler settled without ending its response
  | "LAC3008"; // handler ended its response with status >= 400

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
