import type { Metafile, Plugin } from "esbuild";
import { parse } from "acorn";
import { analyze, type Scope, type Variable } from "eslint-scope";
import type {
  Class,
  Expression,
  Function as FunctionNode,
  Node,
  Pattern,
  Program,
  SpreadElement,
} from "estree";
import { walk } from "estree-walker";
import { moduleRanges } from "./reach/module-ranges.js";

/** The dispatcher's two files: what calls a Node listener, and what stands there in a bundle without one. */
const LISTENER = /[\\/]dispatcher[\\/]dist[\\/]adapters[\\/]listener\.js$/;
const NO_LISTENER = /\bdispatcher\/dist\/adapters\/no-listener\.js$/;
const NODE_HTTP = /\bnode-compat\/dist\/modules\/http\.js$/;
/** Where the runtime declares `http(name, app)`. */
const REGISTRATION = /\bruntime\/dist\/http\.js$/;

/** esbuild plugin: leaves out what calls Node listeners, and the http module's classes with it. */
export function withoutListeners(): Plugin {
  return {
    name: "laconic-without-listeners",
    setup(build) {
      build.onLoad({ filter: LISTENER }, ({ path }) => ({
        contents: 'export { listenerAdapter } from "./no-listener.js";',
        resolveDir: path.replace(/[\\/][^\\/]+$/, ""),
      }));
    },
  };
}

/**
 * Whether an app may register a Node listener. It may not when each of its HTTP apps is surely asked for a Response: a
 * function of at most one parameter, or an object with `fetch`.
 *
 * @param code the app's bundle, made with {@link withoutListeners}
 */
export function mayHaveListener(code: string, { inputs, outputs }: Metafile): boolean {
  const held = Object.values(outputs).flatMap((output) => Object.entries(output.inputs));
  const holds = (module: RegExp): boolean =>
    held.some(([path, { bytesInOutput }]) => module.test(path) && bytesInOutput > 0);
  if (!holds(NO_LISTENER)) return false;
  // With Node's http module at hand there is little to leave out, and a large bundle to read for it.
  if (holds(NODE_HTTP)) return true;
  const ranges = moduleRanges(code, Object.keys(inputs), REGISTRATION);
  const tree = parse(code, { ecmaVersion: "latest", sourceType: "module", ranges: true }) as Program;
  const scopes = analyze(tree, { ecmaVersion: 2024, sourceType: "module", ignoreEval: true });
  const module = scopes.scopes.find(({ type }) => type === "module")!;
  const registrations = module.variables.filter(({ defs }) =>
    defs.some(
      ({ node }) =>
        node.type === "FunctionDeclaration" &&
        /^http\d*$/.test((node as { id: { name: string } }).id.name) &&
        ranges.some(([start, end]) => node.range![0] >= start && node.range![0] < end),
    ),
  );
  const apps = new FetchApps(scopes.scopes);
  return registrations.length !== 1 || !apps.areAll(tree, registrations[0]!);
}

/** How far a name is followed through others that it was given by. */
const MOST_STEPS = 16;

class FetchApps {
  /** Each use of a name, with what it stands for. */
  private readonly variables = new Map<Node, Variable | null>();

  constructor(scopes: readonly Scope[]) {
    for (const { references } of scopes) {
      for (const { identifier, resolved } of references) this.variables.set(identifier as Node, resolved);
    }
  }

  /** Whether a registration is only ever called, and each time with an app that is asked for a Response. */
  areAll(tree: Program, registration: Variable): boolean {
    const uses = new Set<Node>(registration.references.map(({ identifier }) => identifier as Node));
    const calls = callsOf(tree, uses);
    // esbuild keeps a function's name by a call that is given the function.
    for (const [named] of callsOf(tree, "__name")) if (named) uses.delete(named);
    return calls.length === uses.size && calls.every(([, app]) => app !== undefined && this.isFetch(app));
  }

  private isFetch(node: Node, steps = MOST_STEPS): boolean {
    if (steps === 0) return false;
    switch (node.type) {
      case "ArrowFunctionExpression":
      case "FunctionExpression":
      case "FunctionDeclaration":
        return lengthOf(node.params) < 2;
      case "ObjectExpression":
        return node.properties.some(
          (property) =>
            property.type === "Property" &&
            !property.computed &&
            property.key.type === "Identifier" &&
            property.key.name === "fetch" &&
            this.isFunction(property.value, steps - 1),
        );
      case "NewExpression":
        return this.hasFetch(node.callee, steps - 1);
      case "CallExpression": {
        const [named] = isKeeperOfNames(node.callee) ? node.arguments : [];
        return named !== undefined && this.isFetch(named, steps - 1);
      }
      case "ConditionalExpression":
        return this.isFetch(node.consequent, steps - 1) && this.isFetch(node.alternate, steps - 1);
      case "Identifier": {
        const value = this.onlyValue(node);
        return value !== undefined && this.isFetch(value, steps - 1);
      }
      default:
        return false;
    }
  }

  private isFunction(node: Node, steps: number): boolean {
    if (isFunctionText(node)) return true;
    const value = node.type === "Identifier" ? this.onlyValue(node) : undefined;
    return steps > 0 && value !== undefined && this.isFunction(value, steps - 1);
  }

  /** Whether instances of a class have a method `fetch`. */
  private hasFetch(node: Node, steps: number): boolean {
    if (steps === 0) return false;
    if (node.type === "Identifier") {
      const value = this.onlyValue(node);
      return value !== undefined && this.hasFetch(value, steps - 1);
    }
    if (node.type !== "ClassDeclaration" && node.type !== "ClassExpression") return false;
    return declaresFetch(node) || (node.superClass != null && this.hasFetch(node.superClass, steps - 1));
  }

  /** What a name always stands for, when it is given a value once and nothing is put into it. */
  private onlyValue(use: Node): Node | undefined {
    const variable = this.variables.get(use);
    const [definition, ...others] = variable?.defs ?? [];
    if (!variable || !definition || others.length > 0) return undefined;
    const written = variable.references.filter((reference) => reference.isWrite() && !reference.init);
    const { node } = definition;
    if (node.type === "FunctionDeclaration" || node.type === "ClassDeclaration") {
      return written.length === 0 ? (node as Node) : undefined;
    }
    if (node.type !== "VariableDeclarator" || node.id.type !== "Identifier") return undefined;
    if (node.init) return written.length === 0 ? node.init : undefined;
    // esbuild declares what a module that is evaluated late defines in front of it, and assigns once.
    const [assigned] = written;
    return written.length === 1 ? (assigned!.writeExpr as Node | undefined) : undefined;
  }
}

/** `fetch() {}` and `fetch = () => {}`, of the instance. */
function declaresFetch({ body }: Class): boolean {
  return body.body.some((member) => {
    if (member.type === "StaticBlock" || member.static || member.computed) return false;
    if (member.key.type !== "Identifier" || member.key.name !== "fetch") return false;
    return member.type === "MethodDefinition"
      ? member.kind === "method"
      : member.value != null && isFunctionText(member.value);
  });
}

/** A function where it is written, also under the name that esbuild keeps for it. */
function isFunctionText(node: Node): boolean {
  return /Function/.test(node.type) || (node.type === "CallExpression" && isKeeperOfNames(node.callee));
}

/** A function's `length`. */
function lengthOf(parameters: FunctionNode["params"]): number {
  const end = parameters.findIndex((parameter: Pattern) =>
    ["AssignmentPattern", "RestElement"].includes(parameter.type),
  );
  return end < 0 ? parameters.length : end;
}

/** esbuild's own function that gives functions and classes the names of their sources. */
function isKeeperOfNames(callee: Node): boolean {
  return callee.type === "Identifier" && callee.name === "__name";
}

/** The arguments of each call whose callee is one of the nodes, or is esbuild's own keeper of names. */
function callsOf(tree: Program, callees: ReadonlySet<Node> | "__name"): (Expression | SpreadElement)[][] {
  const calls: (Expression | SpreadElement)[][] = [];
  walk(tree, {
    enter(node) {
      if (node.type !== "CallExpression") return;
      const { callee } = node;
      const isMeant = callees === "__name" ? isKeeperOfNames(callee) : callees.has(callee);
      if (isMeant) calls.push(node.arguments);
    },
  });
  return calls;
}
