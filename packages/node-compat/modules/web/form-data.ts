import type { Any } from "../internal/any.js";
import { cloned } from "../internal/cloning.js";
import { Blob, File } from "./blob.js";
import { needs } from "./headers.js";

export type FormEntry = [name: string, value: string | File];

/** The fields of a form, files among them. */
export class FormData {
  #entries: FormEntry[] = [];

  constructor(form?: unknown) {
    if (form !== undefined) {
      throw new TypeError("FormData constructor: Argument 1 could not be converted to: undefined.");
    }
  }

  append(name: string, value: Any, filename?: string): void {
    needs(arguments.length, 2, "FormData.append");
    this.#entries.push(entry("append", name, value, filename, arguments.length));
  }

  delete(name: string): void {
    needs(arguments.length, 1, "FormData.delete");
    const key = String(name).toWellFormed();
    this.#entries = this.#entries.filter(([field]) => field !== key);
  }

  get(name: string): string | File | null {
    needs(arguments.length, 1, "FormData.get");
    const key = String(name).toWellFormed();
    return this.#entries.find(([field]) => field === key)?.[1] ?? null;
  }

  getAll(name: string): (string | File)[] {
    needs(arguments.length, 1, "FormData.getAll");
    const key = String(name).toWellFormed();
    return this.#entries.filter(([field]) => field === key).map(([, value]) => value);
  }

  has(name: string): boolean {
    needs(arguments.length, 1, "FormData.has");
    const key = String(name).toWellFormed();
    return this.#entries.some(([field]) => field === key);
  }

  set(name: string, value: Any, filename?: string): void {
    needs(arguments.length, 2, "FormData.set");
    const made = entry("set", name, value, filename, arguments.length);
    const at = this.#entries.findIndex(([field]) => field === made[0]);
    if (at < 0) {
      this.#entries.push(made);
      return;
    }
    const others = this.#entries.filter(([field], index) => index <= at || field !== made[0]);
    others[at] = made;
    this.#entries = others;
  }

  *entries(): IterableIterator<FormEntry> {
    // By index: what is added while somebody iterates is seen, as the standard wants it.
    for (let at = 0; at < this.#entries.length; at++) yield [...this.#entries[at]!] as FormEntry;
  }

  *keys(): IterableIterator<string> {
    for (const [name] of this.entries()) yield name;
  }

  *values(): IterableIterator<string | File> {
    for (const [, value] of this.entries()) yield value;
  }

  [Symbol.iterator](): IterableIterator<FormEntry> {
    return this.entries();
  }

  forEach(callback: (value: string | File, name: string, form: this) => void, thisArgument?: unknown): void {
    needs(arguments.length, 1, "FormData.forEach");
    for (const [name, value] of this.entries()) callback.call(thisArgument, value, name, this);
  }

  get [Symbol.toStringTag](): string {
    return "FormData";
  }

  [Symbol.for("nodejs.util.inspect.custom")](depth: number, options: Any, inspect: Any): string {
    const fields: Record<string, unknown> = {};
    for (const name of new Set(this.keys())) {
      const all = this.getAll(name);
      fields[name] = all.length === 1 ? all[0] : all;
    }
    return `FormData ${inspect(fields, { ...options, depth })}`;
  }
}
cloned(FormData, "never");

function entry(
  method: string,
  name: string,
  value: Any,
  filename: string | undefined,
  given: number,
): FormEntry {
  const key = String(name).toWellFormed();
  if (!(value instanceof Blob)) {
    if (given > 2)
      throw new TypeError(`Failed to execute '${method}' on 'FormData': parameter 2 is not of type 'Blob'`);
    return [key, String(value).toWellFormed()];
  }
  if (value instanceof File && filename === undefined) return [key, value];
  const { type } = value;
  const lastModified = value instanceof File ? value.lastModified : undefined;
  return [
    key,
    new File([value], filename ?? "blob", { type, ...(lastModified !== undefined && { lastModified }) }),
  ];
}
