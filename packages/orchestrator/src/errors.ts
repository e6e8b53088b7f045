/** Stable codes of this package's errors, and what each means; a code is never given another meaning. */
export const LACONIC_ERRORS = {
  LAC8001: "the entry file cannot be read",
  LAC8002: "the app registered no function of that name",
  LAC8003: "the event is not JSON",
  LAC8004: "an option's value is wrong",
  LAC8005: "an artifact cannot be written",
  LAC8006: "there is nothing built yet",
  LAC8007: "the engine is not installed for the platform",
  LAC8008: "the package is for another platform than this machine's",
  LAC8009: "the build was interrupted",
  LAC8010: "a text that a command was to read cannot be read",
  LAC8011: "an asset cannot be packed",
  LAC8012: "the configuration cannot be read",
  LAC8013: "a value of the configuration is wrong",
  LAC8014: "the configuration cannot be edited",
  LAC8015: "the app can be built for none of the shims that were asked for",
  LAC8016: "a command of the configuration failed",
  LAC8017: "the list of modules for require in package.json is wrong",
} as const;

export type LaconicErrorCode = keyof typeof LACONIC_ERRORS;

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
