import type { ts as Ts } from "ts-morph";
import { inner } from "../source/declarations.js";
import { ts } from "../source/syntax.js";
import type { Workpiece } from "./transform.js";

/**
 * Opens the guards around a node that ask "is this file the program?": in a library the answer has to be yes. The question
 * stays in the source, behind the answer, so that nothing it uses becomes unused.
 */
export function openGuards(piece: Workpiece, node: Ts.Node): void {
  for (let child = node; child.parent !== undefined; child = child.parent) {
    const condition = conditionOf(child.parent, child);
    if (condition) answer(piece, condition);
  }
}

/** The condition that decides whether `child` runs. */
function conditionOf(parent: Ts.Node, child: Ts.Node): Ts.Expression | undefined {
  if (ts.isIfStatement(parent) && parent.expression !== child) return parent.expression;
  if (ts.isConditionalExpression(parent) && parent.condition !== child) return parent.condition;
  return ts.isBinaryExpression(parent) && parent.right === child && isLogical(parent)
    ? parent.left
    : undefined;
}

function isLogical(node: Ts.BinaryExpression): boolean {
  const kind = node.operatorToken.kind;
  return kind === ts.SyntaxKind.AmpersandAmpersandToken || kind === ts.SyntaxKind.BarBarToken;
}

function answer(piece: Workpiece, condition: Ts.Expression): void {
  if (isAnswered(condition)) return;
  const value = valueAsEntry(piece, condition);
  if (value === undefined) {
    if (ts.isParenthesizedExpression(condition)) answer(piece, condition.expression);
    else if (ts.isBinaryExpression(condition) && isLogical(condition)) {
      answer(piece, condition.left);
      answer(piece, condition.right);
    }
    return;
  }
  const { start, end } = piece.rangeOf(condition);
  const alone = !ts.isBinaryExpression(condition.parent) && !ts.isConditionalExpression(condition.parent);
  const [open, close] = alone ? ["", ""] : ["(", ")"];
  // `&&` binds more tightly than the `||` that may follow.
  const [reply, last] = value ? ["true || ", ""] : ["false && (", ")"];
  piece.edits.insert(start, open + reply);
  if (last + close !== "") piece.edits.insert(end, last + close);
}

// `true || ...` and `false && ...`: answered by an earlier run.
function isAnswered(condition: Ts.Expression): boolean {
  if (!ts.isBinaryExpression(condition) || !isLogical(condition)) return false;
  const isOr = condition.operatorToken.kind === ts.SyntaxKind.BarBarToken;
  const { kind } = condition.left;
  return (
    kind === (isOr ? ts.SyntaxKind.TrueKeyword : ts.SyntaxKind.FalseKeyword) || isAnswered(condition.left)
  );
}

/** What a condition is in the program's entry file; undefined when it depends on anything else. */
function valueAsEntry(piece: Workpiece, node: Ts.Expression, depth = 0): boolean | undefined {
  if (depth > 8) return undefined;
  const ask = (next: Ts.Expression): boolean | undefined => valueAsEntry(piece, next, depth + 1);
  if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node) || ts.isNonNullExpression(node))
    return ask(node.expression);
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken)
    return not(ask(node.operand));
  if (ts.isBinaryExpression(node)) return isLogical(node) ? both(node, ask) : comparison(piece, node);
  if (ts.isIdentifier(node)) {
    const initializer = constantOf(piece, node);
    return initializer ? ask(initializer) : undefined;
  }
  const text = piece.textOf(node).replace(/\s|\?(?=\.)/g, "");
  if (text === "module.parent") return false;
  // Some ask for the program's path first, so that comparing with it cannot fail.
  if (text === "import.meta.main" || text === "require.main" || text === "process.argv[1]") return true;
  if (ts.isPropertyAccessExpression(node) && node.name.text === "main") {
    // Through a cast too: older type definitions do not have it.
    return ts.isMetaProperty(inner(node.expression)) ? true : undefined;
  }
  return ts.isCallExpression(node) && asksAboutEntry(piece, node) ? true : undefined;
}

function not(value: boolean | undefined): boolean | undefined {
  return value === undefined ? undefined : !value;
}

function both(
  node: Ts.BinaryExpression,
  ask: (next: Ts.Expression) => boolean | undefined,
): boolean | undefined {
  const [left, right] = [ask(node.left), ask(node.right)];
  if (left === undefined || right === undefined) return undefined;
  return node.operatorToken.kind === ts.SyntaxKind.BarBarToken ? left || right : left && right;
}

// Comparing with something of the running program; `module.parent` is compared with null.
function comparison(piece: Workpiece, node: Ts.BinaryExpression): boolean | undefined {
  if (!mentionsEntry(piece, node.left) && !mentionsEntry(piece, node.right)) return undefined;
  const against = [node.left, node.right].find((side) => /^(true|false)$/.test(piece.textOf(side)));
  const expected = against === undefined || piece.textOf(against) === "true";
  switch (node.operatorToken.kind) {
    case ts.SyntaxKind.EqualsEqualsEqualsToken:
    case ts.SyntaxKind.EqualsEqualsToken:
      return expected;
    case ts.SyntaxKind.ExclamationEqualsEqualsToken:
    case ts.SyntaxKind.ExclamationEqualsToken:
      return !expected;
    default:
      return undefined;
  }
}

const ENTRY =
  /\bimport\.meta\.(main|url|filename)\b|\brequire\.main\b|\bmodule\.parent\b|\bprocess\.argv\[1\]/;

function mentionsEntry(piece: Workpiece, node: Ts.Expression): boolean {
  const text = piece.textOf(node).replace(/\s|\?\.(?=\[)|\?(?=\.)/g, "");
  if (ENTRY.test(text)) return true;
  const initializer = ts.isIdentifier(node) ? constantOf(piece, node) : undefined;
  return initializer !== undefined && ENTRY.test(piece.textOf(initializer));
}

// isMain(import.meta), process.argv[1]?.endsWith("app.ts"), import.meta.url.endsWith(process.argv[1])
function asksAboutEntry(piece: Workpiece, call: Ts.CallExpression): boolean {
  const text = piece.textOf(call).replace(/\s|\?\.(?=\[)|\?(?=\.)/g, "");
  if (/\brequire\.main\b|\bprocess\.argv\[1\]/.test(text)) return true;
  return call.arguments.some((argument) => /^import\.meta(\.(url|filename))?$/.test(piece.textOf(argument)));
}

function constantOf(piece: Workpiece, use: Ts.Identifier): Ts.Expression | undefined {
  for (const occurrence of piece.scopes.occurrencesOf(use)) {
    const declaration = occurrence.parent;
    if (ts.isVariableDeclaration(declaration) && declaration.name === occurrence)
      return declaration.initializer;
  }
  return undefined;
}
