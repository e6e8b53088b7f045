import type { ts as Ts } from "ts-morph";
import { ts } from "../../source/syntax.js";
import type { Workpiece } from "../transform.js";

/**
 * The statement that loads a module, when all that it brings in is one variable whose other uses were all replaced;
 * undefined when it is needed still.
 */
export function dropImport(
  piece: Workpiece,
  specifier: Ts.StringLiteralLike,
): { start: number; end: number } | undefined {
  const statement = statementOf(specifier);
  if (statement === undefined) return undefined;
  const [name, ...others] = boundBy(statement);
  if (name === undefined || others.length > 0) return undefined;
  const edited = piece.edits.list();
  const isGone = (use: Ts.Node): boolean =>
    edited.some(({ start, end }) => use.getStart(piece.root) >= start && use.end <= end);
  const remaining = piece.scopes.occurrencesOf(name).filter((use) => use !== name && !isGone(use));
  return remaining.length === 0 ? piece.rangeOf(statement) : undefined;
}

function statementOf(specifier: Ts.Node): Ts.Statement | undefined {
  let node = specifier;
  while (!ts.isSourceFile(node.parent)) node = node.parent;
  const loads =
    ts.isImportDeclaration(node) || ts.isImportEqualsDeclaration(node) || ts.isVariableStatement(node);
  return loads ? (node as Ts.Statement) : undefined;
}

function boundBy(statement: Ts.Statement): Ts.Identifier[] {
  if (ts.isImportEqualsDeclaration(statement)) return [statement.name];
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.flatMap(({ name }) => identifiers(name));
  }
  if (!ts.isImportDeclaration(statement) || !statement.importClause) return [];
  const { name, namedBindings } = statement.importClause;
  const rest = !namedBindings
    ? []
    : ts.isNamespaceImport(namedBindings)
      ? [namedBindings.name]
      : namedBindings.elements.map((e) => e.name);
  return name ? [name, ...rest] : rest;
}

function identifiers(name: Ts.BindingName): Ts.Identifier[] {
  if (ts.isIdentifier(name)) return [name];
  return name.elements.flatMap((element) =>
    ts.isOmittedExpression(element) ? [] : identifiers(element.name),
  );
}
