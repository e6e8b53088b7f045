import type { ts as Ts } from "ts-morph";
import { assignedValue, assignmentsTo, declarationOf, inner } from "./declarations.js";
import { hasModifier } from "./functions.js";
import { memberName } from "./member-uses.js";
import type { Scopes } from "./scopes.js";
import { ts } from "./syntax.js";

/** Something that a module exports under a name. */
export interface Exported {
  /** `default` for a default export and for `module.exports = value`. */
  readonly name: string;
  /**
   * The declaration or expression that is exported; where it is known, what a variable was initialised with. Where that
   * depends on a condition it is only its name.
   */
  readonly value: Ts.Node;
  /** How the file itself can speak of it once all of it has run; undefined while it has no name. */
  readonly reference: string | undefined;
  /** The type that a variable is declared with, as written. */
  readonly type: Ts.TypeNode | undefined;
  /** The node to show when something is wrong with it. */
  readonly node: Ts.Node;
  /** The module that a re-export takes it from. */
  readonly from?: Ts.StringLiteralLike;
}

/** What a module exports, in source order: ES exports and CommonJS assignments at its top level. */
export function exportsOf(scopes: Scopes): Exported[] {
  const found = scopes.root.statements.flatMap((statement) => exportedBy(scopes, statement));
  // An assignment to `module.exports` replaces what was set on the object before it.
  const whole = found.findLastIndex(({ replaces }) => replaces);
  const start = found.findIndex(({ replaces }) => replaces && replaces === found[whole]?.replaces);
  const current = found.filter(({ ofObject }, index) => index >= start || !ofObject);
  return current.flatMap((one, index) => {
    const same = current.filter(({ name, ofObject }) => ofObject && one.ofObject && name === one.name);
    if (same.length < 2 && !one.isConditional) return [one];
    // Assigned again, or under a condition: whatever it is when the file has run.
    const isLast = same.at(-1) === one && index === current.lastIndexOf(one);
    if (!isLast) return [];
    const value = same.some(({ isConditional }) => isConditional) ? (one.target ?? one.node) : one.value;
    return [{ ...one, value, reference: one.place ?? one.reference, type: undefined }];
  });
}

/** An export as it is read from one place, with what the rest of the file can change about it. */
interface Found extends Exported {
  /** Set on CommonJS's object of exports. */
  readonly ofObject?: boolean;
  /** The assignment to `module.exports` that it is part of. */
  readonly replaces?: Ts.Node | undefined;
  readonly isConditional?: boolean;
  /** What is assigned to. */
  readonly target?: Ts.Node;
  /** `exports.name`: what holds it in the end, whatever the value was called. */
  readonly place?: string;
}

function exportedBy(scopes: Scopes, statement: Ts.Statement): Found[] {
  if (ts.isExportDeclaration(statement)) return named(scopes, statement);
  if (ts.isExportAssignment(statement)) {
    return statement.isExportEquals
      ? wholeObject(scopes, statement.expression, statement, undefined)
      : [valueExport(scopes, "default", statement.expression, undefined)];
  }
  if (ts.isExpressionStatement(statement)) return assigned(scopes, statement.expression);
  if (ts.isIfStatement(statement) || ts.isBlock(statement) || ts.isTryStatement(statement))
    return conditional(scopes, statement);
  if (ts.isVariableStatement(statement) && !hasModifier(statement, ts.SyntaxKind.ExportKeyword)) {
    // `const handler = exports.handler = ...`
    return statement.declarationList.declarations.flatMap(({ initializer }) =>
      initializer ? assigned(scopes, inner(initializer)) : [],
    );
  }
  if (!hasModifier(statement, ts.SyntaxKind.ExportKeyword)) return [];
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.flatMap((one) => variable(scopes, one));
  if (!ts.isFunctionDeclaration(statement) && !ts.isClassDeclaration(statement)) return [];
  const isDefault = hasModifier(statement, ts.SyntaxKind.DefaultKeyword);
  return [
    {
      name: isDefault ? "default" : (statement.name?.text ?? "default"),
      value: statement,
      reference: statement.name?.text,
      type: undefined,
      node: statement.name ?? statement,
    },
  ];
}

/** Assignments that run only sometimes; those inside functions come later, if at all. */
function conditional(scopes: Scopes, statement: Ts.Statement): Found[] {
  const found: Found[] = [];
  const visit = (node: Ts.Node): void => {
    if (ts.isFunctionLike(node) || ts.isClassLike(node)) return;
    if (ts.isExpressionStatement(node)) found.push(...assigned(scopes, node.expression));
    ts.forEachChild(node, visit);
  };
  visit(statement);
  return found.map((one) => ({ ...one, isConditional: true, replaces: undefined }));
}

function variable(scopes: Scopes, declaration: Ts.VariableDeclaration): Found[] {
  const { name, initializer, type } = declaration;
  if (ts.isObjectBindingPattern(name)) {
    return name.elements.flatMap(({ name: bound }) =>
      ts.isIdentifier(bound)
        ? [{ name: bound.text, value: bound, reference: bound.text, type: undefined, node: bound }]
        : [],
    );
  }
  if (!ts.isIdentifier(name)) return [];
  const isFixed = initializer !== undefined && assignmentsTo(scopes, name).length === 0;
  return [
    {
      name: name.text,
      value: isFixed ? assignedValue(initializer) : name,
      reference: name.text,
      type: type ?? (initializer && satisfied(initializer)),
      node: name,
    },
  ];
}

function satisfied(initializer: Ts.Expression): Ts.TypeNode | undefined {
  return ts.isSatisfiesExpression(initializer) ? initializer.type : undefined;
}

function named(scopes: Scopes, statement: Ts.ExportDeclaration): Found[] {
  const { exportClause: clause, moduleSpecifier: from } = statement;
  if (statement.isTypeOnly || !clause || !ts.isNamedExports(clause)) return [];
  return clause.elements.flatMap((element): Found[] => {
    const local = element.propertyName ?? element.name;
    if (!ts.isIdentifier(local) || element.isTypeOnly) return [];
    const name = element.name.text;
    if (from === undefined) return [valueExport(scopes, name, local, undefined)];
    if (!ts.isStringLiteralLike(from)) return [];
    return [{ name, value: local, reference: undefined, type: undefined, node: element, from }];
  });
}

function valueExport(
  scopes: Scopes,
  name: string,
  expression: Ts.Expression,
  reference: string | undefined,
): Found {
  const value = isAssignment(expression) ? assignedValue(expression) : expression;
  if (!ts.isIdentifier(value))
    return { name, value: inner(value), reference, type: satisfied(value), node: value };
  const declaration = declarationOf(scopes, value);
  const own =
    declaration && ts.isVariableDeclaration(declaration) ? variable(scopes, declaration)[0] : undefined;
  return {
    name,
    value: own?.value ?? declaration ?? value,
    reference: value.text,
    type: own?.type,
    node: own?.node ?? value,
  };
}

function isAssignment(node: Ts.Node): node is Ts.BinaryExpression {
  return ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken;
}

/** `exports.a = exports.b = value`, `module.exports = value`, and both in a chain. */
function assigned(scopes: Scopes, expression: Ts.Expression): Found[] {
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
function wholeObject(
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
