/** Stable codes of this package's errors, and what each means; a code is never given another meaning. */
export const BUILDER_ERRORS = {
  LAC5001: "the engine's files are missing or unreadable",
  LAC5003: "the bundle does not compile to bytecode",
  LAC5004: "the app fails while it is loaded",
  LAC5005: "the linker failed",
  LAC5006: "the library would not load, or exposes what it should not, on its target",
  LAC5007: "one of the engine's tools died or answered what cannot be understood",
  LAC5008: "the linker is not there and cannot be installed",
  LAC5009: "the engine has no feature of the name that was asked for",
  LAC5010: "no container engine answers",
  LAC5011: "this user may not use the container engine's socket",
  LAC5012: "the image is not there and cannot be pulled, or is for another platform",
  LAC5013: "the container cannot be started",
  LAC5014: "the connection to the container engine was lost during the build",
  LAC5015: "the build took longer than it may",
  LAC5016: "the build was ended before it was done",
  LAC5017: "memory ran out during the build",
  LAC5018: "the disk is full",
  LAC5019: "a command failed in the container, or did not make what it should",
  LAC5020: "a path leads out of the folders that the container sees",
  LAC5021: "the client for container engines, dockerode, is not installed",
} as const;

export type BuilderErrorCode = keyof typeof BUILDER_ERRORS;

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
