/** Stable codes of this package's errors; a code is never given another meaning. */
export type LaconicErrorCode =
  /** the entry file cannot be read */
  | "LAC8001"
  /** the app registered no function of that name */
  | "LAC8002"
  /** the event is not JSON */
  | "LAC8003"
  /** an option's value is wrong */
  | "LAC8004"
  /** an artifact cannot be written */
  | "LAC8005"
  /** there is nothing built yet */
  | "LAC8006";

export interface LaconicErrorDetails {
  /** Where it happened. */
  readonly frame?: string;
  /** The next step. */
  readonly hint?: string;
  readonly cause?: unknown;
}

/** A command could not do what it was asked. */
export class LaconicError extends Error {
  override readonly name = "LaconicError";
  readonly frame?: string;
  readonly hint?: string;

  constructor(
    readonly code: LaconicErrorCode,
    message: string,
    { frame, hint, cause }: LaconicErrorDetails = {},
  ) {
    super(message, cause === undefined ? undefined : { cause });
    if (frame) this.frame = frame;
    if (hint) this.hint = hint;
  }
}
