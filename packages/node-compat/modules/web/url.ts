import { URL as Engine } from "engine:url";
import type { Any } from "../internal/any.js";
import { invalidThis, missingArgs, nodeError, unsupported } from "../internal/errors.js";
import { paramsOf, replacePairs, URLSearchParams } from "./url-search-params.js";

const inspectCustom = Symbol.for("nodejs.util.inspect.custom");

/** The text of a value, with U+FFFD for half surrogate pairs, which the engine's strings cannot hold. */
function text(value: unknown): string {
  return `${value as string}`.toWellFormed();
}

function parse(input: string, base?: string): Any {
  try {
    return base === undefined
      ? new Engine(input.toWellFormed())
      : new Engine(input.toWellFormed(), base.toWellFormed());
  } catch {
    return undefined;
  }
}

function invalidUrl(input: string, base?: string): Error {
  const fields = base === undefined ? { input } : { input, base };
  return nodeError(TypeError, "ERR_INVALID_URL", "Invalid URL", fields);
}

/** What of a URL may be set, one part at a time. */
const SETTABLE = [
  ...["protocol", "username", "password", "host", "hostname", "port", "pathname", "search", "hash"],
] as const;
const SHOWN = [
  ...["href", "origin", "protocol", "username", "password", "host", "hostname", "port", "pathname", "search"],
  ...["searchParams", "hash"],
];

/** @throws TypeError for what is no instance */
let engineOf: (url: unknown) => Any;
/** The query has changed, and its parameters, where somebody holds them, with it. */
let followQuery: (url: URL) => void;

/** The platform's class. The engine parses and joins; the parameters and what an app sees of both are here. */
export class URL {
  #engine: Any;
  #params: URLSearchParams | undefined;

  constructor(...args: Any[]) {
    if (args.length === 0) throw missingArgs("url");
    const input = `${args[0]}`;
    const base = args[1] === undefined ? undefined : `${args[1]}`;
    this.#engine = parse(input, base);
    if (this.#engine === undefined) throw invalidUrl(input, base);
  }

  static {
    engineOf = (url) => {
      if (typeof url !== "object" || url === null || !(#engine in url)) {
        throw invalidThis("URL");
      }
      return (url as URL).#engine;
    };
    followQuery = (url) => {
      if (url.#params) replacePairs(url.#params, url.#engine.search.slice(1));
    };
  }

  static canParse(...args: Any[]): boolean {
    if (args.length === 0) throw missingArgs("url");
    return parse(`${args[0]}`, args[1] === undefined ? undefined : `${args[1]}`) !== undefined;
  }

  static parse(...args: Any[]): URL | null {
    if (args.length === 0) throw missingArgs("url");
    const [input, base] = args;
    return URL.canParse(input, base) ? new URL(input, base) : null;
  }

  static createObjectURL(...args: Any[]): string {
    if (args.length === 0) throw missingArgs("obj");
    throw unsupported("URL.createObjectURL()", "there is no registry of object URLs");
  }

  static revokeObjectURL(...args: Any[]): void {
    if (args.length === 0) throw missingArgs("url");
  }

  get href(): string {
    return engineOf(this).href;
  }

  set href(value: Any) {
    engineOf(this);
    const engine = parse(`${value}`);
    if (engine === undefined) throw invalidUrl(`${value}`);
    this.#engine = engine;
    followQuery(this);
  }

  get origin(): string {
    return engineOf(this).origin;
  }

  get searchParams(): URLSearchParams {
    const engine = engineOf(this);
    return (this.#params ??= paramsOf(engine.search.slice(1), (query) => {
      this.#engine.search = query;
    }));
  }

  toString(): string {
    return engineOf(this).href;
  }

  toJSON(): string {
    return engineOf(this).href;
  }

  [inspectCustom](depth: number | null, options: Any, inspect: Any): unknown {
    engineOf(this);
    if (typeof depth === "number" && depth < 0) return this;
    const { constructor } = this;
    const shown = Object.create({ constructor }) as Any;
    for (const name of SHOWN) shown[name] = (this as Any)[name];
    return `${constructor.name} ${inspect(shown, options).replace(/^[^{]*/, "")}`;
  }
}

for (const name of SETTABLE) {
  Object.defineProperty(URL.prototype, name, {
    ...Object.getOwnPropertyDescriptor(
      {
        get [name](): string {
          return engineOf(this)[name];
        },
        set [name](value: Any) {
          const engine = engineOf(this);
          engine[name] = text(value);
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
