import type { ts as Ts } from "ts-morph";
import { hasModifier } from "../source/functions.js";
import { memberUses, unwrap } from "../source/member-uses.js";
import { moduleKind } from "../source/module-kind.js";
import { ts } from "../source/syntax.js";
import { LIBRARY } from "../specifiers.js";
import type { Workpiece } from "./transform.js";

const COMMENT = "/** The library's one exported function: the engine calls it for every request. */";

/**
 * Exports the runtime's `dispatch` as `Lambda`. A re-export brings no local name into the module, so a `Lambda` of its own
 * (the AWS SDK has one) stays what it was.
 */
export function exportLambda(piece: Workpiece): void {
  const existing = findLambda(piece.root);
  if (existing) {
    if (!isDispatch(piece, existing)) piece.report("LAC1006", existing);
    return;
  }
  const { semicolon } = piece.format;
  const from = piece.quoted(LIBRARY);
  const whole = piece.root.statements.find(ts.isExportAssignment);
  if (whole?.isExportEquals) {
    // It is compiled to an assignment behind everything else, which would replace what was exported before.
    const { start, end } = piece.rangeOf(whole.expression);
    piece.edits.insert(start, "Object.assign(");
    piece.edits.insert(end, `, { Lambda: require(${from}).dispatch })`);
    return;
  }
  const line =
    moduleKind(piece.root) === "esm"
      ? `export { dispatch as Lambda } from ${from}`
      : `module.exports.Lambda = require(${from}).dispatch`;
  piece.append(COMMENT, line + semicolon);
}

/** What the module exports as `Lambda`: an export specifier, a declaration's name, or an assigned value. */
function findLambda(root: Ts.SourceFile): Ts.Node | undefined {
  for (const statement of root.statements) {
    const found = exportedBy(statement);
    if (found) return found;
  }
  return undefined;
}

function exportedBy(statement: Ts.Statement): Ts.Node | undefined {
  if (
    ts.isExportDeclaration(statement) &&
    statement.exportClause &&
    ts.isNamedExports(statement.exportClause)
  ) {
    return statement.exportClause.elements.find(
      (element) => element.name.text === "Lambda" && !element.isTypeOnly,
    );
  }
  if (ts.isExportAssignment(statement) && statement.isExportEquals)
    return lambdaOfWhole(statement.expression);
  if (hasModifier(statement, ts.SyntaxKind.ExportKeyword)) return declaredLambda(statement);
  return ts.isExpressionStatement(statement) ? assignedLambda(statement.expression) : undefined;
}

function declaredLambda(statement: Ts.Statement): Ts.Node | undefined {
  if (ts.isVariableStatement(statement)) {
    const { declarations } = statement.declarationList;
    return declarations.find(({ name }) => ts.isIdentifier(name) && name.text === "Lambda");
  }
  const named =
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isEnumDeclaration(statement);
  const isDefault = hasModifier(statement, ts.SyntaxKind.DefaultKeyword);
  return named && !isDefault && statement.name?.text === "Lambda" ? statement : undefined;
}

/** The `Lambda` of `export = { ... }` and of `export = Object.assign(value, { ... })`. */
function lambdaOfWhole(exported: Ts.Expression): Ts.Node | undefined {
  const objects = ts.isCallExpression(exported) ? exported.arguments : [exported];
  return objects
    .flatMap((object) => (ts.isObjectLiteralExpression(object) ? [...object.properties] : []))
    .flatMap((property) => {
      const isLambda = property.name && ts.isIdentifier(property.name) && property.name.text === "Lambda";
      return isLambda ? [ts.isPropertyAssignment(property) ? property.initializer : property] : [];
    })[0];
}

function assignedLambda(expression: Ts.Expression): Ts.Node | undefined {
  if (!ts.isBinaryExpression(expression)) return undefined;
  const target = expression.left.getText().replace(/\s/g, "");
  if (target === "exports.Lambda" || target === "module.exports.Lambda") return expression.right;
  return undefined;
}

function isDispatch(piece: Workpiece, found: Ts.Node): boolean {
  if (ts.isExportSpecifier(found) && found.parent.parent.moduleSpecifier) {
    const from = found.parent.parent.moduleSpecifier;
    return ts.isStringLiteral(from) && from.text === LIBRARY && found.propertyName?.text === "dispatch";
  }
  const { references } = memberUses(piece.scopes, LIBRARY, "dispatch");
  return references.some((reference) => found === reference || partOf(reference) === found);
}

// The reference stands in an export specifier, or is a declaration's initial value.
function partOf(reference: Ts.Node): Ts.Node {
  const parent = unwrap(reference).parent;
  return ts.isExportSpecifier(parent) || ts.isVariableDeclaration(parent) ? parent : unwrap(reference);
}
