import { Buffer } from "../buffer.js";
import type { Any } from "../internal/any.js";
import { invalidThis, missingArgs, nodeError } from "../internal/errors.js";
import { validateFunction } from "../internal/validate.js";

type Pair = [name: string, value: string];
type Kind = "keys" | "values" | "entries";

const inspectCustom = Symbol.for("nodejs.util.inspect.custom");

/** The text of a value, with U+FFFD for half surrogate pairs. */
function text(value: unknown): string {
  return `${value as string}`.toWellFormed();
}

/** `application/x-www-form-urlencoded` (WHATWG URL, section 5). */
function parse(query: string): Pair[] {
  const pairs: Pair[] = [];
  for (const part of query.split("&")) {
    if (part === "") continue;
    const at = part.indexOf("=");
    pairs.push(at < 0 ? [decode(part), ""] : [decode(part.slice(0, at)), decode(part.slice(at + 1))]);
  }
  return pairs;
}

function decode(part: string): string {
  if (part.includes("+")) part = part.replaceAll("+", " ");
  if (!part.includes("%")) return part;
  try {
    return decodeURIComponent(part);
  } catch {
    return decodeBytes(part);
  }
}

/** What is no UTF-8, or no escape at all: byte by byte, as the standard has it. */
function decodeBytes(part: string): string {
  const given = Buffer.from(part);
  const bytes: number[] = [];
  for (let index = 0; index < given.length; index++) {
    const escape = given[index] === 0x25 ? given.toString("latin1", index + 1, index + 3) : "";
    if (/^[\da-f]{2}$/i.test(escape)) {
      bytes.push(Number.parseInt(escape, 16));
      index += 2;
    } else bytes.push(given[index]!);
  }
  return Buffer.from(bytes).toString();
}

function encode(part: string): string {
  if (/^[\w*.-]*$/.test(part)) return part;
  return encodeURIComponent(part)
    .replace(/[!'()~]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll("%20", "+");
}

function serialize(pairs: readonly Pair[]): string {
  return pairs.map(([name, value]) => `${encode(name)}=${encode(value)}`).join("&");
}

function pairsOf(init: Any): Pair[] {
  if (init === undefined || init === null) return [];
  if (typeof init !== "object" && typeof init !== "function") {
    const query = text(init);
    return parse(query.startsWith("?") ? query.slice(1) : query);
  }
  const iterate = init[Symbol.iterator];
  if (iterate === undefined || iterate === null) return pairsOfRecord(init);
  const others = pairsIn(init);
  if (others && iterate === URLSearchParams.prototype[Symbol.iterator]) {
    return others.map(([name, value]) => [name, value]);
  }
  if (typeof iterate !== "function") {
    throw nodeError(TypeError, "ERR_ARG_NOT_ITERABLE", "Query pairs must be iterable");
  }
  return Array.from(init as Iterable<Any>, pairOf);
}

function pairOf(given: Any): Pair {
  const isIterable =
    ((typeof given === "object" && given !== null) || typeof given === "function") &&
    typeof given[Symbol.iterator] === "function";
  const parts = isIterable ? Array.from(given as Iterable<unknown>, text) : [];
  if (parts.length !== 2) {
    const message = "Each query pair must be an iterable [name, value] tuple";
    throw nodeError(TypeError, "ERR_INVALID_TUPLE", message);
  }
  return parts as Pair;
}

function pairsOfRecord(record: Any): Pair[] {
  const pairs = new Map<string, string>();
  for (const key of Reflect.ownKeys(record)) {
    if (!Object.getOwnPropertyDescriptor(record, key)?.enumerable) continue;
    // Throws for a symbol.
    pairs.set(text(key), text(record[key]));
  }
  return [...pairs];
}

/** @returns undefined for what is no instance */
let pairsIn: (value: unknown) => Pair[] | undefined;
/** The parameters of a URL, which is told of every change. */
export let paramsOf: (query: string, changed: (query: string) => void) => URLSearchParams;
/** The URL has another query. */
export let replacePairs: (params: URLSearchParams, query: string) => void;

/** The platform's class, which follows its URL and is followed by it. */
export class URLSearchParams {
  /** Is `entries` itself. */
  declare [Symbol.iterator]: () => Any;
  #pairs: Pair[];
  /** Told of every change: the URL whose query this is. */
  #changed: ((query: string) => void) | undefined;

  constructor(init: Any = undefined) {
    this.#pairs = pairsOf(init);
  }

  static {
    pairsIn = (value) =>
      typeof value === "object" && value !== null && #pairs in value
        ? (value as URLSearchParams).#pairs
        : undefined;
    paramsOf = (query, changed) => {
      const params = new URLSearchParams();
      params.#pairs = parse(query);
      params.#changed = changed;
      return params;
    };
    replacePairs = (params, query) => {
      params.#pairs = parse(query);
    };
  }

  get size(): number {
    return checked(this).length;
  }

  append(...args: Any[]): void {
    const pairs = checked(this);
    required(args, "name", "value");
    pairs.push([text(args[0]), text(args[1])]);
    this.#tell();
  }

  delete(...args: Any[]): void {
    const pairs = checked(this);
    required(args, "name");
    const isMeant = matcher(args);
    this.#pairs = pairs.filter((pair) => !isMeant(pair));
    this.#tell();
  }

  get(...args: Any[]): string | null {
    const pairs = checked(this);
    required(args, "name");
    return pairs.find(matcher(args.slice(0, 1)))?.[1] ?? null;
  }

  getAll(...args: Any[]): string[] {
    const pairs = checked(this);
    required(args, "name");
    return pairs.filter(matcher(args.slice(0, 1))).map(([, value]) => value);
  }

  has(...args: Any[]): boolean {
    const pairs = checked(this);
    required(args, "name");
    return pairs.some(matcher(args));
  }

  set(...args: Any[]): void {
    const pairs = checked(this);
    required(args, "name", "value");
    const [name, value] = [text(args[0]), text(args[1])];
    const first = pairs.find(([own]) => own === name);
    if (first === undefined) pairs.push([name, value]);
    else {
      first[1] = value;
      this.#pairs = pairs.filter((pair) => pair === first || pair[0] !== name);
    }
    this.#tell();
  }

  sort(): void {
    checked(this).sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0));
    this.#tell();
  }

  forEach(callback: Any, thisArg: Any = undefined): void {
    checked(this);
    validateFunction(callback, "callback");
    for (let index = 0; index < this.#pairs.length; index++) {
      const [name, value] = this.#pairs[index]!;
      callback.call(thisArg, value, name, this);
    }
  }

  entries(): Any {
    checked(this);
    return new Iterator(this, "entries");
  }

  keys(): Any {
    checked(this);
    return new Iterator(this, "keys");
  }

  values(): Any {
    checked(this);
    return new Iterator(this, "values");
  }

  toString(): string {
    return serialize(checked(this));
  }

  [inspectCustom](depth: number | null, options: Any, inspect: Any): string {
    const pairs = checked(this);
    if (typeof depth === "number" && depth < 0) return options.stylize("[Object]", "special");
    const inner = { ...options, ...(depth !== null && { depth: depth - 1 }) };
    const shown = pairs.map(([name, value]) => `${inspect(name, inner)} => ${inspect(value, inner)}`);
    return `${this.constructor.name} ${listed(shown, options.breakLength)}`;
  }

  #tell(): void {
    this.#changed?.(serialize(this.#pairs));
  }
}

function listed(shown: readonly string[], breakLength: number): string {
  if (shown.length === 0) return "{}";
  const length = shown.join(", ").replace(/\u001b\[\d+m/g, "").length;
  return length > breakLength ? `{\n  ${shown.join(",\n  ")} }` : `{ ${shown.join(", ")} }`;
}

function checked(params: Any): Pair[] {
  const pairs = pairsIn(params);
  if (pairs === undefined) throw invalidThis("URLSearchParams");
  return pairs;
}

function required(args: readonly Any[], ...names: string[]): void {
  if (args.length < names.length) throw missingArgs(...names);
}

/** By name, and by value where there is one. */
function matcher([givenName, givenValue]: readonly Any[]): (pair: Pair) => boolean {
  const name = text(givenName);
  if (givenValue === undefined) return ([own]) => own === name;
  const value = text(givenValue);
  return ([own, ownValue]) => own === name && ownValue === value;
}

const iteratorPrototype: object = Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]()));

/** Sees changes that are made while it goes on. */
class Iterator {
  #params: URLSearchParams;
  #kind: Kind;
  #index = 0;

  constructor(params: URLSearchParams, kind: Kind) {
    this.#params = params;
    this.#kind = kind;
  }

  next(): IteratorResult<unknown> {
    if (typeof this !== "object" || this === null || !(#params in this)) {
      throw invalidThis("URLSearchParamsIterator");
    }
    const pair = pairsIn(this.#params)![this.#index++];
    if (pair === undefined) return { value: undefined, done: true };
    return { value: this.#shown(pair), done: false };
  }

  [inspectCustom](depth: number | null, options: Any, inspect: Any): string {
    if (!(#params in this)) throw invalidThis("URLSearchParamsIterator");
    if (typeof depth === "number" && depth < 0) return options.stylize("[Object]", "special");
    const inner = { ...options, ...(depth !== null && { depth: depth - 1 }) };
    const rest = pairsIn(this.#params)!.slice(this.#index);
    const shown = rest.map((pair) => inspect(this.#shown(pair), inner));
    return `URLSearchParams Iterator ${shown.length === 0 ? "{  }" : listed(shown, options.breakLength)}`;
  }

  #shown([name, value]: Pair): unknown {
    return this.#kind === "keys" ? name : this.#kind === "values" ? value : [name, value];
  }
}

delete (Iterator.prototype as Any).constructor;
Object.setPrototypeOf(Iterator.prototype, iteratorPrototype);
Object.defineProperties(Iterator.prototype, {
  next: { enumerable: true },
  [Symbol.toStringTag]: { value: "URLSearchParams Iterator", configurable: true },
});

const enumerable = { enumerable: true };
Object.defineProperties(URLSearchParams.prototype, {
  append: enumerable,
  delete: enumerable,
  get: enumerable,
  getAll: enumerable,
  has: enumerable,
  set: enumerable,
  sort: enumerable,
  toString: enumerable,
  size: enumerable,
  forEach: enumerable,
  entries: enumerable,
  keys: enumerable,
  values: enumerable,
  [Symbol.iterator]: { value: URLSearchParams.prototype.entries, writable: true, configurable: true },
  [Symbol.toStringTag]: { value: "URLSearchParams", configurable: true },
});
// As many arguments as each must be given, where any number is taken.
for (const [name, length] of Object.entries({ append: 2, set: 2, delete: 1, get: 1, getAll: 1, has: 1 })) {
  Object.defineProperty((URLSearchParams.prototype as Any)[name], "length", {
    value: length,
    configurable: true,
  });
}
