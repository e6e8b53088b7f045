import type { ts as Ts } from "ts-morph";
import { hasModifier } from "./functions.js";
import { ts } from "./syntax.js";

export type ModuleKind = "esm" | "commonjs";

/**
 * How a file exports. What decides is what its author wrote: `export =` and `import x = require()` are CommonJS, and so is
 * `exports.x =` beside an `import`, which compilers and bundlers take: an ES export would make `exports` unknown there.
 */
export function moduleKind(root: Ts.SourceFile): ModuleKind {
  if (root.statements.some(isExportEquals)) return "commonjs";
  if (/\.m[tj]s$/i.test(root.fileName) || root.statements.some(exportsAsEsm) || mentionsImportMeta(root))
    return "esm";
  if (root.statements.some(isImport)) return assignsExports(root) ? "commonjs" : "esm";
  if (/\.c[tj]s$/i.test(root.fileName)) return "commonjs";
  return mentionsCommonJs(root) ? "commonjs" : "esm";
}

/** How a file is to import: as it does already, or else as it exports. */
export function importKind(root: Ts.SourceFile): ModuleKind {
  return root.statements.some(isImport) ? "esm" : moduleKind(root);
}

function isExportEquals(statement: Ts.Statement): boolean {
  return ts.isExportAssignment(statement) && statement.isExportEquals === true;
}

function isImport(statement: Ts.Statement): boolean {
  return ts.isImportDeclaration(statement);
}

function exportsAsEsm(statement: Ts.Statement): boolean {
  if (ts.isExportDeclaration(statement) || ts.isExportAssignment(statement)) return true;
  return !ts.isImportEqualsDeclaration(statement) && hasModifier(statement, ts.SyntaxKind.ExportKeyword);
}

function mentionsImportMeta(root: Ts.SourceFile): boolean {
  return some(root, (node) => ts.isMetaProperty(node) && node.keywordToken === ts.SyntaxKind.ImportKeyword);
}

/** `module.exports = ...`, `exports.x = ...` and what else is set on them, the file's own `exports` left out. */
function assignsExports(root: Ts.SourceFile): boolean {
  return some(
    root,
    (node) =>
      ts.isBinaryExpression(node) &&
      node.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
      /^(module\.exports\b|exports\s*[.[])/.test(node.left.getText(root)),
  );
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
