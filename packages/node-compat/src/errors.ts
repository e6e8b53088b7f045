/** Stable codes of this package's errors, and what each means; a code is never given another meaning. */
export const BUNDLE_ERRORS = {
  LAC2001: "a Node built-in that the engine lacks would be reached",
  LAC2002: "an import cannot be found",
  LAC2003: "a native addon would be reached",
  LAC2004: "the bundler refuses the source, for its syntax for example",
  LAC2005:
    "an export that the library's version of a Node built-in lacks, or that Node's does, would be reached",
  LAC2006: "a global of Node's that the engine lacks would be reached",
  LAC2007: "a module is required by a name that is known at run time only",
  LAC2008: "decorator metadata is asked for, and there is no TypeScript compiler to make it",
} as const;

export type BundleErrorCode = keyof typeof BUNDLE_ERRORS;

/** A place in the user's source; lines and columns count from 1. */
export interface SourceLocation {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly lineText: string;
}

/** One thing that keeps the app from being bundled. */
export interface BundleProblem {
  readonly code: BundleErrorCode;
  readonly message: string;
  readonly location?: SourceLocation;
  /** Files from the entry to the importer, both included. */
  readonly importChain?: readonly string[];
  readonly hint?: string;
}

/** The bundle could not be made. Carries every problem found, not only the first. */
export class BundleError extends Error {
  override readonly name = "BundleError";
  readonly code: BundleErrorCode;
  readonly frame?: string;
  readonly hint?: string;

  constructor(readonly problems: readonly BundleProblem[]) {
    const [first] = problems;
    const alone = problems.length === 1;
    super(alone && first ? first.message : `${problems.length} problems keep the app from being bundled.`);
    this.code = first?.code ?? "LAC2004";
    this.frame = problems.map((problem) => frame(problem, alone)).join("\n\n");
    if (alone && first?.hint) this.hint = first.hint;
  }
}

/** The place in the source; the message and the hint too, unless the error itself says them. */
function frame(problem: BundleProblem, alone: boolean): string {
  const { code, message, location, importChain = [], hint } = problem;
  const lines = [];
  if (!alone) lines.push(`${code} ${message}`);
  if (location) lines.push(codeFrame(location));
  if (importChain.length > 1) lines.push(`imported through ${importChain.join(" -> ")}`);
  if (!alone && hint) lines.push(hint);
  return lines.join("\n");
}

/** The longest piece of a source line that is shown: minified code has one line. */
const SHOWN = 120;

/** File, line and column, the source line, and a mark below the column. */
export function codeFrame({ file, line, column, lineText }: SourceLocation): string {
  const from = Math.max(0, column - 1 - SHOWN / 2);
  const before = `${line} | ${from > 0 ? "…" : ""}${lineText.slice(from, column - 1)}`;
  const rest = lineText.slice(column - 1, from + SHOWN);
  const isCut = lineText.length > from + SHOWN;
  // Tabs stay, so that the mark stands where the column is however wide they are shown.
  return `${file}:${line}:${column}\n${before}${rest}${isCut ? "…" : ""}\n${before.replace(/[^\t]/g, " ")}^`;
}
