/** Every code of this package and what it stands for; the documentation is generated from it, and no bundle keeps it. */
export const REGISTRATION_ERRORS = {
  LAC3101: "main() was given no functions",
  LAC3102: "a function's name is not one that Lambda allows",
  LAC3103: "two functions have the same name",
  LAC3104: "two functions would have the same name in the generated shim",
  LAC3105: "an option has a value that it cannot have",
  LAC3106: "an option does not exist",
  LAC3107: "lambda() was given something that is no function",
  LAC3108: "http() was given something that is neither a fetch function nor an app with one",
  LAC3109: "the service has no name or no description",
  LAC3110: "the function list holds something that neither lambda() nor http() made",
  LAC3111: "one library calls main() twice",
  LAC3112: "a library was called although its app registered no service",
  LAC3113: "an app is run with a command, and there is no command line for it",
} as const;

export type RegistrationErrorCode = keyof typeof REGISTRATION_ERRORS;

/** Thrown while the app loads. Matched by `code`, not by `instanceof`: a bundle may hold two copies of this class. */
export class RegistrationError extends Error {
  override readonly name = "RegistrationError";
  readonly code: RegistrationErrorCode;
  /** The next step, one sentence. */
  readonly hint: string;

  constructor(code: RegistrationErrorCode, message: string, hint: string) {
    super(message);
    this.code = code;
    this.hint = hint;
  }
}
