import type { Any, AnyFunction } from "../internal/any.js";
import { invalidArgType, nodeError } from "../internal/errors.js";

export class PerformanceEntry {
  readonly name: string;
  readonly entryType: string;
  readonly startTime: number;
  readonly duration: number;
  readonly detail: unknown;

  constructor(name: string, entryType: string, startTime: number, duration: number, detail: unknown = null) {
    this.name = name;
    this.entryType = entryType;
    this.startTime = startTime;
    this.duration = duration;
    this.detail = detail;
  }
  toJSON(): Any {
    const { name, entryType, startTime, duration, detail } = this;
    return { name, entryType, startTime, duration, detail };
  }
}

export class PerformanceMark extends PerformanceEntry {
  constructor(name: string, options: Any = {}) {
    super(`${name}`, "mark", options?.startTime ?? performance.now(), 0, options?.detail ?? null);
  }
}

export class PerformanceMeasure extends PerformanceEntry {}
export class PerformanceResourceTiming extends PerformanceEntry {}

export class PerformanceObserverEntryList {
  readonly #entries: readonly PerformanceEntry[];
  constructor(entries: readonly PerformanceEntry[]) {
    this.#entries = entries;
  }
  getEntries(): PerformanceEntry[] {
    return [...this.#entries];
  }
  getEntriesByType(type: string): PerformanceEntry[] {
    return this.#entries.filter(({ entryType }) => entryType === type);
  }
  getEntriesByName(name: string, type?: string): PerformanceEntry[] {
    return this.#entries.filter(
      (entry) => entry.name === name && (type === undefined || entry.entryType === type),
    );
  }
}

const observers = new Set<PerformanceObserver>();
let timeline: PerformanceEntry[] = [];

/** Entries are told in a batch, once the code that made them has returned. */
export class PerformanceObserver {
  static readonly supportedEntryTypes = ["function", "mark", "measure"];
  readonly #callback: AnyFunction;
  #types = new Set<string>();
  #waiting: PerformanceEntry[] = [];

  constructor(callback: AnyFunction) {
    if (typeof callback !== "function") throw invalidArgType("callback", "Function", callback);
    this.#callback = callback;
  }
  observe(options: { entryTypes?: string[]; type?: string; buffered?: boolean }): void {
    const { entryTypes, type, buffered } = options ?? {};
    if (entryTypes === undefined && type === undefined) {
      throw nodeError(
        TypeError,
        "ERR_MISSING_ARGS",
        'The "options.entryTypes" or "options.type" argument must be specified',
      );
    }
    this.#types = new Set(entryTypes ?? [...this.#types, type!]);
    observers.add(this);
    if (buffered) for (const entry of timeline) this.tell(entry);
  }
  tell(entry: PerformanceEntry): void {
    if (!this.#types.has(entry.entryType)) return;
    this.#waiting.push(entry);
    if (this.#waiting.length > 1) return;
    setImmediate(() => {
      const entries = this.takeRecords();
      if (entries.length > 0) this.#callback(new PerformanceObserverEntryList(entries), this);
    });
  }
  takeRecords(): PerformanceEntry[] {
    return this.#waiting.splice(0);
  }
  disconnect(): void {
    observers.delete(this);
    this.#waiting = [];
  }
}

function publish<Entry extends PerformanceEntry>(entry: Entry): Entry {
  timeline.push(entry);
  for (const observer of observers) observer.tell(entry);
  return entry;
}

function clear(type: string, name?: string): void {
  timeline = timeline.filter(
    (entry) => entry.entryType !== type || (name !== undefined && entry.name !== name),
  );
}

function timeOf(mark: Any): number | undefined {
  if (mark === undefined || typeof mark === "number") return mark;
  const found = timeline.findLast((entry) => entry.entryType === "mark" && entry.name === mark);
  if (found) return found.startTime;
  throw new DOMException(`The "${mark}" performance mark has not been set`, "SyntaxError");
}

function measure(name: string, startOrOptions?: Any, endMark?: string): PerformanceMeasure {
  const options =
    typeof startOrOptions === "object" && startOrOptions !== null
      ? startOrOptions
      : { start: startOrOptions, end: endMark };
  const { duration, detail = null } = options;
  const given = { start: timeOf(options.start), end: timeOf(options.end) };
  const end =
    given.end ??
    (given.start !== undefined && duration !== undefined ? given.start + duration : performance.now());
  const start = given.start ?? (duration === undefined ? 0 : end - duration);
  return publish(new PerformanceMeasure(name, "measure", start, end - start, detail));
}

function timerify(callback: AnyFunction): AnyFunction {
  if (typeof callback !== "function") throw invalidArgType("fn", "Function", callback);
  return function timerified(this: unknown, ...args: Any[]): Any {
    const start = performance.now();
    const result = new.target ? Reflect.construct(callback, args) : Reflect.apply(callback, this, args);
    const done = () =>
      publish(new PerformanceEntry(callback.name, "function", start, performance.now() - start, args));
    if (typeof result?.finally === "function") return result.finally(done);
    done();
    return result;
  };
}

export function Performance(): never {
  throw nodeError(TypeError, "ERR_ILLEGAL_CONSTRUCTOR", "Illegal constructor");
}

/** The engine's clock, with the timeline that Node has beside it. */
export function completePerformance(): Any {
  const list = () => new PerformanceObserverEntryList(timeline);
  const members: Any = {
    mark: (name: string, options?: Any) => publish(new PerformanceMark(name, options)),
    measure,
    clearMarks: (name?: string) => clear("mark", name),
    clearMeasures: (name?: string) => clear("measure", name),
    clearResourceTimings: () => clear("resource"),
    getEntries: () => list().getEntries(),
    getEntriesByName: (name: string, type?: string) => list().getEntriesByName(name, type),
    getEntriesByType: (type: string) => list().getEntriesByType(type),
    timerify,
    eventLoopUtilization: () => ({ idle: 0, active: 0, utilization: 0 }),
    setResourceTimingBufferSize: () => undefined,
    markResourceTiming: () => undefined,
    nodeTiming: { name: "node", entryType: "node", startTime: 0, duration: 0 },
  };
  for (const name of Object.keys(members)) {
    if (!(name in performance)) {
      Object.defineProperty(performance, name, {
        value: members[name],
        writable: true,
        configurable: true,
        enumerable: true,
      });
    }
  }
  return performance;
}
