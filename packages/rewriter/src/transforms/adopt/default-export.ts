import { ts } from "../../source/syntax.js";
import type { Exported } from "../../source/exports.js";
import type { Workpiece } from "../transform.js";

/** Gives an anonymous default export a name, so that it can be registered. @returns the name */
export function nameDefault(piece: Workpiece, exported: Exported): string {
  const name = piece.scopes.freeName("handler");
  const { value } = exported;
  if (ts.isFunctionDeclaration(value)) {
    const keyword = value
      .getChildren(piece.root)
      .find((child) => child.kind === ts.SyntaxKind.FunctionKeyword);
    if (keyword) piece.edits.insert(keyword.end, ` ${name}`);
    return name;
  }
  let statement = exported.node;
  while (!ts.isExportAssignment(statement)) statement = statement.parent;
  const range = { start: statement.getStart(piece.root), end: statement.expression.getStart(piece.root) };
  piece.edits.replace(range, `const ${name} = `);
  piece.append(`export default ${name}${piece.format.semicolon}`);
  return name;
}
