import type { Variable } from "eslint-scope";
import type { CallExpression, Node, Property } from "estree";
import type { ProgramView } from "./program.js";

/** A module that esbuild made a function, evaluated when something requires it: `var require_x = __commonJS({...})`. */
interface Wrapper {
  readonly variable: Variable;
  /** The module's file, relative to the root. */
  readonly file: string;
}

/** Where a place is evaluated: with the bundle, with a wrapped module, or who knows when. */
type Owner = "bundle" | Wrapper | undefined;

/** Tells what is evaluated for certain when the bundle is loaded. */
export class Reach {
  readonly #wrappers = new Map<Node, Wrapper>();
  readonly #byFile = new Map<string, Wrapper>();
  readonly #sure = new Set<Wrapper>();

  constructor(private readonly view: ProgramView) {
    for (const node of view.nodes) this.#addWrappers(node);
    const calls = [...this.#wrappers.values()].map((wrapper) => ({
      wrapper,
      owners: this.#calls(wrapper).map((call) => this.#ownerOf(call)),
    }));
    let before: number;
    do {
      before = this.#sure.size;
      for (const { wrapper, owners } of calls)
        if (owners.some((owner) => this.#isSure(owner))) this.#sure.add(wrapper);
    } while (this.#sure.size > before);
  }

  /** Whether the place is evaluated whenever the bundle is. */
  isSure(node: Node): boolean {
    return this.#isSure(this.#ownerOf(node));
  }

  /** Whether a module of the bundle is. Imports stand at the bundle's top, also those of a module that is loaded late. */
  isModuleSure(file: string): boolean {
    const wrapper = this.#byFile.get(file);
    return wrapper === undefined || this.#sure.has(wrapper);
  }

  /** The places that load a native addon which is a file of the bundle. */
  addonCalls(): { readonly file: string; readonly node: Node }[] {
    return [...this.#wrappers.values()]
      .filter(({ file }) => file.endsWith(".node"))
      .flatMap((wrapper) => this.#calls(wrapper).map((node) => ({ file: wrapper.file, node })));
  }

  #isSure(owner: Owner): boolean {
    return owner === "bundle" || (owner !== undefined && this.#sure.has(owner));
  }

  #calls({ variable }: Wrapper): CallExpression[] {
    return variable.references
      .map(({ identifier }) => this.view.parentOf(identifier as Node))
      .filter((parent): parent is CallExpression => parent?.type === "CallExpression");
  }

  #addWrappers(node: Node): void {
    if (node.type !== "VariableDeclarator" || node.init?.type !== "CallExpression") return;
    const { callee, arguments: given } = node.init;
    if (callee.type !== "Identifier" || !/^__(?:commonJS|esm)\d*$/.test(callee.name)) return;
    const [variable] = this.view.declaredBy(node);
    const property = given[0]?.type === "ObjectExpression" ? given[0].properties[0] : undefined;
    if (variable === undefined || property?.type !== "Property") return;
    const wrapper = { variable, file: keyOf(property) };
    this.#wrappers.set(property.value, wrapper);
    this.#byFile.set(wrapper.file, wrapper);
  }

  #ownerOf(place: Node): Owner {
    let child = place;
    for (let node = this.view.parentOf(place); node; child = node, node = this.view.parentOf(node)) {
      const wrapper = this.#wrappers.get(node);
      if (wrapper) return wrapper;
      if (isConditional(node, child) || (isFunction(node) && !this.#isCalledInPlace(node))) return undefined;
    }
    return "bundle";
  }

  #isCalledInPlace(node: Node): boolean {
    const parent = this.view.parentOf(node);
    return parent?.type === "CallExpression" && parent.callee === node;
  }
}

function keyOf({ key }: Property): string {
  return key.type === "Literal" ? String(key.value) : key.type === "Identifier" ? key.name : "";
}

function isFunction({ type }: Node): boolean {
  return (
    type === "FunctionDeclaration" || type === "FunctionExpression" || type === "ArrowFunctionExpression"
  );
}

/** Whether `child` is the part of `node` that need not be evaluated when the node is, or whose failure it survives. */
function isConditional(node: Node, child: Node): boolean {
  switch (node.type) {
    case "IfStatement":
    case "ConditionalExpression":
      return child !== node.test;
    case "LogicalExpression":
      return child !== node.left;
    case "AssignmentExpression":
      return child === node.right && ["&&=", "||=", "??="].includes(node.operator);
    case "AssignmentPattern":
      return child === node.right;
    case "TryStatement":
      return child === node.block && node.handler != null;
    case "CatchClause":
    case "SwitchCase":
      return true;
    case "PropertyDefinition":
      return child === node.value && !node.static;
    case "WhileStatement":
    case "ForStatement":
    case "ForInStatement":
    case "ForOfStatement":
      return child === node.body;
    default:
      return false;
  }
}
