import { parse } from "acorn";
import { analyze, type Scope, type Variable } from "eslint-scope";
import type { Identifier, Node, Program } from "estree";

/** A bundle as syntax: parents, and what each name stands for. */
export interface ProgramView {
  parentOf(node: Node): Node | undefined;
  /** The variable that a name refers to; undefined for a global. */
  variableOf(name: Identifier): Variable | undefined;
  /** The variables that a declaration makes. */
  declaredBy(node: Node): readonly Variable[];
  /** Every name that refers to nothing in the bundle, so to a global. */
  readonly globals: readonly Identifier[];
  /** All nodes, parents before their children. */
  readonly nodes: readonly Node[];
}

export function readProgram(text: string): ProgramView {
  const program = parse(text, {
    ecmaVersion: "latest",
    sourceType: "module",
    locations: true,
    ranges: true,
  }) as unknown as Program;
  const parents = new Map<Node, Node>();
  const nodes = collect(program, parents);
  const scopes = analyze(program as never, {
    ecmaVersion: 2022,
    sourceType: "module",
    // A direct eval could change what a name stands for; that one does is no reason to know nothing of the others.
    ignoreEval: true,
  });
  const variables = new Map<Identifier, Variable>();
  for (const scope of scopes.scopes as Scope[]) {
    for (const { identifier, resolved } of scope.references) {
      if (resolved) variables.set(identifier as Identifier, resolved);
    }
  }
  return {
    nodes,
    parentOf: (node) => parents.get(node),
    variableOf: (name) => variables.get(name),
    declaredBy: (node) => scopes.getDeclaredVariables(node as never) as Variable[],
    globals: (scopes.globalScope?.through ?? []).map(({ identifier }) => identifier as Identifier),
  };
}

/** With a stack of its own: bundles nest deeper than the call stack is sure to be. */
function collect(program: Program, parents: Map<Node, Node>): Node[] {
  const nodes: Node[] = [];
  const pending: Node[] = [program];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    nodes.push(node);
    for (const child of childrenOf(node).reverse()) {
      parents.set(child, node);
      pending.push(child);
    }
  }
  return nodes;
}

function childrenOf(node: Node): Node[] {
  const children: Node[] = [];
  for (const value of Object.values(node) as unknown[]) {
    for (const one of Array.isArray(value) ? (value as unknown[]) : [value])
      if (isNode(one)) children.push(one);
  }
  return children;
}

function isNode(value: unknown): value is Node {
  return (
    typeof value === "object" && value !== null && typeof (value as { type?: unknown }).type === "string"
  );
}
