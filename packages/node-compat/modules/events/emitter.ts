import type { Any, AnyFunction } from "../internal/any.js";
import { nodeError } from "../internal/errors.js";
import { nextTick } from "../process/ticks.js";
import { defaults } from "./target.js";
import { validateBoolean, validateFunction, validateNumber } from "../internal/validate.js";

type Name = string | symbol;
type Wrapped = AnyFunction & { listener?: AnyFunction };
type Entry = Wrapped | Wrapped[];

/** What an emitter keeps of its listeners. Mixed into any object, so everything here is looked up late. */
export interface Emitter {
  _events: Record<Name, Entry> | undefined;
  _eventsCount: number;
  _maxListeners: number | undefined;
  [name: Name]: Any;
}

export interface EmitterOptions {
  captureRejections?: boolean;
}

export const kCapture: unique symbol = Symbol("kCapture") as never;
export const kShapeMode: unique symbol = Symbol("shapeMode") as never;
export const kErrorMonitor: unique symbol = Symbol("events.errorMonitor") as never;
export const kRejection: unique symbol = Symbol.for("nodejs.rejection") as never;

/** Callable without `new`, as `EventEmitter.call(this)`, and as a class to extend. */
export function EventEmitter(this: Emitter, options?: EmitterOptions): void {
  EventEmitter.init.call(this, options);
}

EventEmitter.init = function (this: Emitter, options?: EmitterOptions): void {
  if (this._events === undefined || this._events === Object.getPrototypeOf(this)._events) {
    this._events = Object.create(null) as Record<Name, Entry>;
    this._eventsCount = 0;
    this._maxListeners ||= undefined;
    (this as Any)[kShapeMode] = false;
  } else {
    this._maxListeners ||= undefined;
    (this as Any)[kShapeMode] = true;
  }
  if (options?.captureRejections) {
    validateBoolean(options.captureRejections, "options.captureRejections");
    (this as Any)[kCapture] = true;
  } else {
    (this as Any)[kCapture] = (EventEmitter.prototype as Any)[kCapture];
  }
};

const prototype = EventEmitter.prototype as unknown as Emitter;
prototype._events = undefined;
prototype._eventsCount = 0;
prototype._maxListeners = undefined;
Object.defineProperty(prototype, kCapture, { value: false, writable: true, enumerable: false });

prototype.setMaxListeners = function setMaxListeners(this: Emitter, n: number) {
  validateNumber(n, "setMaxListeners", 0);
  this._maxListeners = n;
  return this;
};

prototype.getMaxListeners = function getMaxListeners(this: Emitter) {
  return maxListeners(this);
};

function maxListeners(emitter: Emitter): number {
  return emitter._maxListeners === undefined ? defaults.maxListeners : emitter._maxListeners;
}

prototype.emit = function emit(this: Emitter, name: Name, a?: Any, b?: Any, c?: Any) {
  const events = this._events;
  if (name === "error") {
    if (events !== undefined && events[kErrorMonitor] !== undefined) {
      // eslint-disable-next-line prefer-rest-params
      this.emit(kErrorMonitor, ...Array.prototype.slice.call(arguments, 1));
    }
    if (events === undefined || events["error"] === undefined) throw unheardError(a);
  } else if (events === undefined) {
    return false;
  }
  const entry = events[name];
  if (entry === undefined) return false;
  const count = arguments.length;
  const isCapturing = (this as Any)[kCapture] === true;
  if (typeof entry === "function" && count <= 4 && !isCapturing) {
    // By far the most events: one listener, few arguments, and no array for them.
    if (count === 1) entry.call(this);
    else if (count === 2) entry.call(this, a);
    else if (count === 3) entry.call(this, a, b);
    else entry.call(this, a, b, c);
    return true;
  }
  // eslint-disable-next-line prefer-rest-params
  const args = Array.prototype.slice.call(arguments, 1);
  if (typeof entry === "function") call(this, entry, name, args, isCapturing);
  // A copy: listeners that come or go while the event is told have no part in it.
  else for (const listener of entry.slice()) call(this, listener, name, args, isCapturing);
  return true;
};

function call(emitter: Emitter, listener: Wrapped, name: Name, args: Any[], isCapturing: boolean): void {
  const result = listener.apply(emitter, args);
  if (isCapturing && result !== undefined && result !== null) capture(emitter, result, name, args);
}

function capture(emitter: Emitter, promise: Any, name: Name, args: Any[]): void {
  if (!(emitter as Any)[kCapture]) return;
  try {
    const { then } = promise;
    if (typeof then === "function") {
      then.call(promise, undefined, (error: unknown) => nextTick(tellRejection, emitter, error, name, args));
    }
  } catch (error) {
    emitter.emit("error", error);
  }
}

function tellRejection(emitter: Emitter, error: unknown, name: Name, args: Any[]): void {
  if (typeof (emitter as Any)[kRejection] === "function") {
    (emitter as Any)[kRejection](error, name, ...args);
    return;
  }
  const before = (emitter as Any)[kCapture];
  // Off while the error is told, or a rejecting error handler would be told of itself without end.
  try {
    (emitter as Any)[kCapture] = false;
    emitter.emit("error", error);
  } finally {
    (emitter as Any)[kCapture] = before;
  }
}

function unheardError(error: unknown): unknown {
  if (error instanceof Error) return error;
  const wrapped = nodeError(Error, "ERR_UNHANDLED_ERROR", `Unhandled error. (${describe(error)})`);
  (wrapped as Any).context = error;
  return wrapped;
}

function describe(value: unknown): string {
  if (typeof value === "string") return `'${value}'`;
  try {
    return typeof value === "object" && value !== null ? JSON.stringify(value) : String(value);
  } catch {
    return "[object Object]";
  }
}

function checkListener(listener: unknown): asserts listener is Wrapped {
  validateFunction(listener, "listener");
}

function add(emitter: Emitter, name: Name, listener: Wrapped, isFirst: boolean): Emitter {
  checkListener(listener);
  let events = emitter._events;
  let entry: Entry | undefined;
  if (events === undefined) {
    events = emitter._events = Object.create(null) as Record<Name, Entry>;
    emitter._eventsCount = 0;
  } else {
    // Told before it is added, or a listener for "newListener" would be told of itself.
    if (events["newListener"] !== undefined) {
      emitter.emit("newListener", name, listener.listener ?? listener);
      events = emitter._events!;
    }
    entry = events[name];
  }
  if (entry === undefined) {
    events[name] = listener;
    ++emitter._eventsCount;
    return emitter;
  }
  if (typeof entry === "function") entry = events[name] = isFirst ? [listener, entry] : [entry, listener];
  else if (isFirst) entry.unshift(listener);
  else entry.push(listener);
  const limit = maxListeners(emitter);
  if (limit > 0 && entry.length > limit && !(entry as Any).warned) warnOfLeak(emitter, name, entry, limit);
  return emitter;
}

function warnOfLeak(emitter: Emitter, name: Name, entry: Wrapped[], limit: number): void {
  (entry as Any).warned = true;
  const kind = emitter.constructor?.name ?? "EventEmitter";
  const warning = Object.assign(
    new Error(
      `Possible EventEmitter memory leak detected. ${entry.length} ${String(name)} listeners added to [${kind}]. ` +
        `MaxListeners is ${limit}. Use emitter.setMaxListeners() to increase limit`,
    ),
    { name: "MaxListenersExceededWarning", emitter, type: name, count: entry.length },
  );
  // Evaluated now: hardly any emitter warns, and the whole of process is behind it.
  require("../process/node-process.js").default.emitWarning(warning);
}

prototype.addListener = function addListener(this: Emitter, name: Name, listener: AnyFunction) {
  return add(this, name, listener, false);
};
prototype.on = prototype.addListener;
prototype.prependListener = function prependListener(this: Emitter, name: Name, listener: AnyFunction) {
  return add(this, name, listener, true);
};

function onceWrapper(emitter: Emitter, name: Name, listener: AnyFunction): Wrapped {
  checkListener(listener);
  let isFired = false;
  const wrapper: Wrapped = function (this: Any, ...args: Any[]) {
    if (isFired) return undefined;
    emitter.removeListener(name, wrapper);
    isFired = true;
    return listener.apply(emitter, args);
  };
  wrapper.listener = listener;
  return wrapper;
}

prototype.once = function once(this: Emitter, name: Name, listener: AnyFunction) {
  return this.on(name, onceWrapper(this, name, listener));
};
prototype.prependOnceListener = function prependOnceListener(
  this: Emitter,
  name: Name,
  listener: AnyFunction,
) {
  return this.prependListener(name, onceWrapper(this, name, listener));
};

prototype.removeListener = function removeListener(this: Emitter, name: Name, listener: AnyFunction) {
  checkListener(listener);
  const events = this._events;
  const entry = events?.[name];
  if (events === undefined || entry === undefined) return this;
  if (entry === listener || (entry as Wrapped).listener === listener) {
    this._eventsCount -= 1;
    if ((this as Any)[kShapeMode]) events[name] = undefined as never;
    else if (this._eventsCount === 0) this._events = Object.create(null) as Record<Name, Entry>;
    else Reflect.deleteProperty(events, name);
    if (events["removeListener"] !== undefined)
      this.emit("removeListener", name, (entry as Wrapped).listener ?? listener);
  } else if (typeof entry !== "function") {
    const position = entry.findLastIndex((one) => one === listener || one.listener === listener);
    if (position < 0) return this;
    if (position === 0) entry.shift();
    else entry.splice(position, 1);
    if (entry.length === 1) events[name] = entry[0]!;
    if (events["removeListener"] !== undefined) this.emit("removeListener", name, listener);
  }
  return this;
};
prototype.off = prototype.removeListener;

prototype.removeAllListeners = function removeAllListeners(this: Emitter, name?: Name) {
  const events = this._events;
  if (events === undefined) return this;
  const isAll = arguments.length === 0;
  if (events["removeListener"] === undefined) {
    if (isAll) forgetAll(this);
    else if (events[name!] !== undefined) {
      if (--this._eventsCount === 0) this._events = Object.create(null) as Record<Name, Entry>;
      else Reflect.deleteProperty(events, name!);
    }
    return this;
  }
  // Somebody listens for removals, and hears of each.
  if (isAll) {
    for (const key of Reflect.ownKeys(events)) if (key !== "removeListener") this.removeAllListeners(key);
    this.removeAllListeners("removeListener");
    forgetAll(this);
    return this;
  }
  const entry = events[name!];
  if (typeof entry === "function") this.removeListener(name!, entry);
  else if (entry !== undefined)
    for (const listener of entry.toReversed()) this.removeListener(name!, listener);
  return this;
};

function forgetAll(emitter: Emitter): void {
  emitter._events = Object.create(null) as Record<Name, Entry>;
  emitter._eventsCount = 0;
}

prototype.listeners = function listeners(this: Emitter, name: Name) {
  return listenersOf(this, name).map((one) => one.listener ?? one);
};

prototype.rawListeners = function rawListeners(this: Emitter, name: Name) {
  return listenersOf(this, name);
};

function listenersOf(emitter: Emitter, name: Name): Wrapped[] {
  const entry = emitter._events?.[name];
  if (entry === undefined) return [];
  return typeof entry === "function" ? [entry] : entry.slice();
}

prototype.listenerCount = function listenerCount(this: Emitter, name: Name, listener?: AnyFunction) {
  const entry = this._events?.[name];
  if (entry === undefined) return 0;
  const isSame = (one: Wrapped) => one === listener || one.listener === listener;
  if (typeof entry === "function") return listener == null || isSame(entry) ? 1 : 0;
  return listener == null ? entry.length : entry.filter(isSame).length;
};

prototype.eventNames = function eventNames(this: Emitter) {
  return this._eventsCount > 0 ? Reflect.ownKeys(this._events!) : [];
};
