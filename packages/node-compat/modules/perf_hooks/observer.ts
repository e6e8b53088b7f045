import type { AnyFunction } from "../internal/any.js";
import { domException } from "../internal/dom-exception.js";
import { invalidArgType, invalidArgValue, missingArgs } from "../internal/errors.js";
import { illegalConstructor, type PerformanceEntry } from "./entry.js";

const OURS = Symbol("laconic.entries");

export class PerformanceObserverEntryList {
  readonly #entries: readonly PerformanceEntry[];

  constructor(ours?: unknown, entries: readonly PerformanceEntry[] = []) {
    if (ours !== OURS) throw illegalConstructor();
    this.#entries = [...entries].sort((left, right) => left.startTime - right.startTime);
  }

  getEntries(): PerformanceEntry[] {
    return [...this.#entries];
  }

  getEntriesByType(type: string): PerformanceEntry[] {
    if (arguments.length === 0) throw missingArgs("type");
    return this.#entries.filter(({ entryType }) => entryType === `${type}`);
  }

  getEntriesByName(name: string, type?: string): PerformanceEntry[] {
    if (arguments.length === 0) throw missingArgs("name");
    return this.#entries.filter(
      (entry) => entry.name === `${name}` && (type === undefined || entry.entryType === type),
    );
  }
}

/** Entries in the order of their start. */
export function listOf(entries: readonly PerformanceEntry[]): PerformanceObserverEntryList {
  return new PerformanceObserverEntryList(OURS, entries);
}

const observers = new Set<PerformanceObserver>();
/** What was marked and measured, until it is cleared. */
let timeline: PerformanceEntry[] = [];

const TYPES = ["function", "mark", "measure"];

/** Entries are delivered in a batch, after the code that made them has returned. */
export class PerformanceObserver {
  static get supportedEntryTypes(): string[] {
    return [...TYPES];
  }

  readonly #callback: AnyFunction;
  #types = new Set<string>();
  #mode: "one" | "several" | undefined;
  #waiting: PerformanceEntry[] = [];

  constructor(callback: AnyFunction) {
    if (typeof callback !== "function") throw invalidArgType("callback", "Function", callback);
    this.#callback = callback;
  }

  observe(options: { entryTypes?: string[]; type?: string; buffered?: boolean } = {}): void {
    const { entryTypes, type, buffered } = options;
    if (entryTypes === undefined && type === undefined) {
      throw missingArgs("options.entryTypes", "options.type");
    }
    if (entryTypes !== undefined && type !== undefined) {
      throw invalidArgValue(
        "options.entryTypes",
        entryTypes,
        "options.entryTypes can not set with options.type together",
      );
    }
    const mode = entryTypes === undefined ? "one" : "several";
    if (this.#mode !== undefined && this.#mode !== mode) {
      const what = mode === "one" ? "single observation" : "multiple observations";
      throw domException(`PerformanceObserver can not change to ${what}`, "InvalidModificationError");
    }
    this.#mode = mode;
    if (entryTypes !== undefined && !Array.isArray(entryTypes)) {
      throw invalidArgType("options.entryTypes", "string[]", entryTypes);
    }
    const types = (entryTypes ?? [type!]).filter((name) => TYPES.includes(name));
    if (types.length === 0) return;
    this.#types = new Set(mode === "one" ? [...this.#types, ...types] : types);
    observers.add(this);
    if (buffered && mode === "one") for (const entry of timeline) tell(this, entry);
  }

  takeRecords(): PerformanceEntry[] {
    return this.#waiting.splice(0);
  }

  disconnect(): void {
    observers.delete(this);
    this.#waiting = [];
    this.#types = new Set();
    this.#mode = undefined;
  }

  static tell(observer: PerformanceObserver, entry: PerformanceEntry): void {
    if (!observer.#types.has(entry.entryType)) return;
    observer.#waiting.push(entry);
    if (observer.#waiting.length > 1) return;
    setImmediate(() => {
      const entries = observer.takeRecords();
      if (entries.length > 0) observer.#callback.call(observer, listOf(entries), observer);
    });
  }
}

const { tell } = PerformanceObserver;
Reflect.deleteProperty(PerformanceObserver, "tell");
for (const Class of [PerformanceObserver, PerformanceObserverEntryList]) {
  Object.defineProperty(Class.prototype, Symbol.toStringTag, { value: Class.name, configurable: true });
}

/** Keeps an entry on the timeline, unless it is a call, and tells who observes its kind. */
export function publish<Entry extends PerformanceEntry>(entry: Entry): Entry {
  if (entry.entryType !== "function") timeline.push(entry);
  for (const observer of observers) tell(observer, entry);
  return entry;
}

export function clear(type: string, name?: unknown): void {
  timeline = timeline.filter(
    (entry) => entry.entryType !== type || (name !== undefined && entry.name !== `${name as string}`),
  );
}

export function entries(): PerformanceObserverEntryList {
  return listOf(timeline);
}

/** The start of the last mark of a name. */
export function startOf(mark: string): number | undefined {
  return timeline.findLast(({ entryType, name }) => entryType === "mark" && name === mark)?.startTime;
}
