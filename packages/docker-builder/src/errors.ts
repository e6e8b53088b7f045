/** Stable codes of this package's errors; a code is never given another meaning. */
export type BuilderErrorCode =
  /** the engine's files are missing or unreadable */
  | "LAC5001"
  /** no linker was found */
  | "LAC5002"
  /** the bundle does not compile to bytecode */
  | "LAC5003"
  /** the app fails while it is loaded */
  | "LAC5004"
  /** the linker failed */
  | "LAC5005"
  /** the library would not load, or exposes what it should not, on its target */
  | "LAC5006"
  /** one of the engine's tools died or answered what cannot be understood */
  | "LAC5007";

export interface BuilderErrorDetails {
  /** Where it happened: a stack trace, or the output of the tool that failed. */
  readonly frame?: string;
  /** The next step. */
  readonly hint?: string;
  readonly cause?: unknown;
}

/** A library could not be built. */
export class BuilderError extends Error {
  override readonly name = "BuilderError";
  readonly frame?: string;
  readonly hint?: string;

  constructor(
    readonly code: BuilderErrorCode,
    message: string,
    { frame, hint, cause }: BuilderErrorDetails = {},
  ) {
    super(message, cause === undefined ? undefined : { cause });
    if (frame) this.frame = frame;
    if (hint) this.hint = hint;
  }
}
