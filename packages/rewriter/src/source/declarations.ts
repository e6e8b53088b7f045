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
  return declaration.initializer && inner(declaration.initializer);
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
