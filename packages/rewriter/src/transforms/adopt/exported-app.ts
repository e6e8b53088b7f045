import { inner } from "../../source/declarations.js";
import { exportsOf, type Exported } from "../../source/exports.js";
import { ts } from "../../source/syntax.js";
import type { Workpiece } from "../transform.js";
import { nameExport } from "./default-export.js";
import { httpAppOf } from "./http-apps.js";
import type { Names } from "./names.js";

/** `export default app` and `export default { fetch }`, as hosts of fetch apps and test suites take them. @returns whether one was found */
export function adoptExportedApp(piece: Workpiece, names: Names): boolean {
  const found = exportsOf(piece.scopes).find((exported) => isApp(piece, exported));
  if (found === undefined) return false;
  const reference = found.reference ?? nameExport(piece, found);
  piece.append(names.main([names.http("site", reference)]) + piece.format.semicolon);
  return true;
}

function isApp(piece: Workpiece, { name, value }: Exported): boolean {
  if (name !== "default" && name !== "app" && name !== "server") return false;
  if (!ts.isExpression(value)) return false;
  const expression = inner(value);
  if (ts.isObjectLiteralExpression(expression))
    return expression.properties.some(({ name: key }) => key && ts.isIdentifier(key) && key.text === "fetch");
  // A router is mounted by the app of another file.
  if (/\bRouter\b/.test(piece.textOf(expression))) return false;
  const app = httpAppOf(piece, expression);
  return app !== undefined && (app.kind === "app" || app.kind === "fetch" || app.kind === "server");
}
