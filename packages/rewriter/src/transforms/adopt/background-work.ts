import type { ts as Ts } from "ts-morph";
import { ts } from "../../source/syntax.js";
import type { Workpiece } from "../transform.js";
import type { Answers } from "./answers.js";

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
  const places: readonly Ts.Node[] = [...answers.map(({ call }) => call), ...catching];
  const visit = (node: Ts.Node): Ts.Node | undefined => {
    if (ts.isExpressionStatement(node) && isUnwatched(piece, node.expression, places)) return node;
    return ts.forEachChild(node, visit);
  };
  return visit(fn);
}

function isUnwatched(piece: Workpiece, expression: Ts.Expression, places: readonly Ts.Node[]): boolean {
  if (!ts.isCallExpression(expression)) return false;
  if (places.some(({ pos, end }) => pos >= expression.pos && end <= expression.end)) return false;
  return !AT_ONCE.test(piece.textOf(expression.expression));
}
