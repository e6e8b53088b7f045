import type { ts as Ts } from "ts-morph";
import { hasModifier } from "./functions.js";
import { ts } from "./syntax.js";

/** How a file exports. What decides is what its author wrote: `export =` and `import x = require()` are CommonJS. */
export type ModuleKind = "esm" | "commonjs";

export function moduleKind(root: Ts.SourceFile): ModuleKind {
  if (root.statements.some(isExportEquals)) return "commonjs";
  if (/\.m[tj]s$/i.test(root.fileName) || root.statements.some(isEsm) || mentionsImportMeta(root))
    return "esm";
  if (/\.c[tj]s$/i.test(root.fileName)) return "commonjs";
  return mentionsCommonJs(root) ? "commonjs" : "esm";
}

function isExportEquals(statement: Ts.Statement): boolean {
  return ts.isExportAssignment(statement) && statement.isExportEquals === true;
}

function isEsm(statement: Ts.Statement): boolean {
  if (
    ts.isImportDeclaration(statement) ||
    ts.isExportDeclaration(statement) ||
    ts.isExportAssignment(statement)
  )
    return true;
  return !ts.isImportEqualsDeclaration(statement) && hasModifier(statement, ts.SyntaxKind.ExportKeyword);
}

function mentionsImportMeta(root: Ts.SourceFile): boolean {
  return some(root, (node) => ts.isMetaProperty(node) && node.keywordToken === ts.SyntaxKind.ImportKeyword);
}

function mentionsCommonJs(root: Ts.SourceFile): boolean {
  return some(root, (node) => {
    if (ts.isImportEqualsDeclaration(node)) return ts.isExternalModuleReference(node.moduleReference);
    if (ts.isCallExpression(node))
      return ts.isIdentifier(node.expression) && node.expression.text === "require";
    return ts.isPropertyAccessExpression(node) && /^(module\.exports|exports\.\w+)$/.test(node.getText(root));
  });
}

function some(node: Ts.Node, test: (node: Ts.Node) => boolean): boolean {
  return test(node) || ts.forEachChild(node, (child) => some(child, test) || undefined) === true;
}
