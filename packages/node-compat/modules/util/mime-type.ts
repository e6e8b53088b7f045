import { nodeError } from "../internal/errors.js";

const TOKEN = /^[!#$%&'*+\-.^_`|~A-Za-z0-9]+$/;
const QUOTED = /^[\t\u0020-\u007e\u0080-\u00ff]*$/;

function invalid(what: string, text: string, at?: number): Error {
  const place = at === undefined || at < 0 ? "" : ` at ${at}`;
  return nodeError(
    TypeError,
    "ERR_INVALID_MIME_SYNTAX",
    `The MIME syntax for a ${what} in ${JSON.stringify(text)} is invalid${place}`,
  );
}

export class MIMEParams {
  readonly #values = new Map<string, string>();

  get(name: string): string | null {
    return this.#values.get(`${name}`) ?? null;
  }
  has(name: string): boolean {
    return this.#values.has(`${name}`);
  }
  set(name: string, value: string): void {
    if (!TOKEN.test(name)) throw invalid("parameter name", name, name.search(/[^!#$%&'*+\-.^_`|~A-Za-z0-9]/));
    if (!QUOTED.test(value)) throw invalid("parameter value", value);
    this.#values.set(`${name}`, `${value}`);
  }
  delete(name: string): void {
    this.#values.delete(`${name}`);
  }
  *entries(): IterableIterator<[string, string]> {
    yield* this.#values.entries();
  }
  *keys(): IterableIterator<string> {
    yield* this.#values.keys();
  }
  *values(): IterableIterator<string> {
    yield* this.#values.values();
  }
  [Symbol.iterator](): IterableIterator<[string, string]> {
    return this.entries();
  }
  toString(): string {
    return Array.from(this.#values, ([name, value]) => {
      const isPlain = value !== "" && TOKEN.test(value);
      return `${name}=${isPlain ? value : `"${value.replace(/["\\]/g, "\\$&")}"`}`;
    }).join(";");
  }
  toJSON(): string {
    return this.toString();
  }
}

export class MIMEType {
  #type: string;
  #subtype: string;
  readonly #params = new MIMEParams();

  constructor(input: string) {
    const text = `${input}`.trim();
    const slash = text.indexOf("/");
    const type = slash < 0 ? text : text.slice(0, slash);
    if (slash < 0 || !TOKEN.test(type)) throw invalid("type", text, slash < 0 ? -1 : 0);
    const semicolon = text.indexOf(";", slash);
    const subtype = (semicolon < 0 ? text.slice(slash + 1) : text.slice(slash + 1, semicolon)).trimEnd();
    if (!TOKEN.test(subtype)) throw invalid("subtype", text);
    this.#type = type.toLowerCase();
    this.#subtype = subtype.toLowerCase();
    if (semicolon >= 0) this.#parse(text.slice(semicolon));
  }

  #parse(text: string): void {
    for (const [, name, quoted, plain] of text.matchAll(
      /;\s*([^;=\s]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"?[^;]*|([^;]*))/g,
    )) {
      const key = name!.toLowerCase();
      const value = quoted === undefined ? plain!.trimEnd() : quoted.replace(/\\(.)/g, "$1");
      if (!TOKEN.test(key) || !QUOTED.test(value) || this.#params.has(key)) continue;
      if (quoted === undefined && value === "") continue;
      this.#params.set(key, value);
    }
  }

  get type(): string {
    return this.#type;
  }
  set type(value: string) {
    if (!TOKEN.test(value)) throw invalid("type", value);
    this.#type = value.toLowerCase();
  }
  get subtype(): string {
    return this.#subtype;
  }
  set subtype(value: string) {
    if (!TOKEN.test(value)) throw invalid("subtype", value);
    this.#subtype = value.toLowerCase();
  }
  get essence(): string {
    return `${this.#type}/${this.#subtype}`;
  }
  get params(): MIMEParams {
    return this.#params;
  }
  toString(): string {
    const params = this.#params.toString();
    return params === "" ? this.essence : `${this.essence};${params}`;
  }
  toJSON(): string {
    return this.toString();
  }
}
