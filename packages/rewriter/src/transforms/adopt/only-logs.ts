import type { ts as Ts } from "ts-morph";
import { ts } from "../../source/syntax.js";
import type { Workpiece } from "../transform.js";

const LOGGING =
  /^(console\.\w+|debug|log|logger(\.\w+)?|[\w.]*\.log(ger)?(\.\w+)?|process\.exit|process\.stdout\.write)$/;

/** Whether code only says that a server is up (or failed to be): nothing is lost when no server is started. */
export function onlyLogs(piece: Workpiece, body: Ts.ConciseBody): boolean {
  if (!ts.isBlock(body)) return isLog(piece, body);
  return body.statements.every((statement) => isQuiet(piece, statement));
}

function isQuiet(piece: Workpiece, statement: Ts.Statement): boolean {
  if (ts.isExpressionStatement(statement)) return isLog(piece, statement.expression);
  if (ts.isBlock(statement)) return onlyLogs(piece, statement);
  if (ts.isThrowStatement(statement)) return true;
  if (!ts.isIfStatement(statement)) return false;
  const { thenStatement, elseStatement } = statement;
  return isQuiet(piece, thenStatement) && (elseStatement === undefined || isQuiet(piece, elseStatement));
}

function isLog(piece: Workpiece, expression: Ts.Expression): boolean {
  return ts.isCallExpression(expression) && LOGGING.test(piece.textOf(expression.expression));
}
