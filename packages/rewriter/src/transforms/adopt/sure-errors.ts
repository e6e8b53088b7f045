import type { ts as Ts } from "ts-morph";
import { declarationOf, inner } from "../../source/declarations.js";
import { ts } from "../../source/syntax.js";
import type { Workpiece } from "../transform.js";

/** Whether a value given as an error is one in every case, as what `catch` caught, and what was asked for just before. */
export function isSurelyError(piece: Workpiece, given: Ts.Expression): boolean {
  const value = inner(given);
  if (ts.isNewExpression(value) || ts.isObjectLiteralExpression(value) || ts.isTemplateExpression(value))
    return true;
  if (ts.isStringLiteralLike(value)) return value.text !== "";
  if (ts.isCallExpression(value)) return /^(\w*Error|JSON\.stringify)$/.test(piece.textOf(value.expression));
  if (ts.isBinaryExpression(value) && value.operatorToken.kind === ts.SyntaxKind.PlusToken) return true;
  if (!ts.isIdentifier(value)) return false;
  return isCaught(piece, value) || isAskedFor(piece, value);
}

/** Whether an expression may be read twice: a variable, or a property of one. */
export function isSimple(expression: Ts.Expression): boolean {
  const value = inner(expression);
  // `error || null` is nothing where `error` is.
  if (ts.isBinaryExpression(value))
    return (
      /^(\|\||\?\?)$/.test(value.operatorToken.getText()) && isSimple(value.left) && isNothing(value.right)
    );
  return ts.isIdentifier(value) || (ts.isPropertyAccessExpression(value) && isSimple(value.expression));
}

/** `null`, `undefined` and `void 0`. */
export function isNothing(node: Ts.Expression): boolean {
  if (ts.isVoidExpression(node)) return true;
  return node.kind === ts.SyntaxKind.NullKeyword || (ts.isIdentifier(node) && node.text === "undefined");
}

function isCaught(piece: Workpiece, use: Ts.Identifier): boolean {
  const declaration = declarationOf(piece.scopes, use);
  if (declaration === undefined) return false;
  if (ts.isVariableDeclaration(declaration)) {
    if (ts.isCatchClause(declaration.parent)) return true;
    const { initializer } = declaration;
    return initializer !== undefined && ts.isNewExpression(inner(initializer));
  }
  if (!ts.isParameter(declaration)) return false;
  const fn = declaration.parent;
  const call = fn.parent;
  if (fn.parameters[0] !== declaration || !ts.isCallExpression(call)) return false;
  if (!ts.isPropertyAccessExpression(call.expression)) return false;
  const index = call.arguments.indexOf(fn as Ts.Node as Ts.Expression);
  const method = call.expression.name.text;
  if (method === "catch") return index === 0;
  if (method === "then") return index === 1;
  const event = call.arguments[0];
  return (
    /^(on|once)$/.test(method) &&
    event !== undefined &&
    ts.isStringLiteralLike(event) &&
    event.text === "error"
  );
}

/** In the branch of a condition that is only taken when there is an error. */
function isAskedFor(piece: Workpiece, use: Ts.Identifier): boolean {
  for (let child: Ts.Node = use; !ts.isFunctionLike(child) && child.parent; child = child.parent) {
    const { parent } = child;
    if (
      ts.isIfStatement(parent) &&
      parent.thenStatement === child &&
      requires(piece, parent.expression, use.text)
    )
      return true;
    if (
      ts.isIfStatement(parent) &&
      parent.elseStatement === child &&
      isNegated(piece, parent.expression, use.text)
    )
      return true;
    if (ts.isBinaryExpression(parent) && parent.right === child && requires(piece, parent.left, use.text))
      return parent.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken;
    if (ts.isConditionalExpression(parent) && parent.whenTrue === child)
      return requires(piece, parent.condition, use.text);
  }
  return false;
}

function requires(piece: Workpiece, condition: Ts.Expression, name: string): boolean {
  const test = inner(condition);
  if (ts.isIdentifier(test)) return test.text === name;
  if (!ts.isBinaryExpression(test)) return false;
  const { kind } = test.operatorToken;
  if (kind === ts.SyntaxKind.AmpersandAmpersandToken)
    return requires(piece, test.left, name) || requires(piece, test.right, name);
  if (kind === ts.SyntaxKind.InstanceOfKeyword) return piece.textOf(test.left) === name;
  return piece.textOf(test).replace(/\s/g, "") === `${name}!=null`;
}

function isNegated(piece: Workpiece, condition: Ts.Expression, name: string): boolean {
  return piece.textOf(inner(condition)).replace(/\s/g, "") === `!${name}`;
}
