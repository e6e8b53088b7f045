import { parse } from "acorn";
import { analyze, type Reference, type ScopeManager, type Variable } from "eslint-scope";
import type { Function as FunctionNode, Identifier, MemberExpression, Node, Program } from "estree";

const PARENT = Symbol("parent");
const REFERENCE = Symbol("reference");
/** By symbols, which no walker of trees follows; maps of a large bundle's million nodes would cost more than its analysis. */
type Linked = Node & { [PARENT]?: Node; [REFERENCE]?: Reference };

/** Code as a tree, with what its names mean. */
export class Syntax {
  readonly tree: Program;
  /** Those of its identifiers that no declaration binds. */
  readonly free: ReadonlySet<Node>;
  private readonly scopes: ScopeManager;

  /**
   * @param kind `script` for text that `eval` or `Function` would run
   * @throws {SyntaxError} of acorn
   */
  constructor(
    code: string,
    readonly kind: "module" | "script",
  ) {
    this.tree = parse(code, {
      ecmaVersion: "latest",
      sourceType: kind,
      ranges: true,
      allowReturnOutsideFunction: kind === "script",
    }) as Program;
    this.scopes = analyze(this.tree, { ecmaVersion: 2024, sourceType: kind, ignoreEval: true });
    this.free = new Set<Node>(
      this.scopes.globalScope?.through.map(({ identifier }) => identifier as Identifier),
    );
    link(this.tree);
    for (const { references } of this.scopes.scopes) {
      for (const reference of references) (reference.identifier as Linked)[REFERENCE] = reference;
    }
  }

  parentOf(node: Node): Node | undefined {
    return (node as Linked)[PARENT];
  }

  /** What an identifier that stands for a value is bound to; undefined when that is the host's. */
  variableOf(identifier: Node): Variable | undefined {
    return (identifier as Linked)[REFERENCE]?.resolved ?? undefined;
  }

  /** The variables that a declaration, or a function's parameters, make. */
  declaredBy(node: Node): readonly Variable[] {
    return this.scopes.getDeclaredVariables(node as never);
  }

  /** Whether a function looks at what it is called with by another way than its parameters. */
  readsArguments(fn: FunctionNode): boolean {
    const scope = this.scopes.acquire(fn as never);
    return (scope?.set.get("arguments")?.references.length ?? 0) > 0;
  }
}

function link(tree: Node): void {
  const waiting: Node[] = [tree];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    for (const key in node) {
      const value = (node as unknown as Record<string, unknown>)[key];
      if (typeof value !== "object" || value === null) continue;
      for (const child of Array.isArray(value) ? (value as unknown[]) : [value]) {
        if (typeof (child as Node | null)?.type !== "string") continue;
        (child as Linked)[PARENT] = node;
        waiting.push(child as Node);
      }
    }
  }
}

/** The text that an expression always gives; undefined when it depends on the program's state. */
export function constantText(node: Node): string | undefined {
  switch (node.type) {
    case "Literal":
      return typeof node.value === "string" ? node.value : undefined;
    case "TemplateLiteral": {
      const [only, ...others] = node.quasis;
      return others.length === 0 ? (only?.value.cooked ?? undefined) : undefined;
    }
    case "BinaryExpression": {
      const [left, right] = [constantText(node.left), constantText(node.right)];
      if (node.operator !== "+" || left === undefined || right === undefined) return undefined;
      return left + right;
    }
    default:
      return undefined;
  }
}

/** The property that a member expression names; undefined when that is computed at run time. */
export function memberName({ computed, property }: MemberExpression): string | undefined {
  if (computed) return constantText(property);
  return property.type === "Identifier" ? property.name : undefined;
}

export function isFunction(node: Node): node is FunctionNode {
  return /^(FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(node.type);
}

/** Whether a call is of a function of esbuild's own, which have names that no other code of a bundle has. */
export function isCallOf(node: Node | undefined, helper: RegExp): boolean {
  return (
    node?.type === "CallExpression" &&
    node.callee.type === "Identifier" &&
    helper.test((node.callee as Identifier).name)
  );
}

/** esbuild's helpers that give back their first argument: `__name(fn, "name")`, and a module's namespace. */
export const IDENTITY = /^__(name|toESM|toCommonJS|publicField)\d*$/;

/** Longer ones are no names of a host's: V8's regular expressions overflow its stack over megabytes of letters. */
const LONGEST_WORD = 256;
const WORD = new RegExp(`[\\p{ID_Start}$_][\\p{ID_Continue}$]{0,${LONGEST_WORD}}`, "gu");

/** Everything in a text that could be an identifier. */
export function words(text: string): readonly string[] {
  return text.match(WORD) ?? [];
}

/**
 * Everything in a text that could name a global in code that is made of it. `b` in `a.b` could not, unless `a` is the
 * global object or is put before it elsewhere.
 *
 * @param isGlobalObject whether a word names the global object
 */
export function freeWords(text: string, isGlobalObject: (word: string) => boolean): readonly string[] {
  return [...text.matchAll(WORD)].flatMap(({ 0: word, index }) => {
    if (text[index - 1] !== ".") return [word];
    const before = text.slice(Math.max(0, index - LONGEST_WORD), index);
    const [, holder] = /([\w$\u0080-\uffff]+)\??\.$/.exec(before) ?? [];
    return holder === undefined || isGlobalObject(holder) ? [word] : [];
  });
}
