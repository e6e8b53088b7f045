import type { Variable } from "eslint-scope";
import type { CallExpression, Function as FunctionNode, Node } from "estree";
import { IDENTITY, isCallOf, isFunction, type Syntax } from "./syntax.js";

/** The function that a callee surely is; undefined when it may be another, or the host's. */
export function functionOf(callee: Node, syntax: Syntax): FunctionNode | undefined {
  if (isFunction(callee)) return callee;
  if (isCallOf(callee, IDENTITY)) return functionOf((callee as CallExpression).arguments[0]!, syntax);
  if (callee.type !== "Identifier") return undefined;
  const variable = syntax.variableOf(callee);
  const value = variable && (soleValue(variable) ?? soleArgument(variable, syntax));
  return value && functionOf(value, syntax);
}

/** What a parameter is, of a function that is called in one place. */
function soleArgument({ defs: [def, ...others], references }: Variable, syntax: Syntax): Node | undefined {
  if (def?.type !== "Parameter" || others.length > 0 || references.some((one) => one.isWrite()))
    return undefined;
  const fn = def.node as Node;
  if (!isFunction(fn) || syntax.readsArguments(fn)) return undefined;
  const at = fn.params.indexOf(def.name as never);
  const [call, ...more] = callsOf(fn, syntax) ?? [];
  if (at < 0 || !call || more.length > 0) return undefined;
  return call.arguments.some(({ type }) => type === "SpreadElement") ? undefined : call.arguments[at];
}

/** Whether other modules have a variable. */
export function isExported({ defs }: Variable, syntax: Syntax): boolean {
  return defs.some((def) => {
    const declaration = def.type === "FunctionName" ? (def.node as Node) : (def.parent as Node | null);
    return /^Export/.test((declaration && syntax.parentOf(declaration)?.type) ?? "");
  });
}

/** The one expression, or declaration, that ever gives a variable its value. */
export function soleValue({ defs, references }: Variable): Node | undefined {
  const [def, ...others] = defs;
  if (def === undefined || others.length > 0) return undefined;
  const writes = references.filter((reference) => reference.isWrite());
  if (def.type === "FunctionName") return writes.length === 0 ? (def.node as Node) : undefined;
  if (def.type !== "Variable" || writes.length !== 1 || writes[0]!.partial) return undefined;
  return (writes[0]!.writeExpr as Node | null) ?? undefined;
}

/** Every call of a function; undefined when it goes where it may be called from elsewhere. */
export function callsOf(fn: Node, syntax: Syntax): CallExpression[] | undefined {
  if (fn.type === "FunctionDeclaration") {
    const [variable] = syntax.declaredBy(fn).filter(({ name }) => name === fn.id?.name);
    return variable && callsOfVariable(variable, syntax);
  }
  const parent = syntax.parentOf(fn);
  if (isCallOf(parent, IDENTITY) && (parent as CallExpression).arguments[0] === fn)
    return callsOf(parent!, syntax);
  if (parent?.type === "CallExpression" && parent.callee === fn) return [parent];
  const target = parent?.type === "VariableDeclarator" ? parent.id : assignedTo(parent, fn);
  if (target?.type !== "Identifier") return undefined;
  const variable =
    parent!.type === "VariableDeclarator" ? syntax.declaredBy(parent!)[0] : syntax.variableOf(target);
  return variable && soleValue(variable) ? callsOfVariable(variable, syntax) : undefined;
}

function assignedTo(parent: Node | undefined, value: Node): Node | undefined {
  // As a statement only: else the value goes on.
  return parent?.type === "AssignmentExpression" && parent.operator === "=" && parent.right === value
    ? parent.left
    : undefined;
}

function callsOfVariable(variable: Variable, syntax: Syntax): CallExpression[] | undefined {
  if (isExported(variable, syntax)) return undefined;
  const calls: CallExpression[] = [];
  for (const reference of variable.references) {
    if (!reference.isRead()) continue;
    const identifier = reference.identifier as Node;
    const parent = syntax.parentOf(identifier);
    if (parent?.type === "CallExpression" && parent.callee === identifier) calls.push(parent);
    else if (!isOnlyNamed(parent, syntax)) return undefined;
  }
  return calls;
}

/** `__name(fn, "fn");` and `typeof fn`. */
function isOnlyNamed(parent: Node | undefined, syntax: Syntax): boolean {
  if (parent?.type === "UnaryExpression") return true;
  return isCallOf(parent, IDENTITY) && syntax.parentOf(parent!)?.type === "ExpressionStatement";
}
