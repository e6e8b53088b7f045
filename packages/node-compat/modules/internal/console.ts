import type { Any } from "./any.js";
import { table } from "../console/table.js";
import { format, inspect } from "../util/inspect.js";

/**
 * How the engine's console prints what is neither text nor a number. A module of its own beside the app's bundle, which
 * the engine evaluates when it is first needed.
 */
Object.defineProperty(globalThis, Symbol.for("laconic.format"), {
  value: {
    format,
    inspect,
    table: (data: Any, columns: Any): string => table(data, columns) ?? format(data),
  },
  configurable: true,
});
