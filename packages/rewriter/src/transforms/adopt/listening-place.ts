import type { ts as Ts } from "ts-morph";
import { functionsAround, hasModifier, namesOf, usesOf } from "../../source/functions.js";
import { unwrap } from "../../source/member-uses.js";
import { ts } from "../../source/syntax.js";
import type { Workpiece } from "../transform.js";
import type { Handler } from "./answers.js";
import { isFunction } from "./handler-signs.js";

/** When a call that starts a server is reached. */
export type Place =
  /** While the module loads, in every case. */
  | { readonly when: "load"; readonly isPlain: boolean }
  /** While the module loads, under a condition. */
  | { readonly when: "condition" }
  /** After something that an async function awaits; `run` is the one call of that function, at the top level. */
  | { readonly when: "awaited"; readonly fn: Handler; readonly run: Ts.CallExpression }
  /** In the callback of a `then`, or of another function that is called at the top level. */
  | { readonly when: "then" | "callback"; readonly fn: Handler; readonly statement: Ts.ExpressionStatement }
  /** In a function that nothing of this file calls. */
  | { readonly when: "never"; readonly fn: Ts.Node }
  | { readonly when: "unclear"; readonly why: string };

export function placeOf(piece: Workpiece, call: Ts.CallExpression): Place {
  const functions = functionsAround(call);
  const [fn, other] = functions;
  if (fn === undefined)
    return isConditional(call, piece.root) ? { when: "condition" } : { when: "load", isPlain: true };
  if (ts.isConstructorDeclaration(fn) || ts.isMethodDeclaration(fn) || ts.isGetAccessor(fn))
    return inMethod(piece, fn, call);
  if (!isFunction(fn)) return { when: "unclear", why: "it is in a function that cannot be followed" };
  return other ? inNested(piece, functions, fn) : inFunction(piece, fn, call);
}

/** Functions that are all part of one statement at the top level, however deep: it may be put into a promise as it is. */
function inNested(piece: Workpiece, functions: readonly Ts.FunctionLikeDeclaration[], fn: Handler): Place {
  const outermost = functions.at(-1)!;
  const statement = statementAround(outermost);
  const areValues = functions.every((one) => ts.isArrowFunction(one) || ts.isFunctionExpression(one));
  const isPart = ts.isExpressionStatement(statement) && statement.parent === piece.root;
  const isStarted = isArgument(outermost) || runInPlace(outermost) !== undefined;
  return areValues && isPart && isStarted && !isRepeated(functions)
    ? { when: "callback", fn, statement }
    : { when: "unclear", why: "it is in a function inside another" };
}

// What answers requests, and what tests run: neither is on the way to the app's own server.
const REPEATED =
  /\.(get|post|put|delete|patch|use|all|route)$|^(\w+\.)?(test|it|describe|suite|bench|before|after|beforeEach|afterEach|beforeAll|afterAll|setInterval)$/;

function isRepeated(functions: readonly Ts.FunctionLikeDeclaration[]): boolean {
  return functions.some(
    ({ parent }) => ts.isCallExpression(parent) && REPEATED.test(parent.expression.getText()),
  );
}

function statementAround(node: Ts.Node): Ts.Statement {
  let current = node;
  while (!ts.isStatement(current)) current = current.parent;
  return current;
}

function inFunction(piece: Workpiece, fn: Handler, call: Ts.CallExpression): Place {
  const run = runInPlace(fn);
  if (run === undefined && isArgument(fn)) return inCallback(piece, fn);
  const runs = run ? [run] : callsOf(piece, fn);
  const [first, second] = runs;
  if (first === undefined) return { when: "never", fn };
  if (second || functionsAround(first).length > 0)
    return { when: "unclear", why: "the function around it is called in more than one way" };
  if (waitsBefore(fn, call)) {
    return isConditional(call, fn) || isConditional(first, piece.root)
      ? { when: "unclear", why: "it is reached after something is awaited, and only under a condition" }
      : { when: "awaited", fn, run: first };
  }
  if (isConditional(call, fn) || isConditional(first, piece.root)) return { when: "condition" };
  return { when: "load", isPlain: true };
}

/** `(async () => { ... })()`: the call of a function where it is written. */
function runInPlace(fn: Ts.Node): Ts.CallExpression | undefined {
  const value = unwrap(fn);
  const { parent } = value;
  return ts.isCallExpression(parent) && parent.expression === value ? parent : undefined;
}

function isArgument(fn: Ts.Node): boolean {
  const { parent } = fn;
  return ts.isCallExpression(parent) && parent.arguments.includes(fn as Ts.Expression);
}

function inCallback(piece: Workpiece, fn: Handler): Place {
  const call = fn.parent as Ts.CallExpression;
  const node = statementAround(call);
  const isThen = ts.isPropertyAccessExpression(call.expression) && call.expression.name.text === "then";
  if (!ts.isExpressionStatement(node) || node.parent !== piece.root || isRepeated([fn]))
    return { when: "unclear", why: "it is in a callback that runs later" };
  return { when: isThen ? "then" : "callback", fn, statement: node };
}

function callsOf(piece: Workpiece, fn: Handler): Ts.CallExpression[] {
  return namesOf(fn)
    .flatMap((name) => usesOf(piece.scopes, name))
    .flatMap((use) => {
      const value = ts.isPropertyAccessExpression(use.parent) && use.parent.name === use ? use.parent : use;
      const { parent } = unwrap(value);
      return ts.isCallExpression(parent) && parent.expression === unwrap(value) ? [parent] : [];
    });
}

// A class of the project's own: reached at load when nothing is awaited on the way and one of it is made there.
function inMethod(
  piece: Workpiece,
  method: Ts.ConstructorDeclaration | Ts.MethodDeclaration | Ts.GetAccessorDeclaration,
  call: Ts.CallExpression,
): Place {
  const owner = ts.isClassLike(method.parent) ? method.parent.name : undefined;
  const made = owner && piece.scopes.occurrencesOf(owner).find(({ parent }) => ts.isNewExpression(parent));
  if (!made || functionsAround(made).length > 0) return { when: "never", fn: method };
  return waitsBefore(method, call)
    ? { when: "unclear", why: "it is reached after something is awaited, in a method" }
    : { when: "load", isPlain: false };
}

/** Whether anything of a function is awaited before a node of it is reached. */
function waitsBefore(fn: Ts.FunctionLikeDeclaration, call: Ts.Node): boolean {
  if (!hasModifier(fn, ts.SyntaxKind.AsyncKeyword) || fn.body === undefined) return false;
  const visit = (node: Ts.Node): boolean => {
    if (node.pos >= call.end || (ts.isFunctionLike(node) && node !== fn)) return false;
    if (ts.isAwaitExpression(node) && unwrap(call) !== node && node.pos < call.pos && node.end <= call.pos)
      return true;
    return ts.forEachChild(node, (child) => visit(child) || undefined) === true;
  };
  return visit(fn.body);
}

/** Whether something between a node and what holds it decides if it runs. The body of a `try` always does. */
function isConditional(node: Ts.Node, holder: Ts.Node): boolean {
  for (let child = node; child.parent && child !== holder; child = child.parent) {
    const { parent } = child;
    if (ts.isIfStatement(parent) && parent.expression !== child) return true;
    if (ts.isConditionalExpression(parent) && parent.condition !== child) return true;
    if (ts.isBinaryExpression(parent) && parent.right === child && !isAssigning(parent)) return true;
    if (
      ts.isCatchClause(parent) ||
      ts.isCaseOrDefaultClause(parent) ||
      ts.isIterationStatement(parent, false)
    )
      return true;
  }
  return false;
}

function isAssigning({ operatorToken }: Ts.BinaryExpression): boolean {
  return operatorToken.kind === ts.SyntaxKind.EqualsToken;
}
