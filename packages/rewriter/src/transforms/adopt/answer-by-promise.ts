import type { ts as Ts } from "ts-morph";
import { hasModifier } from "../../source/functions.js";
import { ts } from "../../source/syntax.js";
import type { Workpiece } from "../transform.js";
import { answersOf, functionAround, type Answer, type Handler } from "./answers.js";
import { backgroundWork } from "./background-work.js";
import { tailStatement } from "./tail.js";

/**
 * Makes a handler that answers through its callback, or through `context.done`, `succeed` and `fail`, return a promise:
 * with `return` and `throw` where every answer is the last thing it does, else inside `new Promise`. Only where the result
 * is certain to be the same; all else is reported and left.
 */
export function answerByPromise(piece: Workpiece, fn: Handler): void {
  const { answers, passedOn } = answersOf(piece, fn);
  const [first] = answers;
  const isAsync = hasModifier(fn, ts.SyntaxKind.AsyncKeyword);
  const refuse = (node: Ts.Node, what: string, reason: string): void =>
    piece.report("LAC1042", node, { what, reason });
  if (passedOn[0]) return refuse(passedOn[0], piece.textOf(passedOn[0]), "it is handed to something else");
  if (first === undefined) return;
  if (fn.asteriskToken) return refuse(first.call, first.what, "the handler is a generator");
  const work = backgroundWork(piece, fn, answers);
  if (work) return refuse(work, first.what, "this may still be at work when the answer is given");
  const unclear = answers.find(({ error, result }) => error && result && !ts.isIdentifier(error));
  if (unclear)
    return refuse(
      unclear.call,
      unclear.what,
      "it is given an error and a result, and which one counts is not certain",
    );
  const value = answers.find(({ call }) => !isStatementLike(call));
  if (value) return refuse(value.call, value.what, "its own value is used");
  if (answers.every((answer) => isLast(answer, fn))) returnAnswers(piece, fn, answers, isAsync);
  else if (isAsync) return refuse(first.call, first.what, "the handler is async and goes on after it");
  else if (!fn.body || !ts.isBlock(fn.body))
    return refuse(first.call, first.what, "the handler has no block to put a promise around");
  else wrapInPromise(piece, fn.body, answers);
  piece.report("LAC1041", first.call, { what: first.what });
  if (!isAsync) dropVoid(piece, fn);
  dropCallback(piece, fn);
}

function isStatementLike(call: Ts.CallExpression): boolean {
  const parent = call.parent;
  const isBody = ts.isArrowFunction(parent) && parent.body === call;
  return isBody || ts.isExpressionStatement(parent) || ts.isReturnStatement(parent);
}

/** In the handler's own body, with nothing after it, and no `catch` that would take the error thrown instead. */
function isLast({ call, error }: Answer, fn: Handler): boolean {
  if (functionAround(call) !== fn) return false;
  if (call.parent === fn) return true;
  if (tailStatement(call.parent as Ts.Statement, fn) === undefined) return false;
  for (let node: Ts.Node = call; error && node !== fn; node = node.parent) {
    if (ts.isTryStatement(node.parent) && node.parent.tryBlock === node && node.parent.catchClause)
      return false;
  }
  return true;
}

function returnAnswers(piece: Workpiece, fn: Handler, answers: readonly Answer[], isAsync: boolean): void {
  const { semicolon } = piece.format;
  for (const answer of answers) {
    if (answer.call.parent === fn) replaceBody(piece, answer);
    else {
      const statement = answer.call.parent as Ts.Statement;
      const end = tailStatement(statement, fn) ?? statement.end;
      piece.edits.replace(
        { start: statement.getStart(piece.root), end },
        asStatement(piece, answer) + semicolon,
      );
    }
  }
  if (!isAsync) piece.edits.insert(startOf(piece, fn), "async ");
}

function asStatement(piece: Workpiece, { error, result }: Answer): string {
  const value = result ? ` ${piece.textOf(result)}` : "";
  if (error === undefined) return `return${value}`;
  const thrown = piece.textOf(error);
  return result ? `{ if (${thrown}) throw ${thrown}; return${value}; }` : `throw ${thrown}`;
}

function replaceBody(piece: Workpiece, answer: Answer): void {
  const { error, result, call } = answer;
  const value = result ? piece.textOf(result) : "undefined";
  const isObject = result !== undefined && ts.isObjectLiteralExpression(result);
  const text = error ? `{ ${asStatement(piece, answer)}; }` : isObject ? `(${value})` : value;
  piece.edits.replace(piece.rangeOf(call), text);
}

function startOf(piece: Workpiece, fn: Handler): number {
  const keyword = fn.getChildren(piece.root).find((child) => child.kind === ts.SyntaxKind.FunctionKeyword);
  return (keyword ?? (ts.isMethodDeclaration(fn) ? fn.name : fn)).getStart(piece.root);
}

function wrapInPromise(piece: Workpiece, body: Ts.Block, answers: readonly Answer[]): void {
  const { eol, indent, semicolon } = piece.format;
  const [resolve, reject] = [piece.scopes.freeName("resolve"), piece.scopes.freeName("reject")];
  const parameters = answers.some(({ error }) => error) ? `${resolve}, ${reject}` : resolve;
  const outer = /^[ \t]*/.exec(lineBefore(piece, body))?.[0] ?? "";
  piece.edits.insert(
    body.getStart(piece.root) + 1,
    `${eol}${outer}${indent}return new Promise((${parameters}) => {`,
  );
  piece.edits.insert(body.end - 1, `${indent}})${semicolon}${eol}${outer}`);
  for (const { call, error, result } of answers) {
    const value = result ? piece.textOf(result) : "undefined";
    const failed = error && `${reject}(${piece.textOf(error)})`;
    const text =
      failed === undefined
        ? `${resolve}(${value})`
        : result
          ? `${piece.textOf(error!)} ? ${failed} : ${resolve}(${value})`
          : failed;
    piece.edits.replace(piece.rangeOf(call), text);
  }
}

function lineBefore(piece: Workpiece, node: Ts.Node): string {
  const before = piece.source.text.slice(0, node.getStart(piece.root));
  return before.slice(Math.max(before.lastIndexOf("\n"), before.lastIndexOf("\r")) + 1);
}

// `: void` was true of the callback style only.
function dropVoid(piece: Workpiece, fn: Handler): void {
  if (fn.type === undefined) return;
  const close = piece.source.text.lastIndexOf(")", fn.type.getStart(piece.root));
  piece.edits.replace({ start: close + 1, end: fn.type.end }, "");
}

function dropCallback(piece: Workpiece, fn: Handler): void {
  const [, context, callback] = fn.parameters;
  if (context && callback) piece.edits.replace({ start: context.end, end: callback.end }, "");
}
