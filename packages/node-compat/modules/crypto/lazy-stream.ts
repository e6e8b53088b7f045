import type { Any } from "../internal/any.js";

/** Of a stream's members, those by which programs and other streams begin to use one. */
const METHODS = [
  ...["on", "once", "off", "addListener", "removeListener", "removeAllListeners", "prependListener"],
  ...["prependOnceListener", "emit", "listeners", "rawListeners", "listenerCount", "eventNames"],
  ...["setMaxListeners", "getMaxListeners", "pipe", "unpipe", "unshift", "push", "read", "resume", "pause"],
  ...["isPaused", "setEncoding", "destroy", "write", "end", "cork", "uncork", "setDefaultEncoding", "wrap"],
  ...["iterator", "compose", "map", "filter", "forEach", "toArray", "some", "find", "every", "reduce"],
];
const PROPERTIES = [
  ...[
    "_readableState",
    "_writableState",
    "_events",
    "readable",
    "writable",
    "destroyed",
    "closed",
    "errored",
  ],
  ...["readableEnded", "writableEnded", "readableFlowing", "readableLength", "writableLength"],
  ...["writableFinished", "readableHighWaterMark", "writableHighWaterMark", "readableObjectMode"],
  ...["writableObjectMode", "writableCorked", "writableNeedDrain", "readableEncoding", "allowHalfOpen"],
  ...["readableAborted", "readableDidRead", "writableAborted"],
];

const STATES = ["_events", "_readableState", "_writableState", "allowHalfOpen"];

/** Gives the options with which an instance is made a stream; undefined for what is no instance. */
export const STREAM_OPTIONS = Symbol("kOptions");

/**
 * A class to inherit from, which turns into a stream when something first asks for one. Hashes and ciphers are streams,
 * hardly any program uses them so, and the streams would be the largest part of a small app's start.
 */
function lazyStream(kind: "Transform" | "Writable"): Any {
  const Base: Any = function LazyStream() {};
  const prototype = Base.prototype;
  const upgraded = new WeakSet<object>();
  const standIns: PropertyKey[] = [];

  function upgrade(instance: Any): void {
    const Stream = require("node:stream")[kind];
    if (standIns.length > 0) become(Stream);
    const options = instance[STREAM_OPTIONS]?.();
    // A prototype has none, and is looked at by the stream's own constructor.
    if (options === undefined || upgraded.has(instance)) return;
    upgraded.add(instance);
    // Own properties of the constructor's making must not meet the accessors.
    for (const name of STATES) {
      Object.defineProperty(instance, name, {
        value: undefined,
        writable: true,
        configurable: true,
        enumerable: true,
      });
    }
    Stream.call(instance, options);
  }

  function become(Stream: Any): void {
    for (const name of standIns.splice(0)) Reflect.deleteProperty(prototype, name);
    for (const name of STATES) Object.defineProperty(prototype, name, untilUpgraded(name));
    Object.setPrototypeOf(prototype, Stream.prototype);
    Object.setPrototypeOf(Base, Stream);
  }

  /** Instances that were made before are streams as soon as one of a stream's methods looks at their state. */
  function untilUpgraded(name: string): PropertyDescriptor {
    return {
      configurable: true,
      get(this: Any) {
        upgrade(this);
        return Object.hasOwn(this, name) ? this[name] : undefined;
      },
      set(this: Any, value: unknown) {
        Object.defineProperty(this, name, { value, writable: true, configurable: true, enumerable: true });
      },
    };
  }

  const standIn = (name: PropertyKey, descriptor: PropertyDescriptor): void => {
    standIns.push(name);
    Object.defineProperty(prototype, name, { ...descriptor, configurable: true });
  };
  for (const name of [...METHODS, Symbol.asyncIterator]) {
    const value = function (this: Any, ...rest: Any[]): Any {
      upgrade(this);
      return this[name](...rest);
    };
    standIn(name, { writable: true, value });
  }
  for (const name of PROPERTIES) {
    const get = function (this: Any): Any {
      upgrade(this);
      return this[name];
    };
    const set = function (this: Any, value: unknown): void {
      upgrade(this);
      this[name] = value;
    };
    standIn(name, { get, set });
  }
  return Base;
}

const bases: { Transform?: Any; Writable?: Any } = {};

/** Lets a class inherit from the lazy stream, and have these methods. */
export function extendLazyStream(Class: Any, kind: "Transform" | "Writable", methods: Any): void {
  const Base = (bases[kind] ??= lazyStream(kind));
  Object.setPrototypeOf(Class.prototype, Base.prototype);
  Object.setPrototypeOf(Class, Base);
  for (const name of Reflect.ownKeys(methods)) {
    Object.defineProperty(Class.prototype, name, {
      value: methods[name],
      writable: true,
      configurable: true,
      enumerable: typeof name === "string",
    });
  }
}
