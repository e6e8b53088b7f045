import { change, origin, parse as parseText, type ParsedUrl } from "laconic:url";
import type { Any } from "../internal/any.js";
import { invalidThis, missingArgs, nodeError, unsupported } from "../internal/errors.js";
import { paramsOf, replacePairs, URLSearchParams } from "./url-search-params.js";

const inspectCustom = Symbol.for("nodejs.util.inspect.custom");

/** The text of a value, with U+FFFD for half surrogate pairs. */
function text(value: unknown): string {
  return `${value as string}`.toWellFormed();
}

function parse(input: string, base?: string): ParsedUrl | undefined {
  return parseText(input.toWellFormed(), base?.toWellFormed());
}

/** The parts of a URL, by where they begin and end among its places; `null` is the text's own beginning or end. */
const PARTS: Readonly<Record<string, readonly [from: number | null, to: number | null]>> = {
  protocol: [null, 1],
  username: [2, 3],
  password: [4, 5],
  host: [6, 9],
  hostname: [6, 7],
  port: [8, 9],
  pathname: [10, 11],
  search: [11, 12],
  hash: [12, null],
};

function partOf(parsed: ParsedUrl, name: string): string {
  const [from, to] = PARTS[name]!;
  const [href] = parsed;
  const start = from === null ? 0 : (parsed[from] as number);
  const end = to === null ? href.length : (parsed[to] as number);
  const part = href.slice(start, name === "protocol" ? end + 1 : end);
  // A mark with nothing behind it is not shown.
  return (name === "search" || name === "hash") && part.length === 1 ? "" : part;
}

function invalidUrl(input: string, base?: string): Error {
  const fields = base === undefined ? { input } : { input, base };
  return nodeError(TypeError, "ERR_INVALID_URL", "Invalid URL", fields);
}

const SHOWN = [
  ...["href", "origin", "protocol", "username", "password", "host", "hostname", "port", "pathname", "search"],
  ...["searchParams", "hash"],
];

/** @throws TypeError for what is no instance */
let parsedOf: (url: unknown) => ParsedUrl;
/** The URL has another text. */
let replace: (url: URL, parsed: ParsedUrl) => void;
/** The query has changed, and its parameters, where somebody holds them, with it. */
let followQuery: (url: URL) => void;

/** The platform's class. The engine parses and joins; what an app sees of it is here. */
export class URL {
  #parsed: ParsedUrl;
  #params: URLSearchParams | undefined;

  constructor(...args: Any[]) {
    if (args.length === 0) throw missingArgs("url");
    const input = `${args[0]}`;
    const base = args[1] === undefined ? undefined : `${args[1]}`;
    const parsed = parse(input, base);
    if (parsed === undefined) throw invalidUrl(input, base);
    this.#parsed = parsed;
  }

  static {
    parsedOf = (url) => {
      if (typeof url !== "object" || url === null || !(#parsed in url)) {
        throw invalidThis("URL");
      }
      return (url as URL).#parsed;
    };
    replace = (url, parsed) => {
      url.#parsed = parsed;
    };
    followQuery = (url) => {
      if (url.#params) replacePairs(url.#params, partOf(url.#parsed, "search").slice(1));
    };
  }

  static canParse(...args: Any[]): boolean {
    if (args.length === 0) throw missingArgs("url");
    return parse(`${args[0]}`, args[1] === undefined ? undefined : `${args[1]}`) !== undefined;
  }

  static parse(...args: Any[]): URL | null {
    if (args.length === 0) throw missingArgs("url");
    const input = `${args[0]}`;
    const base = args[1] === undefined ? undefined : `${args[1]}`;
    const parsed = parse(input, base);
    return parsed === undefined ? null : new URL(parsed[0]);
  }

  static createObjectURL(...args: Any[]): string {
    if (args.length === 0) throw missingArgs("obj");
    throw unsupported("URL.createObjectURL()", "there is no registry of object URLs");
  }

  static revokeObjectURL(...args: Any[]): void {
    if (args.length === 0) throw missingArgs("url");
  }

  get href(): string {
    return parsedOf(this)[0];
  }

  set href(value: Any) {
    parsedOf(this);
    const parsed = parse(`${value}`);
    if (parsed === undefined) throw invalidUrl(`${value}`);
    this.#parsed = parsed;
    followQuery(this);
  }

  get origin(): string {
    return origin(parsedOf(this)[0]);
  }

  get searchParams(): URLSearchParams {
    const parsed = parsedOf(this);
    return (this.#params ??= paramsOf(partOf(parsed, "search").slice(1), (query) => {
      this.#parsed = change(this.#parsed[0], "search", query);
    }));
  }

  toString(): string {
    return parsedOf(this)[0];
  }

  toJSON(): string {
    return parsedOf(this)[0];
  }

  [inspectCustom](depth: number | null, options: Any, inspect: Any): unknown {
    parsedOf(this);
    if (typeof depth === "number" && depth < 0) return this;
    const { constructor } = this;
    const shown = Object.create({ constructor }) as Any;
    for (const name of SHOWN) shown[name] = (this as Any)[name];
    return `${constructor.name} ${inspect(shown, options).replace(/^[^{]*/, "")}`;
  }
}

for (const name of Object.keys(PARTS)) {
  Object.defineProperty(URL.prototype, name, {
    ...Object.getOwnPropertyDescriptor(
      {
        get [name](): string {
          return partOf(parsedOf(this), name);
        },
        set [name](value: Any) {
          const [href] = parsedOf(this);
          replace(this as unknown as URL, change(href, name, text(value)));
          if (name === "search") followQuery(this as unknown as URL);
        },
      },
      name,
    ),
    enumerable: true,
    configurable: true,
  });
}

const enumerable = { enumerable: true };
Object.defineProperties(URL.prototype, {
  href: enumerable,
  origin: enumerable,
  searchParams: enumerable,
  toString: enumerable,
  toJSON: enumerable,
  [Symbol.toStringTag]: { value: "URL", configurable: true },
});
Object.defineProperties(URL, {
  canParse: enumerable,
  parse: enumerable,
  createObjectURL: enumerable,
  revokeObjectURL: enumerable,
});
Object.defineProperty(URL, "length", { value: 1, configurable: true });
Object.defineProperty(URL.canParse, "length", { value: 1, configurable: true });

export { URLSearchParams };
