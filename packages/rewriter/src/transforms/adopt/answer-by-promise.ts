import type { ts as Ts } from "ts-morph";
import { inner } from "../../source/declarations.js";
import { hasModifier, returnsOf } from "../../source/functions.js";
import { ts } from "../../source/syntax.js";
import type { Workpiece } from "../transform.js";
import { isLast, obstacle } from "./answer-obstacle.js";
import { answersOf, usesOf, type Answer, type Handler } from "./answers.js";
import { unwatchedCall } from "./background-work.js";
import type { Answering } from "./names.js";
import { wrapInPromise } from "./promise-around.js";
import { tailStatement } from "./tail.js";

/**
 * Makes a handler that answers through its callback, or through `context.done`, `succeed` and `fail`, return a promise:
 * with `return` and `throw` where every answer is the last thing it does, else inside `new Promise`. Only where the result
 * is certain to be the same; all else is reported and left.
 */
export function answerByPromise(piece: Workpiece, fn: Handler): Answering {
  const found = answersOf(piece, fn);
  const { answers, passedOn, catching } = found;
  const isAsync = hasModifier(fn, ts.SyntaxKind.AsyncKeyword);
  if (answers.length === 0 && passedOn.length === 0 && catching.length === 0)
    return withoutAnswers(piece, fn, isAsync);
  // The promise counts, whatever becomes of a callback that is handed on.
  if (isAsync && answers.length === 0 && passedOn.every((use) => ts.isIdentifier(use))) return "either";
  const reason = obstacle(piece, fn, found, isAsync);
  if (reason) {
    const what = answers[0]?.what ?? piece.textOf(passedOn[0] ?? catching[0]!);
    piece.report("LAC1042", reason.node, { what: reason.what ?? what, reason: reason.text });
    return "event";
  }
  const isTail = catching.length === 0 && answers.every((answer) => isLast(answer, fn));
  if (isTail) returnAnswers(piece, fn, answers, isAsync);
  else wrapInPromise(piece, fn, found);
  piece.report("LAC1041", answers[0]?.call ?? catching[0]!, {
    what: answers[0]?.what ?? piece.textOf(catching[0]!),
  });
  if (!isAsync) dropVoid(piece, fn);
  dropCallback(piece, fn);
  return "plain";
}

/** A handler without callbacks: what it returns is the answer, as far as it can be seen. */
function withoutAnswers(piece: Workpiece, fn: Handler, isAsync: boolean): Answering {
  const [, context] = fn.parameters;
  if (context && ts.isObjectBindingPattern(context.name)) {
    const answering = context.name.elements.find((element) =>
      /^(done|succeed|fail)$/.test(piece.textOf(element.propertyName ?? element.name)),
    );
    if (answering) {
      const reason = "its function is taken off the context";
      piece.report("LAC1042", answering, { what: `context.${piece.textOf(answering.name)}`, reason });
      return "event";
    }
  }
  // Whatever comes behind the context, Lambda passes on.
  if (fn.parameters.some(({ dotDotDotToken }) => dotDotDotToken) || readsArguments(fn)) return "either";
  if (!isAsync && !returnsValue(fn)) refuseUnseenAnswer(piece, fn);
  return lengthOf(fn) >= 3 ? "event" : "plain";
}

/** A handler that returns nothing: its context may be what answers, and Lambda waits for what it has started. */
function refuseUnseenAnswer(piece: Workpiece, fn: Handler): void {
  const handedOn = contextHandedOn(piece, fn);
  const started = unwatchedCall(piece, fn, []);
  if (handedOn)
    piece.report("LAC1053", handedOn, { reason: "what it hands its context to may be what answers" });
  else if (started)
    piece.report("LAC1053", started, { reason: "Lambda waits for what this may have started" });
}

function lengthOf(fn: Handler): number {
  const end = fn.parameters.findIndex(({ initializer, dotDotDotToken }) => initializer || dotDotDotToken);
  return end < 0 ? fn.parameters.length : end;
}

function readsArguments(fn: Handler): boolean {
  if (ts.isArrowFunction(fn)) return false;
  const visit = (node: Ts.Node): boolean => {
    if (ts.isIdentifier(node)) return node.text === "arguments";
    const isOther = ts.isFunctionLike(node) && !ts.isArrowFunction(node);
    return !isOther && ts.forEachChild(node, (child) => visit(child) || undefined) === true;
  };
  return fn.body !== undefined && visit(fn.body);
}

function returnsValue(fn: Handler): boolean {
  if (!fn.body || !ts.isBlock(fn.body)) return true;
  return returnsOf(fn).some(({ expression }) => expression !== undefined);
}

function contextHandedOn(piece: Workpiece, fn: Handler): Ts.Node | undefined {
  const uses = usesOf(piece, fn.parameters[1]);
  return uses.find((use) => {
    const { parent } = use;
    const isRead = ts.isPropertyAccessExpression(parent) || ts.isElementAccessExpression(parent);
    if (isRead && parent.expression === use) return false;
    return !(ts.isCallExpression(parent) && /^(console|JSON)\./.test(piece.textOf(parent.expression)));
  });
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

function asStatement(piece: Workpiece, { error, result, isFailure }: Answer): string {
  const value = result ? ` ${piece.textOf(result)}` : "";
  if (error === undefined) return `return${value}`;
  const thrown = piece.textOf(error);
  return isFailure
    ? `throw ${thrown}`
    : `{ if (${piece.textOf(inner(error))}) throw ${thrown}; return${value}; }`;
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
