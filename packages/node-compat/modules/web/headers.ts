import type { Any } from "../internal/any.js";
import { cloned } from "../internal/cloning.js";
import { checkedName, checkedValue } from "./header-rules.js";

/** Marks headers that nobody may change: those of a received or a redirecting response. */
export const freeze = Symbol("freeze");

/** The `Headers` of fetch: case-insensitive, sorted, with every `set-cookie` apart. */
export class Headers {
  /** By lower-case name; `set-cookie` is kept in its own list. */
  readonly #fields = new Map<string, string>();
  readonly #cookies: string[] = [];
  #isFrozen = false;

  constructor(init?: Any) {
    if (init === undefined) return;
    if (init === null || (typeof init !== "object" && typeof init !== "function")) {
      throw new TypeError(
        "Headers constructor: Argument 1 could not be converted to one of: " +
          "sequence<sequence<ByteString>>, record<ByteString, ByteString>.",
      );
    }
    if (init instanceof Headers) this.#copy(init);
    else if (typeof init[Symbol.iterator] === "function") this.#fill(init);
    else
      for (const name of Reflect.ownKeys(init))
        if (isEnumerable(init, name)) this.append(name as string, init[name]);
  }

  append(name: string, value: string): void {
    needs(arguments.length, 2, "Headers.append");
    this.#add(checkedName(name, "Headers.append"), checkedValue(value, "Headers.append"));
  }

  delete(name: string): void {
    needs(arguments.length, 1, "Headers.delete");
    const key = checkedName(name, "Headers.delete");
    this.#mayChange();
    if (key === "set-cookie") this.#cookies.length = 0;
    else this.#fields.delete(key);
  }

  get(name: string): string | null {
    needs(arguments.length, 1, "Headers.get");
    const key = checkedName(name, "Headers.get");
    if (key === "set-cookie") return this.#cookies.length > 0 ? this.#cookies.join(", ") : null;
    return this.#fields.get(key) ?? null;
  }

  has(name: string): boolean {
    needs(arguments.length, 1, "Headers.has");
    const key = checkedName(name, "Headers.has");
    return key === "set-cookie" ? this.#cookies.length > 0 : this.#fields.has(key);
  }

  set(name: string, value: string): void {
    needs(arguments.length, 2, "Headers.set");
    const key = checkedName(name, "Headers.set");
    const text = checkedValue(value, "Headers.set");
    this.#mayChange();
    if (key === "set-cookie") this.#cookies.splice(0, this.#cookies.length, text);
    else this.#fields.set(key, text);
  }

  getSetCookie(): string[] {
    return [...this.#cookies];
  }

  *keys(): IterableIterator<string> {
    for (const [name] of this.entries()) yield name;
  }

  *values(): IterableIterator<string> {
    for (const [, value] of this.entries()) yield value;
  }

  *entries(): IterableIterator<[string, string]> {
    yield* this.#sorted();
  }

  [Symbol.iterator](): IterableIterator<[string, string]> {
    return this.entries();
  }

  forEach(callback: (value: string, name: string, headers: this) => void, thisArgument?: unknown): void {
    needs(arguments.length, 1, "Headers.forEach");
    if (typeof callback !== "function") {
      throw new TypeError("Failed to execute 'forEach' on 'Headers': parameter 1 is not of type 'Function'.");
    }
    for (const [name, value] of this.#sorted()) callback.call(thisArgument, value, name, this);
  }

  /** A default that a body brings, without the checks that made-up values need. */
  static addType(headers: Headers, type: string): void {
    if (!headers.#fields.has("content-type")) headers.#fields.set("content-type", type);
  }

  [freeze](): this {
    this.#isFrozen = true;
    return this;
  }

  get [Symbol.toStringTag](): string {
    return "Headers";
  }

  [Symbol.for("nodejs.util.inspect.custom")](depth: number, options: Any, inspect: Any): string {
    return `Headers ${inspect(Object.fromEntries(this.#sorted()), { ...options, depth })}`;
  }

  #sorted(): [string, string][] {
    const fields = [
      ...this.#fields,
      ...this.#cookies.map((value): [string, string] => ["set-cookie", value]),
    ];
    return fields.length < 2 ? fields : fields.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  }

  #copy(other: Headers): void {
    for (const [name, value] of other.#fields) this.#fields.set(name, value);
    this.#cookies.push(...other.#cookies);
  }

  #fill(pairs: Iterable<Any>): void {
    for (const pair of pairs) {
      const [...field] = pair as Iterable<string>;
      if (field.length !== 2) {
        throw new TypeError(
          `Headers constructor: expected name/value pair to be length 2, found ${field.length}.`,
        );
      }
      this.append(field[0]!, field[1]!);
    }
  }

  #add(name: string, value: string): void {
    this.#mayChange();
    if (name === "set-cookie") {
      this.#cookies.push(value);
      return;
    }
    const before = this.#fields.get(name);
    this.#fields.set(
      name,
      before === undefined ? value : `${before}${name === "cookie" ? "; " : ", "}${value}`,
    );
  }

  #mayChange(): void {
    if (this.#isFrozen) throw new TypeError("immutable");
  }
}
cloned(Headers, "never");

function isEnumerable(object: object, key: PropertyKey): boolean {
  return Object.prototype.propertyIsEnumerable.call(object, key);
}

/** Web IDL's check of the number of arguments, in the words of Node's fetch. */
export function needs(given: number, wanted: number, caller: string): void {
  if (given >= wanted) return;
  throw new TypeError(
    `${caller}: ${wanted} argument${wanted > 1 ? "s" : ""} required, but${given > 0 ? " only" : ""} ${given} found.`,
  );
}
