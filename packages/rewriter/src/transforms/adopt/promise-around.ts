import type { ts as Ts } from "ts-morph";
import { inner } from "../../source/declarations.js";
import { ts } from "../../source/syntax.js";
import type { Workpiece } from "../transform.js";
import type { Answer, Answers, Handler } from "./answers.js";

/** Puts a handler's body inside `new Promise`, whose functions give its answers. */
export function wrapInPromise(piece: Workpiece, fn: Handler, { answers, catching }: Answers): void {
  const [resolve, reject] = [piece.scopes.freeName("resolve"), piece.scopes.freeName("reject")];
  const fails = catching.length > 0 || answers.some(({ error }) => error);
  const opening = `new Promise((${fails ? `${resolve}, ${reject}` : resolve}) => {`;
  putAround(piece, fn, opening);
  for (const use of catching) piece.edits.replace(piece.rangeOf(use), reject);
  for (const answer of answers)
    piece.edits.replace(piece.rangeOf(answer.call), answered(piece, answer, resolve, reject));
}

function putAround(piece: Workpiece, fn: Handler, opening: string): void {
  const { eol, indent, semicolon } = piece.format;
  const { body } = fn;
  if (body === undefined) return;
  if (!ts.isBlock(body)) {
    piece.edits.insert(body.getStart(piece.root), `${opening} `);
    piece.edits.insert(body.end, `${semicolon} })`);
    return;
  }
  const outer = /^[ \t]*/.exec(lineBefore(piece, body))?.[0] ?? "";
  piece.edits.insert(body.getStart(piece.root) + 1, `${eol}${outer}${indent}return ${opening}`);
  // A comment at the end of a one-line body would swallow what follows it.
  const last = piece.source.text.slice(body.statements.end, body.end - 1);
  const isOnOwnLine = /[\r\n][ \t]*$/.test(last);
  piece.edits.insert(
    body.end - 1,
    `${isOnOwnLine ? indent : eol + outer + indent}})${semicolon}${eol}${outer}`,
  );
}

function answered(piece: Workpiece, answer: Answer, resolve: string, reject: string): string {
  const { error, result, isFailure } = answer;
  const value = result ? piece.textOf(result) : "undefined";
  if (error === undefined) return `${resolve}(${value})`;
  const failed = `${reject}(${piece.textOf(error)})`;
  return isFailure ? failed : `${piece.textOf(inner(error))} ? ${failed} : ${resolve}(${value})`;
}

function lineBefore(piece: Workpiece, node: Ts.Node): string {
  const before = piece.source.text.slice(0, node.getStart(piece.root));
  return before.slice(Math.max(before.lastIndexOf("\n"), before.lastIndexOf("\r")) + 1);
}
