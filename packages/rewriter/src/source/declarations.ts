import type { ts as Ts } from "ts-morph";
import type { Scopes } from "./scopes.js";
import { ts } from "./syntax.js";

/** The node that declares the variable an identifier stands for. */
export function declarationOf(scopes: Scopes, use: Ts.Identifier): Ts.Node | undefined {
  return scopes
    .occurrencesOf(use)
    .map(({ parent }) => parent)
    .find(isDeclaration);
}

function isDeclaration(node: Ts.Node): boolean {
  const value =
    ts.isVariableDeclaration(node) || ts.isFunctionDeclaration(node) || ts.isClassDeclaration(node);
  const imported = ts.isImportClause(node) || ts.isImportSpecifier(node) || ts.isNamespaceImport(node);
  return (
    value ||
    imported ||
    ts.isBindingElement(node) ||
    ts.isImportEqualsDeclaration(node) ||
    ts.isParameter(node)
  );
}

/** The initial value of a variable, out of its parentheses, casts and `await`. */
export function valueOf(scopes: Scopes, use: Ts.Identifier): Ts.Expression | undefined {
  const declaration = declarationOf(scopes, use);
  if (declaration === undefined || !ts.isVariableDeclaration(declaration)) return undefined;
  return declaration.initializer && assignedValue(declaration.initializer);
}

/** Where a variable is given another value than its first. */
export function assignmentsTo(scopes: Scopes, declared: Ts.Identifier): Ts.Node[] {
  return scopes.occurrencesOf(declared).filter(isWritten);
}

function isWritten(use: Ts.Identifier): boolean {
  const { parent } = use;
  if (ts.isBinaryExpression(parent)) {
    const { kind } = parent.operatorToken;
    const assigns = kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
    return assigns && parent.left === use;
  }
  // Destructuring writes through the names in a pattern.
  let pattern: Ts.Node = parent;
  while (
    ts.isObjectLiteralExpression(pattern) ||
    ts.isArrayLiteralExpression(pattern) ||
    ts.isShorthandPropertyAssignment(pattern) ||
    ts.isPropertyAssignment(pattern)
  ) {
    const { parent: around } = pattern;
    if (ts.isBinaryExpression(around) && around.left === pattern)
      return around.operatorToken.kind === ts.SyntaxKind.EqualsToken;
    pattern = around;
  }
  return false;
}

/** The expression inside parentheses, casts, `!` and `await`. */
export function inner(expression: Ts.Expression): Ts.Expression {
  let current = expression;
  while (
    ts.isParenthesizedExpression(current) ||
    ts.isAsExpression(current) ||
    ts.isSatisfiesExpression(current) ||
    ts.isNonNullExpression(current) ||
    ts.isAwaitExpression(current)
  ) {
    current = current.expression;
  }
  return current;
}

/** The module that a variable comes from, through an import or a require; undefined for one of the file's own. */
export function moduleOf(scopes: Scopes, use: Ts.Identifier): string | undefined {
  const declaration = declarationOf(scopes, use);
  if (declaration === undefined) return undefined;
  for (let node: Ts.Node | undefined = declaration; node && !ts.isSourceFile(node); node = node.parent) {
    if (ts.isImportDeclaration(node)) return literal(node.moduleSpecifier);
    if (ts.isImportEqualsDeclaration(node)) {
      return ts.isExternalModuleReference(node.moduleReference)
        ? literal(node.moduleReference.expression)
        : undefined;
    }
    if (ts.isVariableDeclaration(node)) return node.initializer && required(inner(node.initializer));
  }
  return undefined;
}

/** The module whose export an expression is, or is made by: `express()`, `require("express")()`, `new Koa().use(x)`. */
export function madeBy(scopes: Scopes, expression: Ts.Expression): string | undefined {
  let current = inner(expression);
  for (;;) {
    const loaded = required(current);
    if (loaded !== undefined) return loaded;
    if (ts.isIdentifier(current)) return moduleOf(scopes, current);
    const next = calleeOf(current);
    if (next === undefined) return undefined;
    current = inner(next);
  }
}

/** Out of assignments too: `module.exports = new Koa()` is the Koa app. */
export function assignedValue(expression: Ts.Expression): Ts.Expression {
  let value = inner(expression);
  while (ts.isBinaryExpression(value) && value.operatorToken.kind === ts.SyntaxKind.EqualsToken)
    value = inner(value.right);
  return value;
}

function required(value: Ts.Expression): string | undefined {
  if (ts.isPropertyAccessExpression(value)) return required(inner(value.expression));
  if (!ts.isCallExpression(value)) return undefined;
  const loads =
    value.expression.kind === ts.SyntaxKind.ImportKeyword || value.expression.getText() === "require";
  return loads ? literal(value.arguments[0]) : undefined;
}

function literal(node: Ts.Node | undefined): string | undefined {
  return node && ts.isStringLiteralLike(node) ? node.text : undefined;
}

/** The variable that an expression begins with: `skill` of `skill.builder().lambda`. */
export function rootOf(expression: Ts.Expression): Ts.Identifier | undefined {
  let current: Ts.Expression | undefined = expression;
  while (current !== undefined) {
    const value: Ts.Expression = inner(current);
    if (ts.isIdentifier(value)) return value;
    current = calleeOf(value);
  }
  return undefined;
}

function calleeOf(node: Ts.Expression): Ts.Expression | undefined {
  const isChain =
    ts.isPropertyAccessExpression(node) || ts.isCallExpression(node) || ts.isNewExpression(node);
  return isChain ? node.expression : undefined;
}
