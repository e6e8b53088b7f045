import type { ts as Ts } from "ts-morph";
import { ts } from "../../source/syntax.js";

/**
 * Where a statement that ends a function's work ends, a bare `return;` behind it included; undefined when something of the
 * function would still run after it.
 */
export function tailStatement(statement: Ts.Statement, fn: Ts.Node): number | undefined {
  if (ts.isReturnStatement(statement)) return statement.end;
  const next = nextOf(statement);
  if (next && ts.isReturnStatement(next) && next.expression === undefined) return next.end;
  return next === undefined && endsWith(statement, fn) ? statement.end : undefined;
}

function nextOf(statement: Ts.Node): Ts.Statement | undefined {
  const { parent } = statement;
  if (!ts.isBlock(parent)) return undefined;
  return parent.statements[parent.statements.indexOf(statement as Ts.Statement) + 1];
}

function endsWith(statement: Ts.Node, fn: Ts.Node): boolean {
  const { parent } = statement;
  if (parent === fn) return true;
  if (ts.isBlock(parent)) return nextOf(statement) === undefined && endsWith(parent, fn);
  if (ts.isCatchClause(parent)) return endsWith(parent, fn);
  const passesOn =
    ts.isIfStatement(parent) || (ts.isTryStatement(parent) && parent.finallyBlock === undefined);
  return passesOn && nextOf(parent) === undefined && endsWith(parent, fn);
}
