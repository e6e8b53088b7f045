import { ts } from "../../source/syntax.js";
import type { Exported } from "../../source/exports.js";
import type { Workpiece } from "../transform.js";

/** Gives what is exported without a name one, so that it can be registered. @returns how the file can speak of it */
export function nameExport(piece: Workpiece, exported: Exported): string {
  const { value } = exported;
  if (ts.isFunctionDeclaration(value)) {
    const name = piece.scopes.freeName("handler");
    const keyword = value
      .getChildren(piece.root)
      .find((child) => child.kind === ts.SyntaxKind.FunctionKeyword);
    if (keyword) piece.edits.insert(keyword.end, ` ${name}`);
    return name;
  }
  let statement = exported.node;
  while (!ts.isExportAssignment(statement)) statement = statement.parent;
  const isWhole = exported.name === "default";
  const name = piece.scopes.freeName(isWhole ? "handler" : "handlers");
  const range = { start: statement.getStart(piece.root), end: statement.expression.getStart(piece.root) };
  const line = `export ${statement.isExportEquals ? "=" : "default"} ${name}${piece.format.semicolon}`;
  // Each handler of `export = { a() {}, b() {} }` names the same object.
  if (!piece.edits.list().some((edit) => edit.start === range.start)) piece.append(line);
  piece.edits.replace(range, `const ${name} = `);
  return isWhole ? name : `${name}.${exported.name}`;
}
