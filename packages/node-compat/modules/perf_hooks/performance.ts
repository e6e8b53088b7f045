import { enginePerformance } from "../globals/engine-performance.js";
import type { Any, AnyFunction } from "../internal/any.js";
import { domException } from "../internal/dom-exception.js";
import { EventTarget } from "../web/event-target.js";
import { invalidArgType, missingArgs, nodeError } from "../internal/errors.js";
import {
  functionEntry,
  illegalConstructor,
  measureEntry,
  PerformanceMark,
  type PerformanceMeasure,
} from "./entry.js";
import { clear, entries, publish, startOf } from "./observer.js";

let isMade = false;

/** The class of the one object: the engine's clock, with the timeline that Node has beside it. */
export class Performance extends EventTarget {
  onresourcetimingbufferfull: unknown;

  constructor() {
    if (isMade) throw illegalConstructor();
    super();
    Reflect.deleteProperty(this, "onresourcetimingbufferfull");
  }

  get timeOrigin(): number {
    check(this);
    return enginePerformance.timeOrigin;
  }

  now(): number {
    check(this);
    return enginePerformance.now();
  }

  mark(name: string, options?: Any): PerformanceMark {
    check(this);
    if (arguments.length === 0) throw missingArgs("name");
    return publish(new PerformanceMark(name, options));
  }

  measure(name: string, startOrOptions?: Any, endMark?: string): PerformanceMeasure {
    check(this);
    if (arguments.length === 0) throw missingArgs("name");
    const { start, end, detail } = spanOf(startOrOptions, endMark);
    return publish(measureEntry(`${name}`, start, end - start, detail));
  }

  clearMarks(name?: string): void {
    check(this);
    clear("mark", name);
  }

  clearMeasures(name?: string): void {
    check(this);
    clear("measure", name);
  }

  clearResourceTimings(): void {
    check(this);
  }

  getEntries(): Any[] {
    check(this);
    return entries().getEntries();
  }

  getEntriesByName(name: string, type?: string): Any[] {
    check(this);
    if (arguments.length === 0) throw missingArgs("name");
    return entries().getEntriesByName(name, type);
  }

  getEntriesByType(type: string): Any[] {
    check(this);
    if (arguments.length === 0) throw missingArgs("type");
    return entries().getEntriesByType(type);
  }

  setResourceTimingBufferSize(): void {
    check(this);
  }

  toJSON(): Any {
    check(this);
    const { nodeTiming, timeOrigin } = this as Any;
    return { nodeTiming, timeOrigin, eventLoopUtilization: idle() };
  }

  [Symbol.for("nodejs.util.inspect.custom")](depth: number, options: Any, inspect: Any): string {
    const { nodeTiming, timeOrigin } = this as Any;
    return `Performance ${inspect({ nodeTiming, timeOrigin }, { ...options, depth: depth === null ? null : depth - 1 })}`;
  }
}

function check(self: unknown): void {
  if (self !== performance) {
    throw nodeError(TypeError, "ERR_INVALID_THIS", 'Value of "this" must be of type Performance');
  }
}

const idle = () => ({ idle: 0, active: 0, utilization: 0 });

function spanOf(startOrOptions: Any, endMark?: string): { start: number; end: number; detail: unknown } {
  const isSpan = typeof startOrOptions === "object" && startOrOptions !== null;
  // A number in the place of the first mark is no time, as in Node.
  const startMark = typeof startOrOptions === "string" ? startOrOptions : undefined;
  const span: Any = isSpan ? startOrOptions : { start: startMark, end: endMark };
  if (isSpan && span.start !== undefined && span.end !== undefined && span.duration !== undefined) {
    throw nodeError(
      TypeError,
      "ERR_PERFORMANCE_MEASURE_INVALID_OPTIONS",
      "Must not have options.start, options.end, and options.duration specified",
    );
  }
  const { duration, detail } = span;
  const given = timeOf(span.start);
  const from = timeOf(isSpan ? (endMark ?? span.end) : span.end);
  const end =
    from ?? (given !== undefined && duration !== undefined ? given + duration : enginePerformance.now());
  const start = given ?? (duration !== undefined && from !== undefined ? end - duration : 0);
  return { start, end, detail };
}

function timeOf(mark: Any): number | undefined {
  if (mark === undefined) return undefined;
  if (typeof mark === "number") {
    if (mark >= 0) return mark;
    throw nodeError(TypeError, "ERR_PERFORMANCE_INVALID_TIMESTAMP", `${mark} is not a valid timestamp`);
  }
  const start = startOf(`${mark}`);
  if (start !== undefined) return start;
  throw domException(`The "${mark}" performance mark has not been set`, "SyntaxError");
}

function timerify(callback: AnyFunction): AnyFunction {
  if (typeof callback !== "function") throw invalidArgType("fn", "Function", callback);
  function timerified(this: unknown, ...args: Any[]): Any {
    const start = enginePerformance.now();
    const result = new.target
      ? Reflect.construct(callback, args, callback)
      : Reflect.apply(callback, this, args);
    const done = () =>
      void publish(functionEntry(callback.name, start, enginePerformance.now() - start, args));
    if (!new.target && typeof result?.finally === "function") return result.finally(done);
    done();
    return result;
  }
  Object.defineProperty(timerified, "length", { value: callback.length, configurable: true });
  Object.defineProperty(timerified, "name", { value: `timerified ${callback.name}`, configurable: true });
  return timerified;
}

const milestones = {
  name: "node",
  entryType: "node",
  startTime: 0,
  get duration(): number {
    return enginePerformance.now();
  },
  nodeStart: 0,
  v8Start: 0,
  bootstrapComplete: 0,
  environment: 0,
  loopStart: -1,
  loopExit: -1,
  idleTime: 0,
};

const { prototype } = Performance;
// As those of every class of the platform.
for (const name of Object.getOwnPropertyNames(prototype)) {
  if (name !== "constructor") Object.defineProperty(prototype, name, { enumerable: true });
}
for (const [name, value] of Object.entries({
  eventLoopUtilization: idle,
  nodeTiming: milestones,
  markResourceTiming: () => undefined,
  timerify,
})) {
  Object.defineProperty(prototype, name, { value, writable: true, enumerable: false, configurable: true });
}
Object.defineProperty(prototype, Symbol.toStringTag, { value: "Performance", configurable: true });

export const performance = new Performance();
isMade = true;
