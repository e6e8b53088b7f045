import type { Any } from "../internal/any.js";

const own = Object.getOwnPropertyDescriptor(globalThis, "Intl");
let made: Any;

/** The engine's own Intl, which knows the time zones; asked for before another takes its place. */
export function engineIntl(): Any {
  return (made ??= read());
}

/** When it is first read, in its own place, it puts itself and its method of dates where ours are by now. */
function read(): Any {
  const intl = Object.getOwnPropertyDescriptor(globalThis, "Intl")!;
  const method = Object.getOwnPropertyDescriptor(Date.prototype, "toLocaleString")!;
  Object.defineProperty(globalThis, "Intl", own!);
  const found = globalThis.Intl;
  Object.defineProperty(globalThis, "Intl", intl);
  Object.defineProperty(Date.prototype, "toLocaleString", method);
  return found;
}
