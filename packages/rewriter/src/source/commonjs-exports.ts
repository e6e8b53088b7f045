import type { ts as Ts } from "ts-morph";
import { assignedValue, inner } from "./declarations.js";
import { isAssignment, valueExport, type Found } from "./exported.js";
import { hasModifier } from "./functions.js";
import { memberName } from "./member-uses.js";
import type { Scopes } from "./scopes.js";
import { ts } from "./syntax.js";

/** `exports.a = exports.b = value`, `module.exports = value`, and both in a chain. */
export function assigned(scopes: Scopes, expression: Ts.Expression): Found[] {
  if (!isAssignment(expression)) return [];
  const { right } = expression;
  const rest = assigned(scopes, inner(right));
  const value = assignedValue(right);
  // What tsc writes first, so that circular imports find the names.
  if (ts.isVoidExpression(value)) return [];
  const target = expression.left;
  const name = exportsObject(target) ? undefined : propertyOfExports(target);
  if (name !== undefined) {
    const place = target.getText().replace(/\s/g, "");
    return [{ ...valueExport(scopes, name, value, place), ofObject: true, place, target }, ...rest];
  }
  if (target.getText().replace(/\s/g, "") !== "module.exports") return rest;
  return [...wholeObject(scopes, value, expression, "module.exports"), ...rest];
}

function exportsObject(node: Ts.Node): boolean {
  return /^(module\.)?exports$/.test(node.getText().replace(/\s/g, ""));
}

function propertyOfExports(target: Ts.Expression): string | undefined {
  if (!ts.isPropertyAccessExpression(target) && !ts.isElementAccessExpression(target)) return undefined;
  return exportsObject(target.expression) ? memberName(target, target.expression) : undefined;
}

/** `module.exports = value` and `export = value`, which has no name by which the file could speak of it. */
export function wholeObject(
  scopes: Scopes,
  expression: Ts.Expression,
  replaces: Ts.Node,
  target: string | undefined,
): Found[] {
  const value = assignedValue(expression);
  const part = { ofObject: true, replaces };
  if (ts.isObjectLiteralExpression(value))
    return value.properties
      .flatMap((property) => member(scopes, property, target))
      .map((one) => ({ ...one, ...part }));
  if (ts.isClassExpression(value)) {
    const statics = value.members.filter(
      (one) => ts.isMethodDeclaration(one) && hasModifier(one, ts.SyntaxKind.StaticKeyword),
    );
    return statics
      .flatMap((one) => method(one as Ts.MethodDeclaration, target))
      .map((one) => ({ ...one, ...part }));
  }
  const whole = valueExport(scopes, "default", expression, target);
  return [{ ...whole, ...part, ...(target && { place: target }) }];
}

function member(scopes: Scopes, property: Ts.ObjectLiteralElementLike, target: string | undefined): Found[] {
  if (!property.name || !(ts.isIdentifier(property.name) || ts.isStringLiteralLike(property.name))) return [];
  const name = property.name.text;
  const reference = target && place(target, name);
  const found = (value: Ts.Expression): Found[] => [
    { ...valueExport(scopes, name, value, reference), ...(reference && { place: reference }) },
  ];
  if (ts.isShorthandPropertyAssignment(property)) return found(property.name);
  if (ts.isPropertyAssignment(property)) return found(property.initializer);
  return ts.isMethodDeclaration(property) ? method(property, target) : [];
}

function method(node: Ts.MethodDeclaration, target: string | undefined): Found[] {
  if (!ts.isIdentifier(node.name)) return [];
  const reference = target && place(target, node.name.text);
  return [{ name: node.name.text, value: node, reference, type: undefined, node: node.name }];
}

function place(target: string, name: string): string {
  return /^[\w$]+$/.test(name) ? `${target}.${name}` : `${target}[${JSON.stringify(name)}]`;
}
