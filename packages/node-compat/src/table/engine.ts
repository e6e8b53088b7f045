import type { Builtin } from "../builtin.js";

/** Supplied by the engine itself, as it is; `engine.json` lists the same names. */
const names = ["dgram"] as const;

export const engine: readonly Builtin[] = names.map((name) => ({ name, support: "native" }));
