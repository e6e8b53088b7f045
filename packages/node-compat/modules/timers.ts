import type { Any } from "./internal/any.js";
import promisesModule, {
  setImmediate as setImmediatePromise,
  setTimeout as setTimeoutPromise,
} from "./timers/promises.js";

const custom = Symbol.for("nodejs.util.promisify.custom");

export const setTimeout = globalThis.setTimeout as Any;
export const clearTimeout = globalThis.clearTimeout as Any;
export const setInterval = globalThis.setInterval as Any;
export const clearInterval = globalThis.clearInterval as Any;
export const setImmediate = globalThis.setImmediate as Any;
export const clearImmediate = globalThis.clearImmediate as Any;
export const promises = promisesModule;

for (const [timer, promise] of [
  [setTimeout, setTimeoutPromise],
  [setImmediate, setImmediatePromise],
]) {
  Object.defineProperty(timer, custom, { get: () => promise, enumerable: true, configurable: true });
}

/** The deprecated timers of objects: `active` starts the one that `enroll` set. */
export function enroll(item: Any, milliseconds: number): void {
  item._idleTimeout = milliseconds;
}

export function unenroll(item: Any): void {
  clearTimeout(item._idleTimer);
  item._idleTimeout = -1;
}

export function active(item: Any): void {
  clearTimeout(item._idleTimer);
  if (item._idleTimeout >= 0) item._idleTimer = setTimeout(() => item._onTimeout?.(), item._idleTimeout);
}

export function _unrefActive(item: Any): void {
  active(item);
  item._idleTimer?.unref();
}

export default {
  setTimeout,
  clearTimeout,
  setImmediate,
  clearImmediate,
  setInterval,
  clearInterval,
  _unrefActive,
  active,
  enroll,
  unenroll,
  promises,
};
