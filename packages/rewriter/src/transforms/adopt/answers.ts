import type { ts as Ts } from "ts-morph";
import { ts } from "../../source/syntax.js";
import type { Workpiece } from "../transform.js";
import { isNothing, isSurelyError } from "./sure-errors.js";

export type Handler =
  Ts.FunctionDeclaration | Ts.FunctionExpression | Ts.ArrowFunction | Ts.MethodDeclaration;

/** One place where a handler answers: `callback(error, result)`, `context.done`, `context.succeed` or `context.fail`. */
export interface Answer {
  readonly call: Ts.CallExpression;
  /** `callback`, `context.done`, ...: as written. */
  readonly what: string;
  readonly viaContext: boolean;
  /** Absent when it is certain that there is no error. */
  readonly error: Ts.Expression | undefined;
  /** Whether the error is surely one: `callback(error)` with null is a success. */
  readonly isFailure: boolean;
  /** Absent when there is none, or when it is certain that there is an error. */
  readonly result: Ts.Expression | undefined;
}

export interface Answers {
  readonly answers: readonly Answer[];
  /** Where the callback, or one of the context's functions, is handed to something else. */
  readonly passedOn: readonly Ts.Node[];
  /** Where the callback itself takes the reason of a promise: `promise.catch(callback)`. */
  readonly catching: readonly Ts.Identifier[];
}

export function answersOf(piece: Workpiece, fn: Handler): Answers {
  const [, context, callback] = fn.parameters;
  const answers: Answer[] = [];
  const passedOn: Ts.Node[] = [];
  const catching: Ts.Identifier[] = [];
  for (const use of usesOf(piece, callback)) {
    const parent = use.parent;
    if (takesReason(use)) {
      catching.push(use);
      continue;
    }
    if (ts.isCallExpression(parent) && parent.expression === use) {
      const [error, result] = parent.arguments;
      answers.push(answer(piece, parent, error, result, false));
    } else passedOn.push(use);
  }
  for (const use of usesOf(piece, context)) {
    const access = use.parent;
    if (!ts.isPropertyAccessExpression(access) || !/^(done|succeed|fail)$/.test(access.name.text)) continue;
    const call = access.parent;
    if (!ts.isCallExpression(call) || call.expression !== access) passedOn.push(access);
    else answers.push(contextAnswer(piece, call, access.name.text));
  }
  return { answers: answers.sort((a, b) => a.call.pos - b.call.pos), passedOn, catching };
}

function takesReason(use: Ts.Identifier): boolean {
  const call = use.parent;
  if (!ts.isCallExpression(call) || !ts.isPropertyAccessExpression(call.expression)) return false;
  const index = call.arguments.indexOf(use);
  const method = call.expression.name.text;
  return (method === "catch" && index === 0) || (method === "then" && index === 1);
}

/** Every use of a parameter that has one name. */
export function usesOf(piece: Workpiece, parameter: Ts.ParameterDeclaration | undefined): Ts.Identifier[] {
  if (!parameter || !ts.isIdentifier(parameter.name)) return [];
  return piece.scopes.occurrencesOf(parameter.name).filter((use) => use !== parameter.name);
}

function contextAnswer(piece: Workpiece, call: Ts.CallExpression, method: string): Answer {
  const [first, second] = call.arguments;
  if (method === "done") return answer(piece, call, first, second, true);
  const what = piece.textOf(call.expression);
  const failed = method === "fail" ? (first ?? call.expression) : undefined;
  const isFailure = method === "fail";
  return { call, what, viaContext: true, error: failed, isFailure, result: isFailure ? undefined : first };
}

function answer(
  piece: Workpiece,
  call: Ts.CallExpression,
  error: Ts.Expression | undefined,
  result: Ts.Expression | undefined,
  viaContext: boolean,
): Answer {
  const what = piece.textOf(call.expression);
  const none = error === undefined || isNothing(error);
  return {
    call,
    what,
    viaContext,
    error: none ? undefined : error,
    isFailure: !none && isSurelyError(piece, error),
    result: none || result ? result : undefined,
  };
}

/** The nearest function around a node. */
export function functionAround(node: Ts.Node): Ts.Node {
  let current = node.parent;
  while (!ts.isFunctionLike(current) && !ts.isSourceFile(current)) current = current.parent;
  return current;
}
