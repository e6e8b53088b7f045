import type { ts as Ts } from "ts-morph";
import { declarationOf } from "../../source/declarations.js";
import type { Range } from "../../source.js";
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
  return isUnused(piece, name) ? piece.rangeOf(statement) : undefined;
}

/** Whether the edits so far replaced every use of a variable. */
function isUnused(piece: Workpiece, declared: Ts.Identifier): boolean {
  const edited = piece.edits.list();
  const isGone = (use: Ts.Node): boolean =>
    edited.some(({ start, end }) => use.getStart(piece.root) >= start && use.end <= end);
  return piece.scopes.occurrencesOf(declared).every((use) => use === declared || isGone(use));
}

/** Removes the statement that declares a variable, when it declares nothing else and every use of it was replaced. */
export function dropUnusedVariable(piece: Workpiece, use: Ts.Identifier): void {
  const declaration = declarationOf(piece.scopes, use);
  if (!declaration || !ts.isVariableDeclaration(declaration) || !ts.isIdentifier(declaration.name)) return;
  const list = declaration.parent;
  if (!ts.isVariableDeclarationList(list) || list.declarations.length > 1) return;
  const statement = list.parent;
  if (!ts.isVariableStatement(statement)) return;
  if (isUnused(piece, declaration.name)) piece.edits.replace(withLine(piece, piece.rangeOf(statement)), "");
}

/** A range with the end of its line, and the blank line that would be left beside another. */
export function withLine(piece: Workpiece, { start, end }: Range): Range {
  const { text } = piece.source;
  const rest = /^[ \t]*(\r\n|\n)?/.exec(text.slice(end))?.[0] ?? "";
  const isBlankBefore = /(^|\n)[ \t]*\r?\n$/.test(text.slice(0, start));
  const blank = isBlankBefore ? (/^[ \t]*(\r\n|\n)/.exec(text.slice(end + rest.length))?.[0] ?? "") : "";
  return { start, end: end + rest.length + blank.length };
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
