import type { ts as Ts } from "ts-morph";
import type { AdoptOptions } from "../../adopt-options.js";
import { endOfLine, sharesLine, startAbove } from "../../source/insertion-place.js";
import { importKind } from "../../source/module-kind.js";
import { ts } from "../../source/syntax.js";
import { LIBRARY } from "../../specifiers.js";
import type { Range } from "../../source.js";
import type { Workpiece } from "../transform.js";
import { bridge } from "./bridge.js";
import { withLine } from "./unused-import.js";

const WIDEST = 100;

type Member = "http" | "lambda" | "main";

/**
 * How a handler answers: `plain` shows it by its parameters, `event` returns its result whatever its parameters are, and
 * `either` may do so or give it to its callback.
 */
export type Answering = "plain" | "event" | "either";

/** The runtime's functions under names that the file has free, and their import. */
export class Names {
  readonly #used = new Map<Member, string>();
  readonly #imports: string[] = [];
  #replaces: Range | undefined;

  constructor(
    private readonly piece: Workpiece,
    private readonly options: AdoptOptions,
  ) {}

  /** @param options source text of an object */
  http(name: string, app?: string, options?: string): string {
    const rest = [app, options].filter((one) => one !== undefined);
    return `${this.#local("http")}(${[this.piece.quoted(name), ...rest].join(", ")})`;
  }

  lambda(name: string, handler: string, answering: Answering = "plain"): string {
    const { piece } = this;
    const reference = answering === "either" ? bridge(piece, name, handler) : handler;
    const shape = answering === "event" ? `, { shape: ${piece.quoted("event")} }` : "";
    return `${this.#local("lambda")}(${piece.quoted(name)}, ${reference}${shape})`;
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

  /** Imports one name of another module, for what the file only passes on. @returns the name that it has here */
  importFrom(module: string, name: string): string {
    const { piece } = this;
    const wanted = name === "default" ? "handler" : name;
    const local = piece.scopes.freeName(wanted);
    const member = name === local ? name : `${name} as ${local}`;
    this.#imports.push(`import { ${member} } from ${piece.quoted(module)}${piece.format.semicolon}`);
    return local;
  }

  /** The import takes the place of one that is no longer needed: the first, so that it stands above every use. */
  importInsteadOf(range: Range): void {
    if (this.#replaces === undefined) this.#replaces = range;
    else if (range.start === this.#replaces.start) return;
    else if (range.start > this.#replaces.start) this.#removeLine(range);
    else {
      this.#removeLine(this.#replaces);
      this.#replaces = range;
    }
  }

  /** Writes the import of everything that was asked for. */
  importAll(): void {
    const { piece } = this;
    const esm = importKind(piece.root) === "esm";
    const as = esm ? " as " : ": ";
    const members = [...this.#used].sort(([a], [b]) => a.localeCompare(b));
    const list = members.map(([name, local]) => (name === local ? name : name + as + local)).join(", ");
    const from = piece.quoted(LIBRARY);
    const line =
      (esm ? `import { ${list} } from ${from}` : `const { ${list} } = require(${from})`) +
      piece.format.semicolon;
    const lines = [...this.#imports, line].join(piece.format.eol);
    if (this.#replaces) piece.edits.replace(this.#replaces, lines);
    else this.#insert(lines, esm);
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

  // After the last import, so that the file's own order and comments stay together; else before its first statement. A
  // require runs where it stands, so it goes behind the first ones: what follows may use it.
  #insert(lines: string, esm: boolean): void {
    const { root, format, edits, source } = this.piece;
    const { eol } = format;
    const statements = root.statements.filter((statement) => !isDirective(statement));
    const other = statements.findIndex((statement) => !isLoading(statement));
    const leading = other < 0 ? statements : statements.slice(0, other);
    const last = esm ? statements.filter(isImport).at(-1) : leading.at(-1);
    if (last) {
      const end = endOfLine(root, last);
      edits.insert(end, eol + lines + (sharesLine(root, end) ? eol : ""));
      return;
    }
    const [first] = statements;
    edits.insert(first ? startAbove(root, first) : source.text.length, lines + eol + eol);
  }

  #removeLine(range: Range): void {
    this.piece.edits.replace(withLine(this.piece, range), "");
  }
}

function isImport(statement: Ts.Statement): boolean {
  return ts.isImportDeclaration(statement) || ts.isImportEqualsDeclaration(statement);
}

function isLoading(statement: Ts.Statement): boolean {
  if (isImport(statement)) return true;
  if (ts.isExpressionStatement(statement))
    return /^require\([^()]*\)(\.config\(\))?$/.test(statement.expression.getText());
  if (!ts.isVariableStatement(statement)) return false;
  return statement.declarationList.declarations.every(({ initializer }) =>
    /^require\(|^__import\w+\(require\(/.test(initializer?.getText() ?? ""),
  );
}

function isDirective(statement: Ts.Statement): boolean {
  return ts.isExpressionStatement(statement) && ts.isStringLiteral(statement.expression);
}
