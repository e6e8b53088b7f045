/** A place in the user's source; lines and columns count from 1. */
export interface SourceLocation {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly lineText: string;
}

/** One thing that keeps the app from being bundled. */
export interface BundleProblem {
  /** `LAC2001` unsupported built-in, `LAC2002` unresolved import, `LAC2003` native addon, `LAC2004` anything else esbuild reports. */
  readonly code: "LAC2001" | "LAC2002" | "LAC2003" | "LAC2004";
  readonly message: string;
  readonly location?: SourceLocation;
  /** Files from the entry to the importer, both included. */
  readonly importChain?: readonly string[];
  readonly hint?: string;
}

/** The bundle could not be made. Carries every problem found, not only the first. */
export class BundleError extends Error {
  override readonly name = "BundleError";
  readonly code: BundleProblem["code"];
  readonly frame?: string;
  readonly hint?: string;

  constructor(readonly problems: readonly BundleProblem[]) {
    super(problems.map((problem) => problem.message).join("\n"));
    const [first] = problems;
    this.code = first?.code ?? "LAC2004";
    this.frame = problems.map(describe).join("\n");
    if (first?.hint) this.hint = first.hint;
  }
}

function describe({ location, importChain, message }: BundleProblem): string {
  const lines = [];
  if (location) {
    const gutter = `${location.line} | `;
    lines.push(`${location.file}:${location.line}:${location.column}  ${message}`);
    lines.push(gutter + location.lineText, " ".repeat(gutter.length + location.column - 1) + "^");
  }
  if (importChain && importChain.length > 1) lines.push(`imported through: ${importChain.join(" -> ")}`);
  return lines.join("\n");
}
