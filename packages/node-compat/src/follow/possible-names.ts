import { dirname, isAbsolute, join, resolve } from "node:path";
import type { CallExpression, Expression, Identifier, MemberExpression, NewExpression, Node } from "estree";
import type { ProgramView } from "../check/program.js";
import { memberName } from "../check/uses.js";

/** Stands in a name for what only the running program knows. */
export const ANY = "\u0000";

/** More alternatives are no list of names any more, and a longer chain of names is not followed. */
const MOST = 64;
const MOST_STEPS = 24;

/** Where an expression stands. All paths absolute. */
export interface Place {
  /** The module's file. */
  readonly file: string;
  /** The folder that a function runs in. */
  readonly root: string;
}

/**
 * The texts that an expression may be when it names a module, with {@link ANY} for what is not known: literals, constants,
 * and paths that are made of the module's own place. A URL of a file is its path.
 */
export function possibleNames(node: Node | null | undefined, view: ProgramView, place: Place): string[] {
  return [...new Set(new Names(view, place).of(node, MOST_STEPS))];
}

class Names {
  constructor(
    private readonly view: ProgramView,
    private readonly place: Place,
  ) {}

  of(node: Node | null | undefined, steps: number): string[] {
    if (steps === 0) return [ANY];
    const next = (inner: Node | null | undefined): string[] => this.of(inner, steps - 1);
    switch (node?.type) {
      case "Literal":
        return [typeof node.value === "string" ? node.value : ANY];
      case "TemplateLiteral":
        return concat(
          node.quasis.flatMap((quasi, at) => [
            [quasi.value.cooked ?? ANY],
            ...node.expressions.slice(at, at + 1).map(next),
          ]),
        );
      case "BinaryExpression":
        return node.operator === "+" ? concat([next(node.left), next(node.right)]) : [ANY];
      case "ConditionalExpression":
        return [...next(node.consequent), ...next(node.alternate)].slice(0, MOST);
      case "LogicalExpression":
        return [...next(node.left), ...next(node.right)].slice(0, MOST);
      case "SequenceExpression":
        return next(node.expressions.at(-1));
      case "ChainExpression":
        return next(node.expression);
      case "AssignmentExpression":
        return node.operator === "=" ? next(node.right) : [ANY];
      case "Identifier":
        return this.ofName(node, next);
      case "MemberExpression":
        return this.ofMember(node, next);
      case "CallExpression":
        return this.ofCall(node, next);
      case "NewExpression":
        return this.ofNew(node, next);
      default:
        return [ANY];
    }
  }

  private ofName(name: Identifier, next: (node: Node) => string[]): string[] {
    const variable = this.view.variableOf(name);
    if (variable === undefined) {
      if (name.name === "__filename") return [this.place.file];
      return [name.name === "__dirname" ? dirname(this.place.file) : ANY];
    }
    const writes = variable.references.filter((reference) => reference.isWrite());
    const [write] = writes;
    // Of a parameter, an import or a loop nothing is written where it is declared.
    const isConstant = writes.length === 1 && variable.defs.every(({ type }) => type === "Variable");
    return isConstant && write!.writeExpr && !isPart(write!.writeExpr as Node, this.view)
      ? next(write!.writeExpr as Node)
      : [ANY];
  }

  private ofMember(member: MemberExpression, next: (node: Node) => string[]): string[] {
    const name = memberName(member);
    if (member.object.type === "MetaProperty") {
      if (name === "url" || name === "filename") return [this.place.file];
      return [name === "dirname" ? dirname(this.place.file) : ANY];
    }
    return name === "href" || name === "pathname" ? next(member.object) : [ANY];
  }

  private ofCall({ callee, arguments: given }: CallExpression, next: (node: Node) => string[]): string[] {
    const name = calleeName(callee as Expression);
    const parts = given.map(next);
    switch (name) {
      case "join":
      case "resolve":
        return parts[0]?.every((first) => isAbsolute(first))
          ? combine(parts).map((one) => (name === "join" ? join(...one) : resolve(...one)))
          : [ANY];
      case "dirname":
        return (parts[0] ?? []).map((path) => (path.includes(ANY) ? ANY : dirname(path)));
      case "fileURLToPath":
      case "pathToFileURL":
      case "String":
      case "normalize":
        return parts[0] ?? [ANY];
      case "toString":
        return callee.type === "MemberExpression" ? next(callee.object) : [ANY];
      case "cwd":
        return [this.place.root];
      default:
        return [ANY];
    }
  }

  private ofNew({ callee, arguments: given }: NewExpression, next: (node: Node) => string[]): string[] {
    if (callee.type !== "Identifier" || !/^URL\d*$/.test(callee.name)) return [ANY];
    const [paths = [ANY], bases] = given.map(next);
    if (bases === undefined) return paths.map((path) => path.replace(/^file:(?:\/\/)?/, ""));
    return combine([bases, paths]).map(([base, path]) =>
      isAbsolute(base!) && !base!.includes(ANY)
        ? slashed(path!, resolve(base!.replace(/[^/]*$/, ""), path!))
        : ANY,
    );
  }
}

function slashed(written: string, path: string): string {
  return /(?:^|\/)\.{0,2}$|\/$/.test(written) ? `${path}/` : path;
}

/** Whether the expression is taken apart by a pattern, so that the name holds a part of it. */
function isPart(node: Node, view: ProgramView): boolean {
  const parent = view.parentOf(node);
  return parent?.type === "VariableDeclarator"
    ? parent.id.type !== "Identifier"
    : parent?.type !== "AssignmentExpression" || parent.left.type !== "Identifier" || parent.operator !== "=";
}

/** `join` of `path.join`, of `(0, path.join)`, and of the `join2` that the bundler makes of one of two. */
function calleeName(callee: Expression): string | undefined {
  if (callee.type === "Identifier") return callee.name.replace(/\d+$/, "");
  if (callee.type === "SequenceExpression") return calleeName(callee.expressions.at(-1)!);
  return callee.type === "MemberExpression" ? memberName(callee) : undefined;
}

function combine(parts: readonly (readonly string[])[]): string[][] {
  let all: string[][] = [[]];
  for (const part of parts) all = all.flatMap((one) => part.map((text) => [...one, text])).slice(0, MOST);
  return all;
}

function concat(parts: readonly (readonly string[])[]): string[] {
  return combine(parts).map((one) => one.join(""));
}
