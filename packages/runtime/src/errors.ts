/** What is wrong with a registration; `code` is stable and never reused. */
export type RegistrationErrorCode =
  | "LAC3101" // no functions
  | "LAC3102" // function name
  | "LAC3103" // duplicate function name
  | "LAC3104" // names with the same Python identifier
  | "LAC3105" // option out of range or of the wrong type
  | "LAC3106" // unknown option
  | "LAC3107" // handler is no function
  | "LAC3108" // app is no fetch app
  | "LAC3109" // service name or description
  | "LAC3110" // something in the list that lambda() or http() did not make
  | "LAC3111" // second main() in one library
  | "LAC3112"; // library called before main()

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
