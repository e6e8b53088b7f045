import type { ts as Ts } from "ts-morph";
import { assigned, wholeObject } from "./commonjs-exports.js";
import { inner } from "./declarations.js";
import { valueExport, variable, type Exported, type Found } from "./exported.js";
import { hasModifier } from "./functions.js";
import type { Scopes } from "./scopes.js";
import { ts } from "./syntax.js";

export type { Exported } from "./exported.js";

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
