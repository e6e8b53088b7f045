import type { ts as Ts } from "ts-morph";
import { returnsOf } from "../../source/functions.js";
import { ts } from "../../source/syntax.js";
import type { Workpiece } from "../transform.js";
import { functionAround, type Answer, type Answers, type Handler } from "./answers.js";
import { backgroundWork } from "./background-work.js";
import { isSimple } from "./sure-errors.js";
import { tailStatement } from "./tail.js";

export interface Obstacle {
  readonly node: Ts.Node;
  readonly text: string;
  readonly what?: string;
}

/** Why the answers cannot be moved into a promise; undefined when they can. */
export function obstacle(
  piece: Workpiece,
  fn: Handler,
  found: Answers,
  isAsync: boolean,
): Obstacle | undefined {
  const { answers, passedOn, catching } = found;
  const at = answers[0]?.call ?? catching[0] ?? passedOn[0]!;
  if (passedOn[0])
    return { node: passedOn[0], what: piece.textOf(passedOn[0]), text: "it is handed to something else" };
  if (fn.asteriskToken) return { node: at, text: "the handler is a generator" };
  const work = backgroundWork(piece, fn, found);
  if (work) return { node: work, text: "this may still be at work when the answer is given" };
  const empty = answers.find(({ isFailure, call }) => isFailure && call.arguments.length === 0);
  if (empty) return { node: empty.call, what: empty.what, text: "it is given no error" };
  const unclear = answers.find(({ error, isFailure }) => error && !isFailure && !isSimple(error));
  if (unclear)
    return {
      node: unclear.call,
      what: unclear.what,
      text: "whether its first argument is an error is not certain",
    };
  const value = answers.find(({ call }) => !isStatementLike(call));
  if (value) return { node: value.call, what: value.what, text: "its own value is used" };
  if (catching.length === 0 && answers.every((answer) => isLast(answer, fn))) return undefined;
  if (isAsync) return { node: at, text: "the handler is async and goes on after it" };
  const returned = otherReturn(piece, fn, found);
  return (
    returned && {
      node: returned,
      text: "the handler also returns a value, which may be a promise that fails",
    }
  );
}

/** A value that is returned beside the answers: inside `new Promise` nobody would look at it. */
function otherReturn(piece: Workpiece, fn: Handler, { answers, catching }: Answers): Ts.Node | undefined {
  const isBlock = fn.body && ts.isBlock(fn.body);
  const values = isBlock
    ? returnsOf(fn).flatMap(({ expression }) => (expression ? [expression] : []))
    : fn.body
      ? [fn.body as Ts.Expression]
      : [];
  return values.find((value) => {
    if (answers.some(({ call }) => outOfBranches(call) === value)) return false;
    if (ts.isLiteralExpression(value) || /^(null|undefined|true|false|void 0)$/.test(piece.textOf(value)))
      return false;
    return !isCaughtAtEnd(value, answers, catching);
  });
}

/** `promise.then(...).catch((error) => callback(error))`: such a promise answers in every case. */
function isCaughtAtEnd(
  value: Ts.Expression,
  answers: readonly Answer[],
  catching: readonly Ts.Identifier[],
): boolean {
  if (!ts.isCallExpression(value) || !ts.isPropertyAccessExpression(value.expression)) return false;
  if (value.expression.name.text !== "catch") return false;
  const [handler] = value.arguments;
  if (handler === undefined) return false;
  const holds = (node: Ts.Node): boolean => node.pos >= handler.pos && node.end <= handler.end;
  return catching.some(holds) || answers.some(({ call }) => holds(call));
}

/** Whether nobody has a call's own value; `failed ? callback(error) : callback(null, result)` is as two statements. */
function isStatementLike(call: Ts.CallExpression): boolean {
  const whole = outOfBranches(call);
  const { parent } = whole;
  const isBody = ts.isArrowFunction(parent) && parent.body === whole;
  return isBody || ts.isExpressionStatement(parent) || ts.isReturnStatement(parent);
}

function outOfBranches(node: Ts.Node): Ts.Node {
  const { parent } = node;
  const isBranch = ts.isConditionalExpression(parent) && parent.condition !== node;
  const isGuarded =
    ts.isBinaryExpression(parent) &&
    parent.right === node &&
    parent.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken;
  return isBranch || isGuarded || ts.isParenthesizedExpression(parent) ? outOfBranches(parent) : node;
}

/** In the handler's own body, with nothing after it, and no `catch` that would take the error thrown instead. */
export function isLast({ call, error }: Answer, fn: Handler): boolean {
  if (functionAround(call) !== fn) return false;
  if (call.parent === fn) return true;
  if (!ts.isStatement(call.parent)) return false;
  if (tailStatement(call.parent, fn) === undefined) return false;
  for (let node: Ts.Node = call; error && node !== fn; node = node.parent) {
    if (ts.isTryStatement(node.parent) && node.parent.tryBlock === node && node.parent.catchClause)
      return false;
  }
  return true;
}
