// What the app's main() registered, by the name that @laconic/runtime and this shim share.
import { LaconicError } from "./laconic-errors.mjs";

/**
 * @typedef {(event: unknown, context: object) => Promise<unknown>} Handler
 * @typedef {(event: unknown, context: object, sink: object) => Promise<void>} StreamingHandler
 * @typedef {object} Registered
 * @property {{
 *   name: string, description: string, functions: readonly { name: string, options: unknown, adapter: { kind: string } }[],
 *   handler(name: string): Handler, streamingHandler(name: string): StreamingHandler
 * }} service
 * @property {(functionName: string, eventJson: string, contextJson: string) => string | PromiseLike<string>} dispatch
 */

/** @returns {Registered} @throws {LaconicError} LAC6301 */
export function registered() {
  const found = /** @type {Record<symbol, Registered | undefined>} */ (/** @type {unknown} */ (globalThis))[
    Symbol.for("laconic.service")
  ];
  if (found) return found;
  throw new LaconicError(
    "LAC6301",
    "the app registered no service: call main() while the module loads, at its top level and not in a callback.",
  );
}
