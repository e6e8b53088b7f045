import type { ts as Ts } from "ts-morph";
import { inner } from "../../source/declarations.js";
import { returnsOf } from "../../source/functions.js";
import { ts } from "../../source/syntax.js";
import type { Workpiece } from "../transform.js";
import type { Handler } from "./answers.js";

/**
 * The one call of a handler that does nothing but hand its own event and context to it, whichever way it waits for the
 * answer: by returning it, by `await`, by its callback. Undefined when the handler does more.
 */
export function forwardedCall(piece: Workpiece, fn: Handler): Ts.CallExpression | undefined {
  const { body } = fn;
  if (body === undefined || fn.asteriskToken) return undefined;
  const value = ts.isBlock(body) ? onlyValue(piece, fn, body) : body;
  const call = value && callIn(value);
  return call && forwards(piece, fn, call) ? call : undefined;
}

/** What a body of one statement returns, and of one that names the answer first. */
function onlyValue(piece: Workpiece, fn: Handler, body: Ts.Block): Ts.Expression | undefined {
  const statements = body.statements.filter((statement) => !isSetting(piece, fn, statement));
  const [first, second, ...others] = statements;
  if (first === undefined || others.length > 0) return undefined;
  if (second === undefined) {
    if (ts.isReturnStatement(first)) return first.expression;
    return ts.isExpressionStatement(first) ? first.expression : undefined;
  }
  // const result = await run(event, context); return result;
  if (!ts.isVariableStatement(first) || !ts.isReturnStatement(second) || !second.expression) return undefined;
  const [declaration] = first.declarationList.declarations;
  const returned = inner(second.expression);
  if (!declaration?.initializer || !ts.isIdentifier(declaration.name) || !ts.isIdentifier(returned))
    return undefined;
  return declaration.name.text === returned.text ? declaration.initializer : undefined;
}

// Lambda's event loop is not waited for in a library.
export function isSetting(piece: Workpiece, fn: Handler, statement: Ts.Statement): boolean {
  const context = fn.parameters[1];
  if (!context || !ts.isExpressionStatement(statement)) return false;
  const text = piece.textOf(statement.expression).replace(/\s/g, "");
  return text === `${piece.textOf(context.name)}.callbackWaitsForEmptyEventLoop=false`;
}

/** `proxy(...)`, and `proxy(..., "PROMISE").promise`. */
function callIn(expression: Ts.Expression): Ts.CallExpression | undefined {
  const value = inner(expression);
  if (ts.isPropertyAccessExpression(value) && value.name.text === "promise") return callIn(value.expression);
  return ts.isCallExpression(value) ? value : undefined;
}

/**
 * The call at the end of a handler that does something else with its event first, and has no other way out.
 */
export function callAtEnd(piece: Workpiece, fn: Handler): Ts.CallExpression | undefined {
  const { body } = fn;
  if (!body || !ts.isBlock(body) || !(ts.isArrowFunction(fn) || ts.isFunctionExpression(fn)))
    return undefined;
  const last = body.statements.at(-1);
  const isReturn = last !== undefined && ts.isReturnStatement(last);
  if (!isReturn && !(last && ts.isExpressionStatement(last))) return undefined;
  if (returnsOf(fn).some((one) => one !== last)) return undefined;
  const call = last.expression && callIn(last.expression);
  return call && forwards(piece, fn, call) ? call : undefined;
}

/** Whether the arguments are the handler's own parameters, after a server, and before words about how to answer. */
function forwards(piece: Workpiece, fn: Handler, call: Ts.CallExpression): boolean {
  const parameters = fn.parameters.map(
    ({ name, dotDotDotToken }) => (dotDotDotToken ? "..." : "") + piece.textOf(name),
  );
  const given = call.arguments.map((argument) => piece.textOf(inner(argument)));
  const [rest] = parameters;
  if (rest?.startsWith("...")) return given.length === 1 && given[0] === rest;
  const [event, context] = parameters;
  const at = given.indexOf(event ?? "");
  if (event === undefined || at < 0 || at > 1) return false;
  if (given[at + 1] !== undefined && given[at + 1] !== context) return false;
  return given
    .slice(at + 2)
    .every(
      (one) => one === parameters[2] || /^(["'`])(PROMISE|CALLBACK|CONTEXT_SUCCEED|CONTEXT)\1$/.test(one),
    );
}
