import { codeFrame } from "./code-frame.js";
import { RULES, type Code } from "./rules.js";
import { positionOf, type Range, type Source } from "./source.js";

/** An error stops the file from being changed, a warning says what to look at after it was, a note is only that. */
export type Severity = "error" | "warning" | "note";

export interface Diagnostic {
  /** Stable, `LAC1...`; docs/diagnostics.md has a section for each. */
  readonly code: Code;
  readonly severity: Severity;
  /** What happened to what, one sentence. */
  readonly message: string;
  /** Why it matters, one sentence. */
  readonly why: string;
  /** The next step. */
  readonly hint: string;
  readonly path: string;
  /** Absent for what is about a whole file. 1-based. */
  readonly line?: number;
  readonly column?: number;
  /** UTF-16 offsets in the file's text. */
  readonly start?: number;
  readonly end?: number;
  readonly frame?: string;
}

/** Values for the `{placeholders}` of a rule's texts. */
export type Details = Readonly<Record<string, string | number>>;

/** A diagnostic about a place in a text. */
export function problem(code: Code, source: Source, range: Range, details: Details = {}): Diagnostic {
  const { start, end } = range;
  const place = { ...positionOf(source.text, start), start, end, frame: codeFrame(source.text, range) };
  return { ...fileProblem(code, source.path, details), ...place };
}

/** A diagnostic about a file as a whole. */
export function fileProblem(code: Code, path: string, details: Details = {}): Diagnostic {
  const rule = RULES[code];
  const fill = (text: string): string =>
    text.replace(/\{(\w+)\}/g, (whole, name: string) => String({ path, ...details }[name] ?? whole));
  return {
    code,
    severity: rule.severity,
    message: fill(rule.message),
    why: rule.why,
    hint: fill(rule.fix),
    path,
  };
}

/** `file:line:column`, or only the file. */
export function where(diagnostic: Diagnostic): string {
  const { path, line, column } = diagnostic;
  return line === undefined ? path : `${path}:${line}:${column ?? 1}`;
}
