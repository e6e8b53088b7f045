import type { Variable } from "eslint-scope";
import type { CallExpression, Function as FunctionNode, MemberExpression, Node, Pattern } from "estree";
import { callsOf, functionOf, isExported, soleValue } from "./functions.js";
import { IDENTITY, isCallOf, isFunction, memberName, type Syntax } from "./syntax.js";
import { textsOf } from "./texts.js";

/** Names of the global object; it holds itself under each of them. */
const GLOBAL_OBJECTS = new Set(["globalThis", "global", "self", "window"]);

export function isGlobalObject(name: string): boolean {
  return GLOBAL_OBJECTS.has(name);
}

/** Told what code reads of the global object. */
export interface Uses {
  read(name: string, at: Node): void;
  /** A name that is only known at run time. */
  computed(at: Node): void;
  /** The list of its names. */
  listed(at: Node): void;
  /** Anything: the object goes where it is not followed. */
  passed(at: Node): void;
  /** It is what the code itself gives back, for code that is run as a function or by `eval`. */
  returned?(at: Node): void;
}

/**
 * Follows the global object through one piece of code: from variable to variable, into functions and out of them, and
 * through CommonJS modules that export it. Where a value is only perhaps the global object it is taken to be.
 */
export class GlobalObjectFlow {
  private readonly seen = new Set<unknown>();

  constructor(
    private readonly syntax: Syntax,
    private readonly uses: Uses,
  ) {}

  /** @param node an expression whose value is the global object */
  follow(node: Node): void {
    if (this.seen.has(node)) return;
    this.seen.add(node);
    const parent = this.syntax.parentOf(node);
    switch (parent?.type) {
      case "MemberExpression":
        return parent.object === node ? this.member(parent) : undefined;
      case "CallExpression":
        return this.call(node, parent as CallExpression);
      case "ConditionalExpression":
        return parent.test === node ? undefined : this.follow(parent);
      case "LogicalExpression":
        // An object is truthy: && gives its right side then.
        return parent.operator === "&&" && parent.left === node ? undefined : this.follow(parent);
      case "SequenceExpression":
        return parent.expressions.at(-1) === node ? this.follow(parent) : undefined;
      case "AssignmentExpression":
        if (parent.right !== node) return;
        this.follow(parent);
        return this.pattern(parent.left, parent);
      case "VariableDeclarator":
        return this.pattern(parent.id, parent);
      case "AssignmentPattern":
        return parent.right === node ? this.pattern(parent.left, parent) : undefined;
      case "ReturnStatement":
        return this.leaves(parent);
      case "ArrowFunctionExpression":
        return parent.body === node ? this.leaves(node) : undefined;
      case "ChainExpression":
      case "AwaitExpression":
        return this.follow(parent);
      case "ExpressionStatement":
        return this.syntax.kind === "script" ? this.uses.returned?.(parent) : undefined;
      case "BinaryExpression":
        return parent.operator === "in" && parent.right === node
          ? this.membership(parent.left, parent)
          : undefined;
      case "ForInStatement":
        return parent.right === node ? this.uses.listed(parent) : undefined;
      case "UnaryExpression":
      case "IfStatement":
      case "WhileStatement":
      case "TemplateLiteral":
        return;
      default:
        return this.uses.passed(node);
    }
  }

  private member(member: MemberExpression): void {
    const parent = this.syntax.parentOf(member);
    const isWrittenOnly =
      parent?.type === "AssignmentExpression" && parent.operator === "=" && parent.left === member;
    // Whoever reads it later is seen there.
    if (isWrittenOnly) return;
    const name = memberName(member);
    const isCalled = parent?.type === "CallExpression" && parent.callee === member;
    if (isCalled && name === "valueOf") return this.follow(parent);
    if (isCalled && MEMBERSHIP.test(name ?? "") && parent.arguments[0]) {
      return this.membership(parent.arguments[0], parent);
    }
    this.names(name === undefined ? this.textsOf(member.property) : new Set([name]), member);
  }

  private textsOf(node: Node): ReadonlySet<string> | undefined {
    return node.type === "PrivateIdentifier" ? new Set() : textsOf(node, this.syntax);
  }

  private names(names: ReadonlySet<string> | undefined, at: Node): void {
    if (names === undefined) return this.uses.computed(at);
    for (const name of names) {
      // `default` is what esbuild calls a CommonJS module's exports.
      if (isGlobalObject(name) || name === "default") this.follow(at);
      else this.uses.read(name, at);
    }
  }

  /** Whether the global object has a name, or the value of it that reflection gives. */
  private membership(name: Node, at: Node): void {
    this.names(this.textsOf(name), at);
  }

  private pattern(target: Pattern, at: Node): void {
    switch (target.type) {
      case "Identifier":
        return this.variable(
          at.type === "VariableDeclarator"
            ? this.syntax.declaredBy(at).find(({ name }) => name === target.name)
            : this.syntax.variableOf(target),
          at,
        );
      case "ObjectPattern":
        for (const property of target.properties) {
          if (property.type === "RestElement") this.uses.passed(at);
          else {
            const { key, computed, value } = property;
            const names = !computed && key.type === "Identifier" ? new Set([key.name]) : this.textsOf(key);
            if (names === undefined) this.uses.computed(at);
            names?.forEach((name) =>
              isGlobalObject(name) ? this.pattern(value, at) : this.uses.read(name, at),
            );
          }
        }
        return;
      case "AssignmentPattern":
        return this.pattern(target.left, at);
      case "MemberExpression":
        return this.stored(target, at);
      default:
        return this.uses.passed(at);
    }
  }

  private variable(variable: Variable | undefined, at: Node): void {
    // A variable of the host's, such as `root = globalThis` in code that is run as a script.
    if (variable === undefined || isExported(variable, this.syntax)) this.uses.passed(at);
    if (variable === undefined) return;
    if (this.seen.has(variable)) return;
    this.seen.add(variable);
    for (const reference of variable.references) {
      if (reference.isRead()) this.follow(reference.identifier as Node);
    }
  }

  /** `module.exports = globalThis`, in a CommonJS module as esbuild writes it; any other object is not followed. */
  private stored(member: MemberExpression, at: Node): void {
    const name = memberName(member);
    if (name !== undefined && isGlobalObject(name)) {
      // `globalThis.window = globalThis`
      const { object } = member;
      if (object.type === "Identifier" && isGlobalObject(object.name) && this.syntax.free.has(object)) return;
    }
    const module = member.object.type === "Identifier" ? this.syntax.variableOf(member.object) : undefined;
    const [def] = module?.defs ?? [];
    const fn = def?.type === "Parameter" ? (def.node as FunctionNode) : undefined;
    const property = fn && this.syntax.parentOf(fn);
    const table = property?.type === "Property" ? this.syntax.parentOf(property) : undefined;
    const wrapped = table && this.syntax.parentOf(table);
    const isExport =
      name === "exports" && fn?.params[1] === def?.name && isCallOf(wrapped, /^__commonJS\d*$/);
    if (!isExport || !module) return this.uses.passed(at);
    for (const reference of module.references) {
      const parent = this.syntax.parentOf(reference.identifier as Node);
      if (parent?.type !== "MemberExpression" || memberName(parent) !== "exports") this.uses.passed(at);
      else if (parent !== member) this.exported(parent);
    }
    this.callers(wrapped!, at);
  }

  /** Another mention of `module.exports` in the module. */
  private exported(member: MemberExpression): void {
    const parent = this.syntax.parentOf(member);
    if (parent?.type !== "AssignmentExpression" || parent.left !== member) this.follow(member);
  }

  private call(node: Node, call: CallExpression): void {
    const { callee } = call;
    if (callee === node) return;
    if (isCallOf(call, IDENTITY)) return this.follow(call);
    const at = call.arguments.indexOf(node as never);
    if (callee.type === "MemberExpression") {
      const method = memberName(callee);
      if (this.isStatic(callee)) return this.reflected(method, at, call);
      if (/^(apply|bind|call)$/.test(method ?? ""))
        return this.applied(callee.object as Node, method!, at, call);
    }
    const fn = functionOf(callee as Node, this.syntax);
    if (fn && call.arguments.slice(0, at).every(({ type }) => type !== "SpreadElement"))
      return this.enters(fn, at, call);
    this.uses.passed(call);
  }

  /** `Object.x(…)` and `Reflect.x(…)` of the host's own. */
  private isStatic({ object }: MemberExpression): boolean {
    return (
      object.type === "Identifier" && /^(Object|Reflect)$/.test(object.name) && this.syntax.free.has(object)
    );
  }

  private reflected(method: string | undefined, at: number, call: CallExpression): void {
    if (method === undefined || at !== 0) return method === "is" ? undefined : this.uses.passed(call);
    if (SELF.has(method)) return this.follow(call);
    if (NOTHING.has(method)) return;
    if (READING.has(method) && call.arguments[1]) return this.membership(call.arguments[1], call);
    return LISTING.has(method) ? this.uses.listed(call) : this.uses.passed(call);
  }

  /** `fn.call(globalThis, …)`: it is the function's `this`, or one of its arguments. */
  private applied(fn: Node, method: string, at: number, call: CallExpression): void {
    const name = fn.type === "MemberExpression" ? memberName(fn) : undefined;
    if (at === 0 && MEMBERSHIP.test(name ?? "") && call.arguments[1] && method === "call") {
      return this.membership(call.arguments[1], call);
    }
    // The host's own functions do nothing with it but be there: fetch.bind(globalThis).
    if (at === 0 && this.isHostFunction(fn)) return;
    const known = functionOf(fn, this.syntax);
    if (!known || method !== "call") return this.uses.passed(call);
    if (at > 0) return this.enters(known, at - 1, call);
    for (const self of thisOf(known)) this.follow(self);
  }

  private isHostFunction(node: Node): boolean {
    if (node.type === "Identifier") return this.syntax.free.has(node) && !isGlobalObject(node.name);
    if (node.type !== "MemberExpression" || memberName(node) === undefined) return false;
    return (
      node.object.type === "Identifier" &&
      isGlobalObject(node.object.name) &&
      this.syntax.free.has(node.object)
    );
  }

  private enters(fn: FunctionNode, at: number, call: CallExpression): void {
    const param = fn.params[at];
    if (
      this.syntax.readsArguments(fn) ||
      fn.params.slice(0, at + 1).some(({ type }) => type === "RestElement")
    ) {
      return this.uses.passed(call);
    }
    if (param === undefined) return;
    const target = param.type === "AssignmentPattern" ? param.left : param;
    if (target.type !== "Identifier") return this.pattern(target, call);
    this.variable(
      this.syntax.declaredBy(fn).find(({ name }) => name === target.name),
      call,
    );
  }

  /** The value that a function gives back comes out wherever it is called. */
  private leaves(node: Node): void {
    let fn: Node | undefined = node;
    while (fn && !isFunction(fn)) fn = this.syntax.parentOf(fn);
    if (!fn || this.isOutermost(fn))
      return this.uses.returned ? this.uses.returned(node) : this.uses.passed(node);
    if (!isFunction(fn) || fn.async || fn.generator) return this.uses.passed(node);
    const calls = callsOf(fn, this.syntax);
    if (calls === undefined) return this.uses.passed(node);
    calls.forEach((call) => this.follow(call));
  }

  /** The function that the code of `Function(code)` is put into. */
  private isOutermost(fn: Node): boolean {
    const statement = this.syntax.parentOf(fn);
    return (
      this.syntax.kind === "script" &&
      statement?.type === "ExpressionStatement" &&
      this.syntax.parentOf(statement) === this.syntax.tree
    );
  }

  /** The calls of the function that esbuild makes of a CommonJS module: `var require_it = __commonJS({…})`. */
  private callers(made: Node, at: Node): void {
    const parent = this.syntax.parentOf(made);
    const variable = parent?.type === "VariableDeclarator" ? this.syntax.declaredBy(parent)[0] : undefined;
    if (!variable || soleValue(variable) !== made) return this.uses.passed(at);
    for (const reference of variable.references) {
      if (!reference.isRead()) continue;
      const use = this.syntax.parentOf(reference.identifier as Node);
      if (use?.type === "CallExpression" && use.callee === reference.identifier) this.follow(use);
      else this.uses.passed(at);
    }
  }
}

const MEMBERSHIP = /^(hasOwnProperty|propertyIsEnumerable|__lookupGetter__)$/;
/** Methods of `Object` and `Reflect` that read the property that they are told; that give back the object; that read nothing. */
const READING = new Set(["get", "getOwnPropertyDescriptor", "has", "hasOwn"]);
const SELF = new Set([
  "assign",
  "freeze",
  "seal",
  "preventExtensions",
  "setPrototypeOf",
  "defineProperty",
  "defineProperties",
]);
const NOTHING = new Set([
  "deleteProperty",
  "set",
  "is",
  "getPrototypeOf",
  "isFrozen",
  "isSealed",
  "isExtensible",
]);
const LISTING = new Set(["keys", "getOwnPropertyNames", "ownKeys"]);

/** Each `this` of a function's own. */
function thisOf(fn: FunctionNode): Node[] {
  const found: Node[] = [];
  const waiting: Node[] = [...fn.params, fn.body];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (node.type === "ThisExpression") found.push(node);
    if (/^(FunctionExpression|FunctionDeclaration)$/.test(node.type)) continue;
    for (const value of Object.values(node) as unknown[]) {
      const children = Array.isArray(value) ? (value as unknown[]) : [value];
      waiting.push(
        ...children.filter((child): child is Node => typeof (child as Node | null)?.type === "string"),
      );
    }
  }
  return found;
}
