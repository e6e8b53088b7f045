import type { ts as Ts } from "ts-morph";
import { fileProblem, problem, type Details, type Diagnostic } from "../diagnostics.js";
import type { Code } from "../rules.js";
import type { Source } from "../source.js";
import { Edits } from "../source/edits.js";
import { formatOf, type Format } from "../source/format.js";
import type { Parsed } from "../source/parse.js";
import { Scopes } from "../source/scopes.js";

/** What a transform works on: it looks at the tree, asks for edits, and reports; it never sees a disk. */
export class Workpiece {
  readonly source: Source;
  readonly root: Ts.SourceFile;
  readonly scopes: Scopes;
  readonly edits: Edits;
  readonly format: Format;
  readonly diagnostics: Diagnostic[] = [];
  readonly #lastLines: string[][] = [];

  constructor(parsed: Parsed) {
    this.source = parsed.source;
    this.root = parsed.root;
    this.scopes = new Scopes(parsed.root);
    this.edits = new Edits(parsed.source);
    this.format = formatOf(this.root);
  }

  report(code: Code, node?: Ts.Node, details?: Details): void {
    this.diagnostics.push(
      node
        ? problem(code, this.source, this.rangeOf(node), details)
        : fileProblem(code, this.source.path, details),
    );
  }

  get failed(): boolean {
    return this.diagnostics.some((diagnostic) => diagnostic.severity === "error");
  }

  rangeOf(node: Ts.Node): { start: number; end: number } {
    return { start: node.getStart(this.root), end: node.end };
  }

  textOf(node: Ts.Node): string {
    return node.getText(this.root);
  }

  /** A module name or other string in the file's own quotes. */
  quoted(text: string): string {
    const { quote } = this.format;
    return (
      quote + JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll(quote, `\\${quote}`) + quote
    );
  }

  /** Adds a paragraph of lines at the end of the file; written by `finish`, in the order of the calls. */
  append(...lines: string[]): void {
    this.#lastLines.push(lines);
  }

  /** Writes what `append` collected. */
  finish(): void {
    if (this.#lastLines.length === 0) return;
    const { eol } = this.format;
    const { text } = this.source;
    const body = this.#lastLines.map((lines) => lines.join(eol)).join(eol + eol);
    // Where line endings are mixed, the last one need not be the usual one.
    const ends = /[\r\n]$/.test(text);
    const gap = text === "" ? "" : ends ? eol : eol + eol;
    this.edits.insert(text.length, gap + body + (ends ? eol : ""));
  }
}

/** Looks at one file and asks for edits; a file with an error is left as it was. */
export type Transform<Options = object> = (piece: Workpiece, options: Options) => void;
