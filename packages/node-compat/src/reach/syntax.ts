import { parse } from "acorn";
import { analyze } from "eslint-scope";
import type { Identifier, MemberExpression, Node, Program } from "estree";

/** Code as a tree, and those of its identifiers that no declaration binds. */
export interface Syntax {
  readonly tree: Program;
  readonly free: ReadonlySet<Node>;
}

/**
 * @param kind `script` for text that `eval` or `Function` would run
 * @throws {SyntaxError} of acorn
 */
export function readSyntax(code: string, kind: "module" | "script"): Syntax {
  const tree = parse(code, {
    ecmaVersion: "latest",
    sourceType: kind,
    ranges: true,
    allowReturnOutsideFunction: kind === "script",
  }) as Program;
  const scopes = analyze(tree, { ecmaVersion: 2024, sourceType: kind, ignoreEval: true });
  const free = scopes.globalScope?.through.map(({ identifier }) => identifier as Identifier) ?? [];
  return { tree, free: new Set<Node>(free) };
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

/** Longer ones are no names of a host's: V8's regular expressions overflow its stack over megabytes of letters. */
const LONGEST_WORD = 256;
const WORD = new RegExp(`[\\p{ID_Start}$_][\\p{ID_Continue}$]{0,${LONGEST_WORD}}`, "gu");

/** Everything in a text that could be an identifier. */
export function words(text: string): readonly string[] {
  return text.match(WORD) ?? [];
}
