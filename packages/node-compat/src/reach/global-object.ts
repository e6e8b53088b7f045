import type { Node, ObjectPattern, SimpleCallExpression } from "estree";
import { constantText, memberName } from "./syntax.js";

/** Names of the global object; it holds itself under each of them. */
const GLOBAL_OBJECTS = new Set(["globalThis", "global", "self", "window"]);

export function isGlobalObject(name: string): boolean {
  return GLOBAL_OBJECTS.has(name);
}

/** What one use of the global object reads of it. */
export type Use =
  /** Nothing, or these names. */
  | { readonly kind: "names"; readonly names: readonly string[] }
  /** A name that is only known at run time. */
  | { readonly kind: "computed"; readonly at: Node }
  /** Anything: the object is passed on. */
  | { readonly kind: "passed" };

const NOTHING: Use = { kind: "names", names: [] };
const PASSED: Use = { kind: "passed" };

/**
 * @param node an expression whose value is the global object
 * @param ancestors the nodes around it, the nearest last
 */
export function useOfGlobalObject(node: Node, ancestors: readonly Node[]): Use {
  const parent = ancestors.at(-1);
  switch (parent?.type) {
    case "MemberExpression": {
      if (parent.object !== node) return PASSED;
      const name = memberName(parent);
      if (name === undefined) {
        return isWrittenOnly(parent, ancestors.at(-2)) ? NOTHING : { kind: "computed", at: parent };
      }
      if (isGlobalObject(name)) return useOfGlobalObject(parent, ancestors.slice(0, -1));
      return isWrittenOnly(parent, ancestors.at(-2)) ? NOTHING : names(name);
    }
    case "CallExpression":
      return useByCall(node, parent);
    case "UnaryExpression": // typeof globalThis
    case "ExpressionStatement":
      return NOTHING;
    case "BinaryExpression":
      return parent.operator === "in" && parent.right === node ? membership(parent.left) : NOTHING;
    case "VariableDeclarator":
      return parent.id.type === "ObjectPattern" ? destructured(parent.id) : PASSED;
    default:
      return PASSED;
  }
}

/** `globalThis.fetch = mine`: whoever reads it later is seen there. */
function isWrittenOnly(member: Node, parent: Node | undefined): boolean {
  return parent?.type === "AssignmentExpression" && parent.operator === "=" && parent.left === member;
}

/** Methods of `Object` and `Reflect` that read the property that they are told, and those that write it. */
const READING = new Set(["get", "getOwnPropertyDescriptor", "has", "hasOwn"]);
const WRITING = new Set(["defineProperty", "deleteProperty", "set"]);

function useByCall(node: Node, { callee, arguments: [object, key] }: SimpleCallExpression): Use {
  if (object !== node || callee.type !== "MemberExpression" || callee.object.type !== "Identifier") {
    return PASSED;
  }
  const method = memberName(callee);
  if (!/^(Object|Reflect)$/.test(callee.object.name) || method === undefined) return PASSED;
  if (WRITING.has(method)) return NOTHING;
  return READING.has(method) && key ? membership(key) : PASSED;
}

function membership(left: Node): Use {
  const name = constantText(left);
  return name === undefined ? PASSED : names(name);
}

function destructured({ properties }: ObjectPattern): Use {
  const keys = properties.map((property) => {
    if (property.type === "RestElement") return undefined;
    const { key, computed } = property;
    return !computed && key.type === "Identifier" ? key.name : constantText(key);
  });
  const known = keys.filter((key) => key !== undefined);
  // A nested pattern of the global object itself is rare enough to count as passing it on.
  return known.length === keys.length && !known.some(isGlobalObject) ? names(...known) : PASSED;
}

function names(...read: string[]): Use {
  return { kind: "names", names: read };
}
