import type { Node } from "estree";
import type { ProgramView } from "./program.js";

/** Whether the place breaks when the value is undefined. Passing it on does not, nor does asking whether it is there. */
export function isNeeded(node: Node, view: ProgramView): boolean {
  const parent = view.parentOf(node);
  switch (parent?.type) {
    case "CallExpression":
      return !(parent.optional && parent.callee === node);
    case "NewExpression":
    case "SpreadElement":
      return true;
    case "MemberExpression":
      return parent.object === node && !parent.optional;
    case "ClassDeclaration":
    case "ClassExpression":
      return parent.superClass === node;
    case "BinaryExpression":
      return parent.operator === "instanceof" && parent.right === node;
    case "TaggedTemplateExpression":
      return parent.tag === node;
    case "VariableDeclarator":
      return parent.init === node && parent.id.type === "ObjectPattern";
    case "SequenceExpression":
    case "ChainExpression":
      return isNeeded(parent, view);
    default:
      return false;
  }
}

/** Whether the code asks whether the value is there: what it does then, it does only then. */
export function isTest(node: Node, view: ProgramView): boolean {
  const parent = view.parentOf(node);
  switch (parent?.type) {
    case "UnaryExpression":
      return parent.operator === "typeof" || parent.operator === "!";
    case "IfStatement":
    case "ConditionalExpression":
      return parent.test === node;
    case "LogicalExpression":
      return parent.left === node;
    case "BinaryExpression":
      return /^[!=]==?$/.test(parent.operator);
    case "CallExpression":
      return parent.optional && parent.callee === node;
    case "MemberExpression":
      return parent.optional && parent.object === node;
    case "ChainExpression":
      return isTest(parent, view);
    default:
      return false;
  }
}
