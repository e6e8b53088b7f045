import type { Identifier, MemberExpression, Node, ObjectPattern } from "estree";
import { walk } from "estree-walker";
import { GlobalObjectFlow, isGlobalObject } from "./global-object.js";
import { constantText, freeWords, memberName, Syntax, words } from "./syntax.js";
import { textsOf } from "./texts.js";

/** Something that is decided at run time. */
export interface Doubt {
  /**
   * Code that may name anything; the name of one global; the list of them all; or the global object goes where it is not
   * followed.
   */
  readonly kind: "code" | "name" | "list" | "object";
  readonly what: string;
  /** Offset in the bundle. */
  readonly at: number;
}

const WHAT = {
  name: "a global whose name is made at run time",
  list: "a list of the globals",
  object: "the global object passed on",
};

/** Tells which code of a bundle counts. */
export interface Interest {
  /** Whether the code at an offset may be the reason for something, by default all of it. */
  readonly reads?: (at: number) => boolean;
  /** Whether the texts at an offset may become code or names, by default all of them. */
  readonly speaks?: (at: number) => boolean;
}

/** Collects what code uses of its host; each with the offset of the first place. */
export class Finder {
  readonly modules = new Map<string, number>();
  readonly globals = new Map<string, number>();
  readonly properties = new Map<string, number>();
  /** Those of the globals that code names which says nothing: what stands in their place uses them itself. */
  readonly silent = new Set<string>();
  readonly doubts: Doubt[] = [];
  /** Names of the members of any object, and of the code's own. */
  private readonly members = new Set<string>();
  private readonly keys = new Set<string>();
  private readonly texts: string[] = [];

  constructor(private readonly interest: Interest = {}) {}

  /** Every name that could be read from the global object where it is not followed. */
  mentioned(): readonly string[] {
    return [...this.members, ...this.keys, ...this.texts.flatMap(words)];
  }

  /** Every global that code could name that is made of the code's texts. */
  spoken(): readonly string[] {
    return [...this.keys, ...this.texts.flatMap((text) => freeWords(text, isGlobalObject))];
  }

  /** Every name that could come to stand between the brackets of `globalThis[…]`. */
  listed(): readonly string[] {
    return [...this.keys, ...this.texts.filter((text) => /^[\w$\s,|]+$/.test(text)).flatMap(words)];
  }

  /**
   * @param at where in the bundle the code is, when it is the text of a string there
   * @param returned told when the code gives back the global object
   * @throws {SyntaxError} when the code is none
   */
  read(code: string, kind: "module" | "script", at?: number, returned?: () => void): void {
    const syntax = new Syntax(code, kind);
    const place = (node: Node) => at ?? node.range?.[0] ?? 0;
    const flow = new GlobalObjectFlow(syntax, {
      read: (name, node) => this.addGlobal(name, place(node)),
      computed: (node) => this.doubt("name", place(node)),
      listed: (node) => this.doubt("list", place(node)),
      passed: (node) => this.doubt("object", place(node)),
      ...(returned && { returned }),
    });
    const { reads = () => true, speaks = () => true } = this.interest;
    walk(syntax.tree, {
      enter: (node) => {
        const here = place(node);
        if (speaks(here)) this.listen(node, syntax);
        if (!reads(here)) return;
        this.visit(node, syntax, place);
        if (syntax.free.has(node)) this.visitFree(node as Identifier, syntax, flow, place);
        if (kind === "script" && node.type === "ThisExpression") flow.follow(node);
      },
    });
  }

  /** What the code says, of which names may be made. */
  private listen(node: Node, syntax: Syntax): void {
    if (node.type === "MemberExpression") {
      const name = memberName(node);
      if (name !== undefined) this.members.add(name);
    } else if (node.type === "ObjectPattern") readByPattern(node).forEach((name) => this.members.add(name));
    else if (node.type === "Property" && node.key.type === "Identifier" && !node.computed)
      this.keys.add(node.key.name);
    else if (node.type === "TemplateElement") this.texts.push(node.value.cooked ?? node.value.raw);
    else if (node.type === "Literal" && typeof node.value === "string" && !isSource(node, syntax)) {
      this.texts.push(node.value);
    }
  }

  private visit(node: Node, syntax: Syntax, place: (node: Node) => number): void {
    switch (node.type) {
      case "ImportDeclaration":
      case "ExportAllDeclaration":
      case "ExportNamedDeclaration":
        if (node.source) this.addModule(node.source, syntax, place(node));
        return;
      case "ImportExpression":
        if (!this.addModule(node.source, syntax, place(node))) {
          this.doubt("code", place(node), "an import whose name is made at run time");
        }
        return;
      case "MemberExpression": {
        const name = memberName(node);
        if (name !== undefined) add(this.properties, name, place(node));
        if (name === "constructor" && isFunctionOrItsPrototype(node.object) && makesCode(node, syntax)) {
          this.doubt("code", place(node), "a function made of text at run time");
        }
        return;
      }
      case "ObjectPattern":
        readByPattern(node).forEach((name) => add(this.properties, name, place(node)));
    }
  }

  /** A name that the code does not declare, so the host's. */
  private visitFree(
    node: Identifier,
    syntax: Syntax,
    flow: GlobalObjectFlow,
    place: (node: Node) => number,
  ): void {
    if (isGlobalObject(node.name)) flow.follow(node);
    else if (node.name !== "eval" && node.name !== "Function") this.addGlobal(node.name, place(node));
    else if (!isHarmless(node, syntax)) this.visitCode(node, syntax, flow, place(node));
  }

  private addGlobal(name: string, at: number): void {
    if (name === "eval" || name === "Function") this.doubt("code", at, `${name} of code made at run time`);
    else {
      add(this.globals, name, at);
      if (this.interest.speaks?.(at) === false) this.silent.add(name);
    }
  }

  /** `eval` or `Function`, whose code may be known. */
  private visitCode(node: Identifier, syntax: Syntax, flow: GlobalObjectFlow, at: number): void {
    const run = runBy(node, syntax);
    if (run === undefined) {
      this.doubt("code", at, `${node.name} of code made at run time`);
      return;
    }
    // What eval gives back its call has; what a function does, the call of that.
    const call = node.name === "eval" ? run.call : syntax.parentOf(run.call);
    const isCalled = node.name === "eval" || (call?.type === "CallExpression" && call.callee === run.call);
    try {
      this.read(run.code, "script", at, () => {
        if (isCalled) flow.follow(call!);
        else this.doubt("object", at);
      });
    } catch (error) {
      // It is no code, and will throw the same error when it is run.
      if (!(error instanceof SyntaxError)) throw error;
    }
  }

  private doubt(kind: Doubt["kind"], at: number, what?: string): void {
    this.doubts.push({ kind, at, what: what ?? WHAT[kind as keyof typeof WHAT] });
  }

  /** @returns whether the name is known */
  private addModule(source: Node, syntax: Syntax, at: number): boolean {
    const names = textsOf(source, syntax);
    names?.forEach((name) => add(this.modules, name.replace(/^node:/, ""), at));
    return names !== undefined;
  }
}

function add(names: Map<string, number>, name: string, at: number): void {
  if (!names.has(name)) names.set(name, at);
}

/** The name of a module that is imported, which nothing makes code of. */
function isSource(node: Node, syntax: Syntax): boolean {
  return /^(ImportDeclaration|Export\w+Declaration|ImportExpression)$/.test(
    syntax.parentOf(node)?.type ?? "",
  );
}

/** The properties that a pattern reads, as far as their names are known. */
function readByPattern({ properties }: ObjectPattern): string[] {
  return properties.flatMap((property) => {
    if (property.type === "RestElement") return [];
    const { key, computed } = property;
    return (!computed && key.type === "Identifier" ? key.name : constantText(key)) ?? [];
  });
}

/** Uses of `Function` and `eval` that run nothing: `x instanceof Function`, `typeof eval`, `Function.prototype.call`. */
function isHarmless(node: Node, syntax: Syntax): boolean {
  const parent = syntax.parentOf(node);
  switch (parent?.type) {
    case "UnaryExpression":
    case "BinaryExpression":
      return true;
    case "MemberExpression":
      return parent.object === node && isHarmlessMember(parent, syntax);
    default:
      return false;
  }
}

/** `Function.prototype`, and what that has applied to something else: `Function.call.bind(hasOwnProperty)`. */
function isHarmlessMember(member: MemberExpression, syntax: Syntax): boolean {
  const name = memberName(member);
  if (name === "prototype" || name === "name" || name === "length") return true;
  const parent = syntax.parentOf(member);
  if (parent?.type !== "MemberExpression" || parent.object !== member) return false;
  return (
    /^(apply|bind|call|toString)$/.test(name ?? "") && /^(apply|bind|call)$/.test(memberName(parent) ?? "")
  );
}

/** Whether the constructor of functions goes where it may be given code, and is not only looked at. */
function makesCode(constructor: Node, syntax: Syntax): boolean {
  const parent = syntax.parentOf(constructor);
  switch (parent?.type) {
    case "UnaryExpression":
    case "BinaryExpression":
      return false;
    case "MemberExpression":
      return memberName(parent) !== "name" && memberName(parent) !== "prototype";
    case "VariableDeclarator":
      return syntax
        .declaredBy(parent)
        .some(({ references }) =>
          references.some((one) => one.isRead() && makesCode(one.identifier as Node, syntax)),
        );
    default:
      return true;
  }
}

/** The code that a call of `eval` or `Function` runs, when it is constant. */
function runBy(node: Identifier, syntax: Syntax): { call: Node; code: string } | undefined {
  const parent = syntax.parentOf(node);
  // (0, eval)("this")
  const callee = parent?.type === "SequenceExpression" && parent.expressions.at(-1) === node ? parent : node;
  const call = syntax.parentOf(callee);
  if (call?.type !== "CallExpression" && call?.type !== "NewExpression") return undefined;
  if (call.callee !== callee) return undefined;
  const texts = call.arguments.map(constantText);
  if (texts.some((text) => text === undefined)) return undefined;
  if (node.name === "eval") return { call, code: texts[0] ?? "" };
  const body = texts.pop() ?? "";
  return { call, code: `(function (${texts.join(", ")}\n) {\n${body}\n})` };
}

/** `Object.getPrototypeOf(async () => {})` and `(() => {})`, whose `constructor` makes functions of text. */
function isFunctionOrItsPrototype(node: Node): boolean {
  if (node.type === "FunctionExpression" || node.type === "ArrowFunctionExpression") return true;
  if (node.type !== "CallExpression" || node.callee.type !== "MemberExpression") return false;
  const [first] = node.arguments;
  return (
    memberName(node.callee) === "getPrototypeOf" && first !== undefined && isFunctionOrItsPrototype(first)
  );
}
