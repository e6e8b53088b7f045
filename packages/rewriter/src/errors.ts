import type { Diagnostic } from "./diagnostics.js";

/** Stops a run with a diagnostic. Thrown by what touches files; the pure core returns its diagnostics instead. */
export class RewriteError extends Error {
  override readonly name = "RewriteError";
  readonly code: Diagnostic["code"];
  readonly hint: string;
  readonly frame: string | undefined;

  constructor(
    readonly diagnostic: Diagnostic,
    options?: ErrorOptions,
  ) {
    super(diagnostic.message, options);
    this.code = diagnostic.code;
    this.hint = diagnostic.hint;
    this.frame = diagnostic.frame;
  }
}
