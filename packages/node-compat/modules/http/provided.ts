import type { Any } from "../internal/any.js";

/** What the dispatcher finds of this module, by a name that both sides know: see its `http/node-http.ts`. */
const PROVIDED = Symbol.for("laconic.http");

export interface Provided {
  /** Evaluates the classes of an exchange. */
  classes?: () => object;
  /** In the order in which they began to listen. */
  servers?: Any[];
}

export const provided: Provided = ((globalThis as Any)[PROVIDED] ??= {});
