import type { ts as Ts } from "ts-morph";
import { problem, type Diagnostic } from "../diagnostics.js";
import type { Source } from "../source.js";
import { loadSyntax } from "./syntax.js";

export interface Parsed {
  readonly source: Source;
  readonly root: Ts.SourceFile;
  /** Syntax errors, each with its place; nothing may be rewritten when there is one. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Parses without a program or a type checker: only the text of this one file is looked at. */
export function parseSource(source: Source): Parsed {
  const ts = loadSyntax();
  const kind = scriptKind(ts, source.path);
  const root = ts.createSourceFile(source.path, readable(source.text), ts.ScriptTarget.Latest, true, kind);
  return { source, root, diagnostics: syntaxErrors(source, root) };
}

// Node accepts a shebang behind a byte order mark and the scanner does not: show it a comment of the same length.
function readable(text: string): string {
  return text.startsWith("\uFEFF#!") ? ` //${text.slice(3)}` : text;
}

function scriptKind(ts: typeof Ts, path: string): Ts.ScriptKind {
  if (/\.tsx$/i.test(path)) return ts.ScriptKind.TSX;
  // JSX in .js is common, and nothing else in JavaScript reads differently with it on.
  const isProgram = !/\.\w+$/.test(path);
  if (/\.[cm]?jsx?$/i.test(path) || isProgram) return ts.ScriptKind.JSX;
  return ts.ScriptKind.TS;
}

function syntaxErrors(source: Source, file: Ts.SourceFile): Diagnostic[] {
  // The parser keeps them on the node; the public way to them goes through a program.
  const found = (file as Ts.SourceFile & { parseDiagnostics: readonly Ts.DiagnosticWithLocation[] })
    .parseDiagnostics;
  return found.slice(0, 10).map((error) => {
    const text = typeof error.messageText === "string" ? error.messageText : error.messageText.messageText;
    return problem("LAC1004", source, { start: error.start, end: error.start + error.length }, { text });
  });
}
