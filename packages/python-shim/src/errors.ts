/** Every error of this package, the Python half's included: what it means and the usual way out. */
export const PYTHON_SHIM_ERRORS = {
  LAC6001: "two functions have the same Python name once characters that Python does not allow are replaced",
  LAC6002: "the service has no function, so the shim would have no handler",
  LAC6003: "the library name is not a plain file name",
  LAC6004: "a function has an empty name",
  LAC6005: "the given Python cannot compile the shim",
  LAC6101: "the shim cannot read the library beside it",
  LAC6102: "the library is cut short or is no 64-bit ELF file",
  LAC6103: "the library is built for another processor architecture",
  LAC6104: "the dynamic loader refuses the library",
  LAC6105: "the library does not export the functions of Laconic's C interface",
  LAC6106: "library and shim speak different versions of the C interface",
  LAC6107: "the event holds a value that JSON cannot hold",
  LAC6108: "the library reported a failure without describing it",
  LAC6109: "the endpoint for the role's credentials gave none; only logged",
  LAC6110: "the result is larger than Lambda takes",
} as const;

export type PythonShimErrorCode = keyof typeof PYTHON_SHIM_ERRORS;

/** A shim that cannot be generated. Match it by `code`, which never changes its meaning. */
export class PythonShimError extends Error {
  override readonly name = "PythonShimError";
  readonly code: PythonShimErrorCode;
  /** What to do next. */
  readonly hint: string;

  constructor(code: PythonShimErrorCode, message: string, hint: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.hint = hint;
  }
}
