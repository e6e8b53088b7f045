import { enginePerformance } from "../globals/engine-performance.js";
import type { Any } from "../internal/any.js";
import { invalidArgValue, missingArgs, nodeError } from "../internal/errors.js";
import { validateNumber } from "../internal/validate.js";
import { structuredClone } from "../web/structured-clone.js";

/** Only this module's functions make entries; a program's own attempt fails, as in Node. */
const OURS = Symbol("laconic.entry");

export function illegalConstructor(): Error {
  return nodeError(TypeError, "ERR_ILLEGAL_CONSTRUCTOR", "Illegal constructor");
}

export class PerformanceEntry {
  readonly #name: string;
  readonly #type: string;
  readonly #start: number;
  readonly #duration: number;
  readonly #detail: unknown;

  constructor(ours?: unknown, name = "", type = "", start = 0, duration = 0, detail?: unknown) {
    if (ours !== OURS) throw illegalConstructor();
    this.#name = name;
    this.#type = type;
    this.#start = start;
    this.#duration = duration;
    this.#detail = detail;
  }

  get name(): string {
    return this.#name;
  }

  get entryType(): string {
    return this.#type;
  }

  get startTime(): number {
    return this.#start;
  }

  get duration(): number {
    return this.#duration;
  }

  static detailOf(entry: PerformanceEntry): unknown {
    return entry.#detail;
  }

  toJSON(): Any {
    const { name, entryType, startTime, duration } = this;
    const detail = this.#detail;
    return { name, entryType, startTime, duration, ...(detail !== undefined && { detail }) };
  }

  [Symbol.for("nodejs.util.inspect.custom")](depth: number, options: Any, inspect: Any): string {
    return `${this.constructor.name} ${inspect(this.toJSON(), { ...options, depth })}`;
  }
}

const { detailOf } = PerformanceEntry;
Reflect.deleteProperty(PerformanceEntry, "detailOf");

/** A call of a function that was timed. */
export function functionEntry(
  name: string,
  start: number,
  duration: number,
  args: unknown[],
): PerformanceEntry {
  const entry = new PerformanceEntry(OURS, name, "function", start, duration, args);
  args.forEach((value, index) => ((entry as Any)[index] = value));
  return entry;
}

/** Names of Node's own milestones, which no mark may take. */
const RESERVED = new Set([
  "nodeStart",
  "v8Start",
  "environment",
  "loopStart",
  "loopExit",
  "bootstrapComplete",
  "idleTime",
]);

export class PerformanceMark extends PerformanceEntry {
  constructor(name: string, options?: Any) {
    if (arguments.length === 0) throw missingArgs("name");
    const text = `${name}`;
    if (RESERVED.has(text)) throw invalidArgValue("name", text);
    const start = options?.startTime ?? enginePerformance.now();
    validateNumber(start, "startTime");
    if (start < 0) {
      throw nodeError(TypeError, "ERR_PERFORMANCE_INVALID_TIMESTAMP", `${start} is not a valid timestamp`);
    }
    super(OURS, text, "mark", start, 0, copyOf(options?.detail));
  }

  get detail(): unknown {
    return detailOf(this);
  }
}

export class PerformanceMeasure extends PerformanceEntry {
  get detail(): unknown {
    return detailOf(this);
  }
}

export class PerformanceResourceTiming extends PerformanceEntry {}

export function measureEntry(
  name: string,
  start: number,
  duration: number,
  detail: unknown,
): PerformanceMeasure {
  return new PerformanceMeasure(OURS, name, "measure", start, duration, copyOf(detail));
}

function copyOf(detail: unknown): unknown {
  return detail === undefined || detail === null ? null : structuredClone(detail);
}

for (const Class of [PerformanceMark, PerformanceMeasure, PerformanceResourceTiming]) {
  Object.defineProperty(Class.prototype, Symbol.toStringTag, { value: Class.name, configurable: true });
}
