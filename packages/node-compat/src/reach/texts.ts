import type { Reference, Variable } from "eslint-scope";
import type { Identifier, MemberExpression, Node, SimpleCallExpression } from "estree";
import { callsOf, isExported, soleValue } from "./functions.js";
import { IDENTITY, isCallOf, isFunction, memberName, type Syntax } from "./syntax.js";

/** More are no list of names any more. */
const MOST = 1024;

/**
 * The texts that an expression may be when it names a property: of a symbol there are none, of a name out of a constant
 * list all of the list.
 *
 * @returns undefined when only the running program knows
 */
export function textsOf(node: Node, syntax: Syntax): ReadonlySet<string> | undefined {
  return new Texts(syntax).of(node);
}

type Found = Set<string> | undefined;

class Texts {
  /** What is being looked into: a value that depends on itself adds nothing to it. */
  private readonly open = new Set<unknown>();

  constructor(private readonly syntax: Syntax) {}

  of(node: Node): Found {
    switch (node.type) {
      case "Literal":
        return new Set([String(node.value)]);
      case "TemplateLiteral":
        return this.joined(
          node.quasis.flatMap((quasi, at) => [quasi, ...node.expressions.slice(at, at + 1)]),
        );
      case "TemplateElement":
        return new Set([node.value.cooked ?? node.value.raw]);
      case "BinaryExpression":
        return node.operator === "+" ? this.joined([node.left, node.right]) : undefined;
      case "ConditionalExpression":
        return this.either([node.consequent, node.alternate]);
      case "LogicalExpression":
        return this.either([node.left, node.right]);
      case "AssignmentExpression":
        return node.operator === "=" ? this.of(node.right) : undefined;
      case "ChainExpression":
        return this.of(node.expression);
      case "SequenceExpression":
        return this.of(node.expressions.at(-1)!);
      case "CallExpression":
        return this.ofCall(node);
      case "MemberExpression":
        return this.ofMember(node);
      case "Identifier":
        return this.ofIdentifier(node);
      default:
        return undefined;
    }
  }

  private joined(parts: readonly Node[]): Found {
    let all: Found = new Set([""]);
    for (const part of parts) {
      const texts = this.of(part);
      if (texts === undefined || all.size * texts.size > MOST) return undefined;
      all = new Set([...all].flatMap((start) => [...texts].map((end) => start + end)));
    }
    return all;
  }

  private either(nodes: readonly Node[]): Found {
    const all = new Set<string>();
    for (const node of nodes) {
      const texts = this.of(node);
      if (texts === undefined) return undefined;
      texts.forEach((text) => all.add(text));
    }
    return all.size > MOST ? undefined : all;
  }

  private ofCall(call: SimpleCallExpression): Found {
    const { callee, arguments: given } = call;
    const name = callee.type === "MemberExpression" ? callee.object : callee;
    if (this.isHosts(name, "Symbol")) return new Set();
    if (isCallOf(call, IDENTITY) || this.isHosts(callee, "String")) return given[0] && this.of(given[0]);
    return undefined;
  }

  private ofMember(node: MemberExpression): Found {
    if (this.isHosts(node.object, "Symbol")) return new Set();
    const table = this.literal(node.object);
    if (table?.type === "ObjectExpression") return this.values(table.properties, memberName(node));
    return table?.type === "ArrayExpression" && node.computed ? this.elements(node.object) : undefined;
  }

  private values(properties: readonly Node[], wanted: string | undefined): Found {
    const values = properties.map((property) => {
      if (property.type !== "Property" || property.kind !== "init") return undefined;
      const name = property.key.type === "Identifier" && !property.computed ? property.key.name : undefined;
      return wanted !== undefined && name !== undefined && name !== wanted ? null : property.value;
    });
    if (values.includes(undefined)) return undefined;
    return this.either(values.filter((value) => value !== null && value !== undefined));
  }

  private ofIdentifier(node: Identifier): Found {
    const variable = this.syntax.variableOf(node);
    if (variable === undefined)
      return /^(undefined|NaN|Infinity)$/.test(node.name) ? new Set([node.name]) : undefined;
    if (this.open.has(variable)) return new Set();
    this.open.add(variable);
    const texts = this.ofVariable(variable);
    this.open.delete(variable);
    return texts;
  }

  private ofVariable(variable: Variable): Found {
    const [def, ...others] = variable.defs;
    const writes = variable.references.filter((reference) => reference.isWrite());
    if (def === undefined || others.length > 0) return undefined;
    if (def.type === "Parameter") return writes.length === 0 ? this.ofParameter(def) : undefined;
    if (def.type !== "Variable") return undefined;
    const all = new Set<string>();
    for (const { writeExpr, partial, identifier } of writes) {
      const value = writeExpr as Node | null;
      const texts = value && (partial ? this.ofLoop(identifier as Node, value) : this.of(value));
      if (!texts) return undefined;
      texts.forEach((text) => all.add(text));
    }
    return all;
  }

  /** The variable of `for (const name of list)`, or of `for (const name in table)`. */
  private ofLoop(identifier: Node, value: Node): Found {
    const declarator = this.syntax.parentOf(identifier);
    const declaration = declarator && this.syntax.parentOf(declarator);
    const loop =
      declarator?.type === "VariableDeclarator"
        ? declaration && this.syntax.parentOf(declaration)
        : declarator;
    if (declarator?.type === "VariableDeclarator" && declarator.id !== identifier) return undefined;
    if (loop?.type === "ForOfStatement" && loop.right === value) return this.elements(value);
    return loop?.type === "ForInStatement" && loop.right === value ? this.names(value) : undefined;
  }

  private ofParameter({ node, name }: { readonly node: unknown; readonly name: unknown }): Found {
    const fn = node as Node;
    if (!isFunction(fn)) return undefined;
    const at = fn.params.indexOf(name as never);
    if (at < 0 || this.syntax.readsArguments(fn)) return undefined;
    const list = at === 0 ? this.listThatCalls(fn) : undefined;
    if (list) return this.elements(list);
    const given = callsOf(fn, this.syntax)?.map(({ arguments: all }) =>
      all.some(({ type }) => type === "SpreadElement") ? undefined : (all[at] ?? UNDEFINED),
    );
    if (given === undefined || given.includes(undefined)) return undefined;
    return this.either(given as Node[]);
  }

  /** The list of `list.forEach((name) => …)`. */
  private listThatCalls(fn: Node): Node | undefined {
    const call = this.syntax.parentOf(fn);
    if (call?.type !== "CallExpression" || call.arguments[0] !== fn) return undefined;
    const { callee } = call;
    if (callee.type !== "MemberExpression") return undefined;
    return EACH.test(memberName(callee) ?? "") ? (callee.object as Node) : undefined;
  }

  /** The texts of a list. */
  private elements(node: Node): Found {
    const split = this.splitText(node);
    if (split) return split;
    if (node.type === "CallExpression" && isStatic(node, "keys", this)) return this.names(node.arguments[0]!);
    const list = this.literal(node);
    if (list?.type !== "ArrayExpression") return undefined;
    const all = new Set<string>();
    for (const element of list.elements) {
      const texts =
        element && (element.type === "SpreadElement" ? this.elements(element.argument) : this.of(element));
      if (!texts) return undefined;
      texts.forEach((text) => all.add(text));
    }
    return all;
  }

  /** `"fetch URL".split(" ")` */
  private splitText(node: Node): Found {
    if (node.type !== "CallExpression" || node.callee.type !== "MemberExpression") return undefined;
    const [separator] = node.arguments;
    const { object } = node.callee;
    if (memberName(node.callee) !== "split" || object.type !== "Literal" || separator?.type !== "Literal")
      return undefined;
    return new Set(String(object.value).split(separator.value as string));
  }

  /** The names of a table's members. */
  private names(node: Node): Found {
    const table = this.literal(node);
    if (table?.type !== "ObjectExpression") return undefined;
    const names = table.properties.map((property) => {
      if (property.type !== "Property" || property.computed) return undefined;
      return property.key.type === "Identifier"
        ? property.key.name
        : String((property.key as { value?: unknown }).value);
    });
    return names.includes(undefined) ? undefined : new Set(names as string[]);
  }

  /** The list or table that an expression is, when nothing ever changes it. */
  private literal(node: Node): Node | undefined {
    if (node.type === "ArrayExpression" || node.type === "ObjectExpression") return node;
    if (node.type === "CallExpression" && isStatic(node, "freeze", this))
      return this.literal(node.arguments[0]!);
    const variable = node.type === "Identifier" ? this.syntax.variableOf(node) : undefined;
    const value = variable && soleValue(variable);
    if (
      !value ||
      value.type === "Identifier" ||
      isExported(variable, this.syntax) ||
      !variable.references.every((reference) => this.leavesIt(reference))
    ) {
      return undefined;
    }
    return this.literal(value);
  }

  private leavesIt(reference: Reference): boolean {
    const node = reference.identifier as Node;
    if (!reference.isRead()) return true;
    const parent = this.syntax.parentOf(node);
    switch (parent?.type) {
      case "ForOfStatement":
      case "ForInStatement":
        return parent.right === node;
      case "SpreadElement":
      case "UnaryExpression":
      case "BinaryExpression":
        return true;
      case "CallExpression":
        return isStatic(parent, "keys", this);
      case "MemberExpression":
        return parent.object === node && this.onlyReads(parent);
      default:
        return false;
    }
  }

  private onlyReads(member: MemberExpression): boolean {
    const parent = this.syntax.parentOf(member);
    if (parent?.type === "CallExpression" && parent.callee === member) {
      return READING.test(memberName(member) ?? "");
    }
    const isChanged =
      parent?.type === "UpdateExpression" ||
      (parent?.type === "AssignmentExpression" && parent.left === member) ||
      (parent?.type === "UnaryExpression" && parent.operator === "delete");
    return !isChanged;
  }

  isHosts(node: Node, name: string): boolean {
    return node.type === "Identifier" && node.name === name && this.syntax.variableOf(node) === undefined;
  }
}

const UNDEFINED: Node = { type: "Identifier", name: "undefined" };
/** Methods of a list that call back with each of its elements first. */
const EACH = /^(every|filter|find|findIndex|findLast|flatMap|forEach|map|some)$/;
const READING =
  /^(at|concat|every|filter|find|findIndex|findLast|flatMap|forEach|hasOwnProperty|includes|indexOf|join|map|slice|some)$/;

/** Whether a call is `Object.<method>(…)`. */
function isStatic({ callee, arguments: given }: SimpleCallExpression, method: string, texts: Texts): boolean {
  return (
    callee.type === "MemberExpression" &&
    memberName(callee) === method &&
    given.length > 0 &&
    texts.isHosts(callee.object, "Object")
  );
}
