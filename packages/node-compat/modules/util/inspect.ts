import type {} from "../internal/lazy.js";
import { promiseDetails, proxyDetails } from "laconic:node";
import type { Any } from "../internal/any.js";

let loaded: Any;

/** Node's own inspect, taken out of it: loaded by the first app that prints an object. */
function extracted(): Any {
  if (loaded !== undefined) return loaded;
  // The build makes the package look here for what only the engine knows.
  (globalThis as Any)[Symbol.for("laconic.details")] = { promise: promiseDetails, proxy: proxyDetails };

  return (loaded = require("node-inspect-extracted"));
}

export const custom = Symbol.for("nodejs.util.inspect.custom");

export const inspect: Any = function inspect(value: unknown, ...options: Any[]): string {
  return extracted().inspect(value, ...options);
};

inspect.custom = custom;

const forwarded = (name: string): PropertyDescriptor => ({
  get: () => extracted().inspect[name],
  set: (value) => (extracted().inspect[name] = value),
  enumerable: true,
  configurable: true,
});
Object.defineProperties(inspect, {
  defaultOptions: forwarded("defaultOptions"),
  colors: forwarded("colors"),
  styles: forwarded("styles"),
});

export function format(...args: Any[]): string {
  // Most calls are one text, which is already what it will be.
  if (args.length === 1 && typeof args[0] === "string") return args[0];
  return extracted().format(...args);
}

export function formatWithOptions(options: Any, ...args: Any[]): string {
  return extracted().formatWithOptions(options, ...args);
}

export function stripVTControlCharacters(text: string): string {
  return extracted().stripVTControlCharacters(text);
}
