import type { ts as Ts } from "ts-morph";
import { functionsAround, hasModifier, namesOf, usesOf, type FunctionName } from "../source/functions.js";
import { ts } from "../source/syntax.js";
import type { Workpiece } from "./transform.js";

/** New names by the identifier that declares the old one. */
export type NewNames = ReadonlyMap<Ts.Identifier, string>;

/**
 * Renames the `main` around the runtime's `main()` to `init`, with every use of it, and keeps what the module exports: a
 * program's `main` runs once at start, a library's `init` while it loads.
 */
export function mainToInit(piece: Workpiece, call: Ts.CallExpression): NewNames {
  const renamed = new Map<Ts.Identifier, string>();
  for (const fn of functionsAround(call)) {
    const names = namesOf(fn).filter(({ name }) => name.text === "main");
    for (const name of names) {
      const free = name.kind === "variable" ? piece.scopes.freeName("init") : freeMember(name.body);
      const newName = renamed.get(name.name) ?? free;
      rename(piece, name, newName);
      renamed.set(name.name, newName);
    }
    if (names.length > 0) break;
  }
  return renamed;
}

function rename(piece: Workpiece, name: FunctionName, newName: string): void {
  renameAt(piece, name.name, newName);
  for (const use of usesOf(piece.scopes, name)) renameAt(piece, use, newName);
  const statement = declarationOf(name.name);
  const exported = ts.isSourceFile(statement.parent) && hasModifier(statement, ts.SyntaxKind.ExportKeyword);
  if (name.kind === "variable" && exported && !hasModifier(statement, ts.SyntaxKind.DefaultKeyword)) {
    piece.append(`export { ${newName} as main }${piece.format.semicolon}`);
  }
}

function renameAt(piece: Workpiece, use: Ts.Node, newName: string): void {
  const parent = use.parent;
  const range = piece.rangeOf(use);
  if (ts.isShorthandPropertyAssignment(parent)) piece.edits.insert(range.end, `: ${newName}`);
  else if (ts.isExportSpecifier(parent) && parent.propertyName === undefined)
    piece.edits.insert(range.start, `${newName} as `);
  else if (ts.isStringLiteralLike(use))
    piece.edits.replace({ start: range.start + 1, end: range.end - 1 }, newName);
  else piece.edits.replace(range, newName);
}

function declarationOf(name: Ts.Identifier): Ts.Node {
  const declaration = name.parent;
  return ts.isVariableDeclaration(declaration) ? declaration.parent.parent : declaration;
}

function freeMember(body: Ts.Node): string {
  if (ts.isModuleBlock(body)) return "init";
  const members = ts.isClassLike(body) ? body.members : (body as Ts.ObjectLiteralExpression).properties;
  const taken = new Set<string>();
  for (const member of members) {
    if (member.name && ts.isIdentifier(member.name)) taken.add(member.name.text);
  }
  let name = "init";
  for (let next = 2; taken.has(name); next++) name = `init${next}`;
  return name;
}
