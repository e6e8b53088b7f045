import type { ts as Ts } from "ts-morph";
import { ts } from "./syntax.js";

/** How a file is written, so that what is added to it looks like the rest. */
export interface Format {
  readonly quote: '"' | "'";
  /** `;` or nothing. */
  readonly semicolon: ";" | "";
  readonly eol: "\n" | "\r\n";
  readonly indent: string;
}

/** Read from the text: the majority wins, and what it does not show is as Prettier would have it. */
export function formatOf(root: Ts.SourceFile): Format {
  const { text } = root;
  return { quote: quoteOf(text), semicolon: semicolonOf(root), eol: eolOf(text), indent: indentOf(text) };
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}

function quoteOf(text: string): Format["quote"] {
  // Module names first: prose in double quotes (it's) says nothing about the house style.
  const module = (quote: string): number =>
    count(text, new RegExp(`(?:from|require\\(|import\\(?)\\s*${quote}`, "g"));
  const byModule = module("'") - module('"');
  if (byModule !== 0) return byModule > 0 ? "'" : '"';
  return count(text, /'[^'"\n]*'/g) > count(text, /"[^'"\n]*"/g) ? "'" : '"';
}

// Statements that end with a brace need none in either style, so they do not vote.
function semicolonOf(root: Ts.SourceFile): Format["semicolon"] {
  let balance = 0;
  const visit = (node: Ts.Node): void => {
    if (takesSemicolon(node)) balance += root.text[node.end - 1] === ";" ? 1 : -1;
    ts.forEachChild(node, visit);
  };
  visit(root);
  return balance < 0 ? "" : ";";
}

function takesSemicolon(node: Ts.Node): boolean {
  const simple = ts.isExpressionStatement(node) || ts.isVariableStatement(node) || ts.isReturnStatement(node);
  return (
    simple || ts.isImportDeclaration(node) || ts.isExportDeclaration(node) || ts.isExportAssignment(node)
  );
}

function eolOf(text: string): Format["eol"] {
  const crlf = count(text, /\r\n/g);
  return crlf > 0 && crlf >= count(text, /(?<!\r)\n/g) ? "\r\n" : "\n";
}

function indentOf(text: string): string {
  const first = /^(\t| {2,8})(?=\S)(?!\*)/m.exec(text);
  return first?.[1] ?? "  ";
}
