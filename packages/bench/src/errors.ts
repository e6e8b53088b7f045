/** Every error of this package and what it means. */
export const BENCH_ERRORS = {
  LAC7001: "no usable Python 3 interpreter",
  LAC7002: "the interpreter cannot make virtual environments",
  LAC7003: "the pinned Python packages could not be installed",
  LAC7004: "the package is not a readable zip file",
  LAC7005: "the package holds an entry that would be written outside its folder",
  LAC7006: "the event is larger than Lambda accepts",
  LAC7007: "a benchmarked function failed",
  LAC7008: "the process's memory cannot be read on this system",
  LAC7009: "a tool that AWS's Node runtime client is built with is missing",
  LAC7010: "Lambda's Node, or AWS's client for it, could not be installed or built",
  LAC7011: "the page cache cannot be emptied",
  LAC7012: "the baseline cannot be read, or is of another benchmark",
} as const;

export type BenchErrorCode = keyof typeof BENCH_ERRORS;

/** Something that keeps the harness from running; what a function under test does wrong is an outcome instead. */
export class BenchError extends Error {
  override readonly name = "BenchError";
  readonly code: BenchErrorCode;
  /** What to do next. */
  readonly hint: string;

  constructor(code: BenchErrorCode, message: string, hint: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.hint = hint;
  }
}
