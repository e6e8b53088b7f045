import type { ts as Ts } from "ts-morph";
import { declarationOf, inner } from "./declarations.js";
import { hasModifier } from "./functions.js";
import type { Scopes } from "./scopes.js";
import { ts } from "./syntax.js";

/** Something that a module exports under a name. */
export interface Exported {
  /** `default` for a default export and for `module.exports = value`. */
  readonly name: string;
  /** The declaration or expression that is exported; where it is known, what a variable was initialised with. */
  readonly value: Ts.Node;
  /** How the file itself can speak of it; undefined while it has no name. */
  readonly reference: string | undefined;
  /** The type that a variable is declared with, as written. */
  readonly type: Ts.TypeNode | undefined;
  /** The node to show when something is wrong with it. */
  readonly node: Ts.Node;
}

/** What a module exports, in source order: ES exports and CommonJS assignments at its top level. */
export function exportsOf(scopes: Scopes): Exported[] {
  return scopes.root.statements.flatMap((statement) => exportedBy(scopes, statement));
}

function exportedBy(scopes: Scopes, statement: Ts.Statement): Exported[] {
  if (ts.isExportDeclaration(statement)) return named(scopes, statement);
  if (ts.isExportAssignment(statement))
    return [valueExport(scopes, "default", statement.expression, undefined)];
  if (ts.isExpressionStatement(statement)) return assigned(scopes, statement.expression);
  if (!hasModifier(statement, ts.SyntaxKind.ExportKeyword)) return [];
  if (ts.isVariableStatement(statement)) return statement.declarationList.declarations.flatMap(variable);
  if (!ts.isFunctionDeclaration(statement)) return [];
  const name = hasModifier(statement, ts.SyntaxKind.DefaultKeyword)
    ? "default"
    : (statement.name?.text ?? "default");
  return [
    {
      name,
      value: statement,
      reference: statement.name?.text,
      type: undefined,
      node: statement.name ?? statement,
    },
  ];
}

function variable(declaration: Ts.VariableDeclaration): Exported[] {
  const { name, initializer, type } = declaration;
  if (!ts.isIdentifier(name) || initializer === undefined) return [];
  return [
    {
      name: name.text,
      value: inner(initializer),
      reference: name.text,
      type: type ?? satisfied(initializer),
      node: name,
    },
  ];
}

function satisfied(initializer: Ts.Expression): Ts.TypeNode | undefined {
  return ts.isSatisfiesExpression(initializer) ? initializer.type : undefined;
}

function named(scopes: Scopes, statement: Ts.ExportDeclaration): Exported[] {
  const clause = statement.exportClause;
  if (statement.moduleSpecifier || statement.isTypeOnly || !clause || !ts.isNamedExports(clause)) return [];
  return clause.elements.flatMap((element) => {
    const local = element.propertyName ?? element.name;
    return ts.isIdentifier(local) ? [valueExport(scopes, element.name.text, local, undefined)] : [];
  });
}

function valueExport(
  scopes: Scopes,
  name: string,
  value: Ts.Expression,
  reference: string | undefined,
): Exported {
  if (!ts.isIdentifier(value))
    return { name, value: inner(value), reference, type: satisfied(value), node: value };
  const declaration = declarationOf(scopes, value);
  const own = declaration && ts.isVariableDeclaration(declaration) ? variable(declaration)[0] : undefined;
  return {
    name,
    value: own?.value ?? declaration ?? value,
    reference: value.text,
    type: own?.type,
    node: own?.node ?? value,
  };
}

function assigned(scopes: Scopes, expression: Ts.Expression): Exported[] {
  if (!ts.isBinaryExpression(expression) || expression.operatorToken.kind !== ts.SyntaxKind.EqualsToken)
    return [];
  const target = expression.left.getText().replace(/\s/g, "");
  const name = /^(?:module\.)?exports\.(\w+)$/.exec(target)?.[1];
  if (name !== undefined) return [valueExport(scopes, name, expression.right, target)];
  if (target !== "module.exports") return [];
  const value = inner(expression.right);
  if (ts.isObjectLiteralExpression(value))
    return value.properties.flatMap((property) => member(scopes, property));
  return [valueExport(scopes, "default", expression.right, target)];
}

function member(scopes: Scopes, property: Ts.ObjectLiteralElementLike): Exported[] {
  if (!property.name || !ts.isIdentifier(property.name)) return [];
  const name = property.name.text;
  const reference = `module.exports.${name}`;
  if (ts.isShorthandPropertyAssignment(property))
    return [valueExport(scopes, name, property.name, reference)];
  if (ts.isPropertyAssignment(property)) return [valueExport(scopes, name, property.initializer, reference)];
  return ts.isMethodDeclaration(property)
    ? [{ name, value: property, reference, type: undefined, node: property.name }]
    : [];
}
