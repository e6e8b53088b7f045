import type { Variable } from "eslint-scope";
import type {
  CallExpression,
  Expression,
  Identifier,
  MemberExpression,
  Node,
  ObjectPattern,
  Pattern,
} from "estree";
import { isNeeded, isTest } from "./need.js";
import type { ProgramView } from "./program.js";

/** A place that asks for a module or for something in it. */
export interface ModuleUse {
  readonly specifier: string;
  /** The export, and a member of it; none for the module itself. */
  readonly members: readonly string[];
  /** The place in the bundle. */
  readonly node: Node;
  /** Where the value is needed: the places that break when it is undefined. None for the module itself. */
  readonly needs: readonly Node[];
  /** Whether the code only asks whether it is there. */
  readonly isOnlyTested: boolean;
  /** Whether the place is an import by name, which exists or does not link. */
  readonly isNamedImport: boolean;
}

/** A call of what `createRequire` made. */
export interface CreatedRequire {
  readonly call: CallExpression;
  /** What `createRequire` was given. */
  readonly place: Node | undefined;
}

/** An expression that is known to be a module, or one of its members. */
interface Known {
  readonly node: Node;
  readonly specifier: string;
  readonly members: readonly string[];
}

/** Compiled code hands a module through these before it uses it. */
const INTEROP =
  /^_*(?:importStar|importDefault|interop_?require_?(?:default|wildcard)\w*|toESM|toCommonJS)\d*$/i;

/** Follows every import and require of the bundle to the members that are used. */
export class ModuleUses {
  readonly found: ModuleUse[] = [];
  /** Requires of a name that is computed. */
  readonly dynamic: CallExpression[] = [];
  /** Calls of what `createRequire` made, whatever they name. */
  readonly created: CreatedRequire[] = [];
  /** Where what `createRequire` made goes out of sight. */
  readonly passed: Node[] = [];
  readonly #seen = new Set<Node>();

  constructor(private readonly view: ProgramView) {
    for (const node of view.nodes) this.#visit(node);
    for (const node of view.globals) {
      // These globals are the built-ins of their names.
      const isBuiltin = node.name === "process" || node.name === "console";
      if (isBuiltin) this.#follow({ node, specifier: `node:${node.name}`, members: [] });
    }
  }

  #visit(node: Node): void {
    switch (node.type) {
      case "ImportDeclaration":
        this.#add(String(node.source.value), [], node);
        for (const specifier of node.specifiers) {
          const [variable] = this.view.declaredBy(specifier);
          const imported = specifier.type === "ImportSpecifier" ? nameOf(specifier.imported) : "default";
          if (imported === "default") this.#followVariable(variable, String(node.source.value), []);
          else this.#addBinding(String(node.source.value), [imported], specifier, variable, true);
        }
        return;
      case "ExportNamedDeclaration":
      case "ExportAllDeclaration":
        if (node.source) this.#add(String(node.source.value), [], node);
        return;
      case "ImportExpression":
        this.#visitRequire(node, node.source);
        return;
      case "CallExpression":
        if (isRequire(node)) this.#visitRequire(node, node.arguments[0] as Expression | undefined);
    }
  }

  #visitRequire(node: Node, source: Expression | undefined): void {
    const specifier = textOf(source);
    if (specifier === undefined) {
      if (node.type === "CallExpression" && source) this.dynamic.push(node);
      return;
    }
    this.#add(specifier, [], node);
    this.#follow({ node, specifier, members: [] });
  }

  #add(
    specifier: string,
    members: readonly string[],
    node: Node,
    values: readonly Node[] = [],
    isNamedImport = false,
  ): void {
    const needs = values.filter((value) => isNeeded(value, this.view));
    const isOnlyTested = members.length > 0 && values.every((value) => isTest(value, this.view));
    this.found.push({ specifier, members, node, needs, isOnlyTested, isNamedImport });
  }

  /** A name that holds an export: the export is needed where the name is. */
  #addBinding(
    specifier: string,
    members: readonly string[],
    node: Node,
    variable: Variable | undefined,
    isNamedImport: boolean,
  ): void {
    const names = readsOf(variable);
    this.#add(specifier, members, node, names, isNamedImport);
    if (members.length === 1) for (const name of names) this.#follow({ node: name, specifier, members });
  }

  #followVariable(variable: Variable | undefined, specifier: string, members: readonly string[]): void {
    for (const node of readsOf(variable)) this.#follow({ node, specifier, members });
  }

  /** Looks at what becomes of a module's, or an export's, value. */
  #follow(known: Known): void {
    if (this.#seen.has(known.node)) return;
    this.#seen.add(known.node);
    const { node, specifier, members } = known;
    const parent = this.view.parentOf(node);
    switch (parent?.type) {
      case "MemberExpression":
        if (parent.object === node) this.#followMember(parent, known);
        return;
      case "VariableDeclarator":
        if (parent.init === node) this.#followInto(parent.id, known);
        return;
      case "AssignmentExpression":
        if (parent.right === node) this.#followInto(parent.left, known);
        return;
      case "CallExpression":
        if (parent.arguments[0] === node && isInterop(parent.callee))
          this.#follow({ node: parent, specifier, members });
        else if (parent.callee === node && isCreateRequire(known)) this.#followCreated(parent, parent);
        return;
      case "AwaitExpression":
      case "ChainExpression":
        this.#follow({ node: parent, specifier, members });
        return;
      case "LogicalExpression":
        this.#follow({ node: parent, specifier, members });
        return;
      case "ConditionalExpression":
        if (parent.test !== node) this.#follow({ node: parent, specifier, members });
        return;
      case "SequenceExpression":
        if (parent.expressions.at(-1) === node) this.#follow({ node: parent, specifier, members });
    }
  }

  /** Looks at what becomes of a `require` that `createRequire` made. */
  #followCreated(node: Node, maker: CallExpression): void {
    if (this.#seen.has(node)) return;
    this.#seen.add(node);
    const parent = this.view.parentOf(node);
    switch (parent?.type) {
      case "CallExpression":
        if (parent.callee !== node) this.passed.push(node);
        else {
          this.created.push({ call: parent, place: maker.arguments[0] });
          this.#visitRequire(parent, parent.arguments[0] as Expression | undefined);
        }
        return;
      case "VariableDeclarator":
        if (parent.init === node) this.#followCreatedInto(parent.id, maker);
        return;
      case "AssignmentExpression":
        if (parent.right !== node) return;
        this.#followCreatedInto(parent.left, maker);
        this.#followCreated(parent, maker);
        return;
      case "LogicalExpression":
      case "SequenceExpression":
      case "ConditionalExpression":
        this.#followCreated(parent, maker);
        return;
      case "Property":
      case "ReturnStatement":
        this.passed.push(node);
    }
  }

  #followCreatedInto(target: Pattern, maker: CallExpression): void {
    if (target.type !== "Identifier") this.passed.push(target);
    else for (const node of readsOf(this.#variableAt(target))) this.#followCreated(node, maker);
  }

  #followMember(member: MemberExpression, { node, specifier, members }: Known): void {
    const name = memberName(member);
    if (name === undefined) return;
    if (name === "default" && members.length === 0) return this.#follow({ node: member, specifier, members });
    // A dynamic import's value comes through its promise.
    if (name === "then" && node.type === "ImportExpression") return this.#followThen(member, specifier);
    const path = [...members, name];
    this.#add(specifier, path, member, [member]);
    if (path.length === 1) this.#follow({ node: member, specifier, members: path });
  }

  #followThen(then: MemberExpression, specifier: string): void {
    const call = this.view.parentOf(then);
    const callback = call?.type === "CallExpression" ? call.arguments[0] : undefined;
    if (callback?.type !== "ArrowFunctionExpression" && callback?.type !== "FunctionExpression") return;
    const [parameter] = callback.params;
    if (parameter) this.#followInto(parameter, { node: callback, specifier, members: [] });
  }

  #followInto(target: Pattern, { specifier, members }: Known): void {
    if (target.type === "ObjectPattern") this.#followPattern(target, specifier, members);
    if (target.type !== "Identifier") return;
    this.#followVariable(this.#variableAt(target), specifier, members);
  }

  #followPattern(pattern: ObjectPattern, specifier: string, members: readonly string[]): void {
    for (const property of pattern.properties) {
      if (property.type !== "Property" || property.computed) continue;
      const name = nameOf(property.key);
      const target = property.value.type === "AssignmentPattern" ? property.value.left : property.value;
      if (name === "default" && members.length === 0) {
        this.#followInto(target, { node: property, specifier, members });
        continue;
      }
      const path = [...members, name];
      // A default stands in for what is not there.
      const variable = property.value.type === "Identifier" ? this.#variableAt(property.value) : undefined;
      this.#addBinding(specifier, path, property, variable, false);
      if (target.type === "ObjectPattern" && path.length === 1) this.#followPattern(target, specifier, path);
    }
  }

  #variableAt(name: Identifier): Variable | undefined {
    const assigned = this.view.variableOf(name);
    if (assigned) return assigned;
    for (let node = this.view.parentOf(name); node; node = this.view.parentOf(node)) {
      const declared = this.view
        .declaredBy(node)
        .find((variable) => variable.identifiers.includes(name as never));
      if (declared) return declared;
    }
    return undefined;
  }
}

function isCreateRequire({ specifier, members }: Known): boolean {
  return /^(?:node:)?module$/.test(specifier) && members.length === 1 && members[0] === "createRequire";
}

function isRequire({ callee, arguments: given }: CallExpression): boolean {
  return callee.type === "Identifier" && /^(?:__require\d*|require)$/.test(callee.name) && given.length === 1;
}

function isInterop(callee: Node): boolean {
  if (callee.type === "Identifier") return INTEROP.test(callee.name);
  if (callee.type === "SequenceExpression") return isInterop(callee.expressions.at(-1)!);
  return callee.type === "MemberExpression" && INTEROP.test(memberName(callee) ?? "");
}

function readsOf(variable: Variable | undefined): Node[] {
  return (variable?.references ?? [])
    .filter((reference) => reference.isRead())
    .map(({ identifier }) => identifier as Node);
}

export function memberName({ computed, property }: MemberExpression): string | undefined {
  if (!computed) return property.type === "Identifier" ? property.name : undefined;
  return textOf(property);
}

function textOf(node: Node | undefined | null): string | undefined {
  if (node?.type === "Literal" && typeof node.value === "string") return node.value;
  if (node?.type === "TemplateLiteral" && node.expressions.length === 0)
    return node.quasis[0]?.value.cooked ?? undefined;
  return undefined;
}

function nameOf(node: Node): string {
  return node.type === "Identifier" ? node.name : (textOf(node) ?? "");
}
