import type { Any } from "../internal/any.js";

/**
 * Makes the class the global `Buffer`. The engine declares its own by a class declaration of the global scope, which a
 * property of the global object does not replace: only an assignment to the name does.
 */
export function setGlobalBuffer(value: Any): void {
  Buffer = value;
  globalThis.Buffer = value;
}
