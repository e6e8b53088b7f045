import type { ts as Ts } from "ts-morph";
import { moduleKind } from "../../source/module-kind.js";
import { ts } from "../../source/syntax.js";
import { LIBRARY } from "../../specifiers.js";
import type { AdoptOptions } from "../../adopt-options.js";
import type { Workpiece } from "../transform.js";

const WIDEST = 100;

type Member = "http" | "lambda" | "main";

/** The runtime's functions under names that the file has free, and their import. */
export class Names {
  readonly #used = new Map<Member, string>();
  #replaces: { start: number; end: number } | undefined;

  constructor(
    private readonly piece: Workpiece,
    private readonly options: AdoptOptions,
  ) {}

  http(name: string, app: string): string {
    return `${this.#local("http")}(${this.piece.quoted(name)}, ${app})`;
  }

  lambda(name: string, handler: string): string {
    return `${this.#local("lambda")}(${this.piece.quoted(name)}, ${handler})`;
  }

  /** The call that registers: each item is an expression. */
  main(registered: readonly string[]): string {
    const { eol, indent } = this.piece.format;
    const service = this.piece.quoted(this.options.service ?? this.#fileName());
    const description = this.piece.quoted(this.options.description ?? "");
    const start = `${this.#local("main")}(${service}, ${description}, [`;
    const line = `${start}${registered.join(", ")}])`;
    if (line.length < WIDEST) return line;
    return `${start}${eol}${registered.map((item) => `${indent}${item},${eol}`).join("")}])`;
  }

  /** The import takes the place of one that is no longer needed. */
  importInsteadOf(range: { start: number; end: number }): void {
    if (this.#replaces) this.#removeLine(range);
    else this.#replaces = range;
  }

  /** Writes the import of everything that was asked for. */
  importAll(): void {
    const { piece } = this;
    const esm = moduleKind(piece.root) === "esm";
    const as = esm ? " as " : ": ";
    const members = [...this.#used].sort(([a], [b]) => a.localeCompare(b));
    const list = members.map(([name, local]) => (name === local ? name : name + as + local)).join(", ");
    const from = piece.quoted(LIBRARY);
    const line =
      (esm ? `import { ${list} } from ${from}` : `const { ${list} } = require(${from})`) +
      piece.format.semicolon;
    if (this.#replaces) piece.edits.replace(this.#replaces, line);
    else this.#insert(line);
  }

  #local(member: Member): string {
    const known = this.#used.get(member);
    if (known !== undefined) return known;
    const { scopes } = this.piece;
    const prefixed = `laconic${member.charAt(0).toUpperCase()}${member.slice(1)}`;
    const local = scopes.has(member) ? scopes.freeName(prefixed) : member;
    this.#used.set(member, local);
    return local;
  }

  #fileName(): string {
    const base = this.piece.source.path.replace(/^.*[\\/]/, "").replace(/\.[^.]+$/, "");
    return base === "index" || base === "" ? "app" : base;
  }

  // After the last import, so that the file's own order and comments stay together; else before its first statement.
  #insert(line: string): void {
    const { piece } = this;
    const { eol } = piece.format;
    const last = piece.root.statements.filter(isLoading).at(-1);
    if (last) piece.edits.insert(last.end, eol + line);
    else {
      const first = piece.root.statements.find((statement) => !isDirective(statement));
      piece.edits.insert(first?.getStart(piece.root, true) ?? piece.source.text.length, line + eol + eol);
    }
  }

  #removeLine({ start, end }: { start: number; end: number }): void {
    const rest = /^[ \t]*(\r\n|\n)?/.exec(this.piece.source.text.slice(end));
    this.piece.edits.replace({ start, end: end + (rest?.[0].length ?? 0) }, "");
  }
}

function isLoading(statement: Ts.Statement): boolean {
  if (ts.isImportDeclaration(statement) || ts.isImportEqualsDeclaration(statement)) return true;
  if (!ts.isVariableStatement(statement)) return false;
  return statement.declarationList.declarations.some(({ initializer }) =>
    /^require\(/.test(initializer?.getText() ?? ""),
  );
}

function isDirective(statement: Ts.Statement): boolean {
  return ts.isExpressionStatement(statement) && ts.isStringLiteral(statement.expression);
}
