import type { ts as Ts } from "ts-morph";
import { ts } from "../../source/syntax.js";
import type { Workpiece } from "../transform.js";

interface Unseen {
  readonly node: Ts.Node;
  readonly reason: string;
}

/** Says why nothing was found: where the file exports what this file alone does not show, by its place; else only that. */
export function reportUnseen(piece: Workpiece): void {
  const found = unseenIn(piece.root);
  if (found) piece.report("LAC1054", found.node, { reason: found.reason });
  else piece.report("LAC1040");
}

function unseenIn(node: Ts.Node): Unseen | undefined {
  return unseenAt(node) ?? ts.forEachChild(node, unseenIn);
}

function unseenAt(node: Ts.Node): Unseen | undefined {
  if (ts.isExportDeclaration(node) && !node.exportClause && !node.isTypeOnly)
    return { node, reason: "it is all that another module exports" };
  if (ts.isCallExpression(node) && isDefined(node))
    return { node, reason: "it is defined as a property, by a compiler or a bundler" };
  if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return undefined;
  const target = node.left.getText().replace(/\s/g, "");
  if (target === "module.exports" && /^(require|__toCommonJS)\(/.test(node.right.getText()))
    return { node, reason: "it is all that another module exports" };
  const isHandler = /^(module\.)?exports\.\w*[hH]andler$/.test(target);
  return isHandler && isInFunction(node)
    ? { node, reason: "it is set in a function, which may run after the file has been loaded" }
    : undefined;
}

/** `Object.defineProperty(exports, "handler", { get })`, as compilers write re-exports. */
function isDefined(call: Ts.CallExpression): boolean {
  if (call.expression.getText() !== "Object.defineProperty") return false;
  const [object, name] = call.arguments;
  return object?.getText() === "exports" && name !== undefined && !/__esModule/.test(name.getText());
}

function isInFunction(node: Ts.Node): boolean {
  for (let { parent } = node; parent; parent = parent.parent) if (ts.isFunctionLike(parent)) return true;
  return false;
}
