import type { ts as Ts } from "ts-morph";
import { ts } from "../source/syntax.js";
import { LIBRARY, RUNTIME } from "../specifiers.js";
import type { Transform, Workpiece } from "./transform.js";

/** Opts an app in: every import, require and import() of the plain runtime becomes one of the library's. */
export const activate: Transform = (piece) => switchSpecifier(piece, RUNTIME, LIBRARY);

/** Takes `activate` back, to the same bytes. */
export const deactivate: Transform = (piece) => switchSpecifier(piece, LIBRARY, RUNTIME);

function switchSpecifier(piece: Workpiece, from: string, to: string): void {
  const uses = moduleNames(piece.root).filter((literal) => literal.text === from);
  const already = moduleNames(piece.root).find((literal) => literal.text === to);
  const [first] = uses;
  if (first === undefined) piece.report("LAC1031", undefined, { specifier: JSON.stringify(from) });
  else if (already) piece.report("LAC1030", already);
  else {
    for (const literal of uses) {
      const { start, end } = piece.rangeOf(literal);
      piece.edits.replace({ start: start + 1, end: end - 1 }, to);
    }
  }
}

/** The strings that name a module wherever one can be named, module mocks of the test runners included. */
function moduleNames(root: Ts.SourceFile): Ts.StringLiteralLike[] {
  const found: Ts.StringLiteralLike[] = [];
  const visit = (node: Ts.Node): void => {
    if (ts.isStringLiteralLike(node) && namesModule(node)) found.push(node);
    ts.forEachChild(node, visit);
  };
  visit(root);
  return found;
}

function namesModule(literal: Ts.StringLiteralLike): boolean {
  const parent = literal.parent;
  if (
    ts.isImportDeclaration(parent) ||
    ts.isExportDeclaration(parent) ||
    ts.isExternalModuleReference(parent)
  )
    return true;
  if (ts.isModuleDeclaration(parent)) return true;
  if (ts.isLiteralTypeNode(parent)) return ts.isImportTypeNode(parent.parent);
  return ts.isCallExpression(parent) && parent.arguments[0] === literal && loadsModule(parent.expression);
}

const LOADERS =
  /^(require(\.resolve)?|import\.meta\.resolve|(jest|vi)\.(do)?(un)?mock|(jest|vi)\.(import|require)Actual)$/i;

function loadsModule(callee: Ts.Expression): boolean {
  return callee.kind === ts.SyntaxKind.ImportKeyword || LOADERS.test(callee.getText());
}
