import type { Builtin } from "../builtin.js";
import { engineGaps } from "./engine-gaps.js";

/** Supplied by the engine itself; `engine.json` lists the same names. */
const names = ["dgram"] as const;

export const engine: readonly Builtin[] = names.map((name) => ({
  name,
  support: "native",
  ...(engineGaps[name] && { exports: engineGaps[name] }),
}));
