import type { Diagnostic } from "../diagnostics.js";
import type { Request } from "./command-line.js";
import type { Outcome } from "./run.js";

export interface Counts {
  /** Files that were looked at. */
  readonly files: number;
  /** That would change, or did. */
  readonly changed: number;
  readonly written: number;
  readonly unchanged: number;
  /** With an error, by name. */
  readonly failed: readonly string[];
}

export function countsOf(
  outcomes: readonly Outcome[],
  diagnostics: readonly Diagnostic[],
  written: ReadonlySet<string>,
): Counts {
  const failed = [...new Set(diagnostics.filter(isError).map(({ path }) => path))];
  const rest = outcomes.filter(({ result }) => !failed.includes(result.path));
  const changed = rest.filter(({ result }) => result.changed).length;
  return {
    files: rest.length + failed.length,
    changed,
    written: written.size,
    unchanged: rest.length - changed,
    failed,
  };
}

/** The last lines of a run: what happened to how many files, and the next step. */
export function summaryOf(
  request: Request,
  outcomes: readonly Outcome[],
  diagnostics: readonly Diagnostic[],
  written: ReadonlySet<string>,
): string {
  const counts = countsOf(outcomes, diagnostics, written);
  const errors = diagnostics.filter(isError).length;
  if (errors > 0 && !request.keepGoing) return `${plural(errors, "error")}; nothing was written`;
  const failures =
    errors > 0
      ? [`Passed over ${plural(counts.failed.length, "file")} with errors: ${counts.failed.join(", ")}`]
      : [];
  return [...failures, changesOf(request, outcomes, counts), ...nextStep(request, outcomes, written)].join(
    "\n",
  );
}

function changesOf(request: Request, outcomes: readonly Outcome[], counts: Counts): string {
  if (counts.changed === 0) return `Nothing to change in ${plural(counts.files, "file")}`;
  const edits = outcomes.reduce((sum, { result }) => sum + (result.changed ? result.edits.length : 0), 0);
  const files = `${counts.changed} of ${plural(counts.files, "file")} (${plural(edits, "edit")})`;
  return request.write
    ? `Changed ${files}; --revert takes it back`
    : `Would change ${files}; --write applies it`;
}

function nextStep(request: Request, outcomes: readonly Outcome[], written: ReadonlySet<string>): string[] {
  const first = outcomes.find(({ result }) => written.has(result.path));
  if (request.transform !== "adopt" || first === undefined) return [];
  return [`Next: npm install @laconic/runtime, then npx @laconic/cli build ${first.result.path}`];
}

function isError({ severity }: Diagnostic): boolean {
  return severity === "error";
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
