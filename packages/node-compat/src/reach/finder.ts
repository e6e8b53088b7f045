import type { CallExpression, Identifier, NewExpression, Node, ObjectPattern } from "estree";
import { walk } from "estree-walker";
import { isGlobalObject, useOfGlobalObject } from "./global-object.js";
import { constantText, memberName, readSyntax, words } from "./syntax.js";

/** Something that is decided at run time. */
export interface Doubt {
  /** Code that may name anything, or the name of one global. */
  readonly kind: "code" | "name";
  readonly what: string;
  /** Offset in the bundle. */
  readonly at: number;
}

/** Collects what code uses of its host. */
export class Finder {
  readonly modules = new Set<string>();
  readonly globals = new Set<string>();
  readonly properties = new Set<string>();
  readonly unknowable: Doubt[] = [];
  /** Whether the global object goes where this does not follow it. */
  passesGlobalObjectOn = false;
  /** Names of the members of the code's own objects. */
  private readonly keys = new Set<string>();
  private readonly texts: string[] = [];

  /** @param isOfInterest whether the code at an offset of the bundle counts, by default all of it */
  constructor(private readonly isOfInterest: (at: number) => boolean = () => true) {}

  /** Every name that code could mention that is made of the code's texts, or that has the global object. */
  mentioned(): readonly string[] {
    return [...this.properties, ...this.keys, ...this.texts.flatMap(words)];
  }

  /** Every name that could come to stand between the brackets of `globalThis[…]`. */
  listed(): readonly string[] {
    return [...this.keys, ...this.texts.filter((text) => /^[\w$\s,|]+$/.test(text)).flatMap(words)];
  }

  /**
   * @param at where in the bundle the code is, when it is the text of a string there
   * @throws {SyntaxError} when the code is none
   */
  read(code: string, kind: "module" | "script", at?: number): void {
    const { tree, free } = readSyntax(code, kind);
    const ancestors: Node[] = [];
    const place = (node: Node) => at ?? node.range?.[0] ?? 0;
    walk(tree, {
      enter: (node) => {
        ancestors.push(node);
        if (!this.isOfInterest(place(node))) return;
        this.visit(node, place);
        if (free.has(node)) this.visitFree(node as Identifier, ancestors.slice(0, -1), place);
        if (kind === "script" && node.type === "ThisExpression") this.passesGlobalObjectOn = true;
      },
      leave: () => {
        ancestors.pop();
      },
    });
  }

  private visit(node: Node, place: (node: Node) => number): void {
    switch (node.type) {
      case "ImportDeclaration":
      case "ExportAllDeclaration":
      case "ExportNamedDeclaration":
        if (node.source) this.addModule(node.source);
        return;
      case "ImportExpression":
        if (!this.addModule(node.source)) {
          this.doubt("code", "an import whose name is made at run time", place(node));
        }
        return;
      case "MemberExpression": {
        const name = memberName(node);
        if (name !== undefined) this.properties.add(name);
        if (name === "constructor" && isFunctionOrItsPrototype(node.object)) {
          this.doubt("code", "a function made of text at run time", place(node));
        }
        return;
      }
      case "ObjectPattern":
        readByPattern(node).forEach((name) => this.properties.add(name));
        return;
      case "Property":
        if (node.key.type === "Identifier" && !node.computed) this.keys.add(node.key.name);
        return;
      case "Literal":
        if (typeof node.value === "string") this.texts.push(node.value);
        return;
      case "TemplateElement":
        this.texts.push(node.value.cooked ?? node.value.raw);
    }
  }

  /** A name that the code does not declare, so the host's. */
  private visitFree(node: Identifier, ancestors: readonly Node[], place: (node: Node) => number): void {
    if (isGlobalObject(node.name)) {
      const use = useOfGlobalObject(node, ancestors);
      if (use.kind === "names") use.names.forEach((name) => this.addGlobal(name, place(node)));
      else if (use.kind === "passed") this.passesGlobalObjectOn = true;
      else this.doubt("name", "a global whose name is made at run time", place(use.at));
      return;
    }
    const parent = ancestors.at(-1);
    if (node.name === "eval" || node.name === "Function") {
      if (!isHarmless(node, parent)) this.visitCode(node.name, codeOf(node, parent), place(node));
      return;
    }
    this.globals.add(node.name);
  }

  private addGlobal(name: string, at: number): void {
    if (name === "eval" || name === "Function") this.visitCode(name, undefined, at);
    else this.globals.add(name);
  }

  /** @param code what is run; undefined when only the running program knows */
  private visitCode(name: string, code: string | undefined, at: number): void {
    if (code === undefined) {
      this.doubt("code", `${name} of code made at run time`, at);
      return;
    }
    try {
      this.read(code, "script", at);
    } catch {
      // It is no code, and will throw the same error when it is run.
    }
  }

  private doubt(kind: Doubt["kind"], what: string, at: number): void {
    this.unknowable.push({ kind, at, what });
  }

  /** @returns whether the name is known */
  private addModule(source: Node): boolean {
    const name = constantText(source);
    if (name !== undefined) this.modules.add(name.replace(/^(node|engine):/, ""));
    return name !== undefined;
  }
}

/** The properties that a pattern reads, as far as their names are known. */
function readByPattern({ properties }: ObjectPattern): string[] {
  return properties.flatMap((property) => {
    if (property.type === "RestElement") return [];
    const { key, computed } = property;
    return (!computed && key.type === "Identifier" ? key.name : constantText(key)) ?? [];
  });
}

/** Uses of `Function` and `eval` that run nothing: `x instanceof Function`, `typeof eval`, `Function.prototype`. */
function isHarmless(node: Node, parent: Node | undefined): boolean {
  switch (parent?.type) {
    case "UnaryExpression":
    case "BinaryExpression":
      return true;
    case "MemberExpression":
      return parent.object === node && memberName(parent) === "prototype";
    default:
      return false;
  }
}

/** The code that a call of `eval` or `Function` runs, when it is constant. */
function codeOf(node: Identifier, parent: Node | undefined): string | undefined {
  if (parent?.type !== "CallExpression" && parent?.type !== "NewExpression") return undefined;
  const { callee, arguments: given } = parent as CallExpression | NewExpression;
  const texts = given.map(constantText);
  if (callee !== node || texts.some((text) => text === undefined)) return undefined;
  if (node.name === "eval") return texts[0] ?? "";
  const body = texts.pop() ?? "";
  return `(function (${texts.join(", ")}\n) {\n${body}\n})`;
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
