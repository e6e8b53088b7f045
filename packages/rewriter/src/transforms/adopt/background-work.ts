import type { ts as Ts } from "ts-morph";
import { hasModifier } from "../../source/functions.js";
import { ts } from "../../source/syntax.js";
import type { Workpiece } from "../transform.js";
import type { Answers } from "./answers.js";
import { functionNamed } from "./handler-signs.js";

// Calls that are over when they return.
const AT_ONCE =
  /^(console|Math|JSON|Object|Array|Number|String|process\.stdout|process\.stderr)\.|\.(push|pop|shift|unshift|set|add|delete|sort|reverse|splice|fill)$/;

/**
 * A call whose result nobody waits for. After a callback Lambda waits for such work (an empty event loop); after a promise
 * it does not, so a handler that has any cannot be changed. The context's functions never waited.
 */
export function backgroundWork(
  piece: Workpiece,
  fn: Ts.Node,
  { answers, catching }: Answers,
): Ts.Node | undefined {
  if (catching.length === 0 && answers.every(({ viaContext }) => viaContext)) return undefined;
  return unwatchedCall(piece, fn, [...answers.map(({ call }) => call), ...catching]);
}

/** A call that is a statement of its own, with none of `places` in it: whatever it starts, nobody waits for. */
export function unwatchedCall(
  piece: Workpiece,
  fn: Ts.Node,
  places: readonly Ts.Node[],
): Ts.Node | undefined {
  const visit = (node: Ts.Node): Ts.Node | undefined => {
    if (ts.isExpressionStatement(node) && isUnwatched(piece, node.expression, places)) return node;
    return ts.forEachChild(node, visit);
  };
  return visit(fn);
}

function isUnwatched(piece: Workpiece, expression: Ts.Expression, places: readonly Ts.Node[]): boolean {
  if (!ts.isCallExpression(expression)) return false;
  if (AT_ONCE.test(piece.textOf(expression.expression)) || isLoop(piece, expression)) return false;
  const isIn = (whole: Ts.Node): boolean =>
    places.some(({ pos, end }) => pos >= whole.pos && end <= whole.end);
  // `const done = (error, result) => callback(...)`, and what is given it.
  const named = [expression.expression, ...expression.arguments].filter(ts.isIdentifier);
  return (
    !isIn(expression) &&
    !named.some((use) => {
      const fn = functionNamed(piece, use);
      return fn !== undefined && isIn(fn);
    })
  );
}

/** A loop is over when it returns, unless its function is async. */
function isLoop(piece: Workpiece, { expression, arguments: [fn] }: Ts.CallExpression): boolean {
  if (!/\.(forEach)$/.test(piece.textOf(expression)) || fn === undefined) return false;
  const isFunction = ts.isArrowFunction(fn) || ts.isFunctionExpression(fn);
  return isFunction && !hasModifier(fn, ts.SyntaxKind.AsyncKeyword);
}
