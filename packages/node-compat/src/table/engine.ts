import type { Builtin } from "../builtin.js";

/** Supplied by the engine itself; `engine.json` lists the same names. */
const names = [
  "child_process",
  "console",
  "crypto",
  "dgram",
  "dns",
  "fs",
  "fs/promises",
  "https",
  "net",
  "os",
  "perf_hooks",
  "stream/web",
  "tty",
  "zlib",
] as const;

export const engine: readonly Builtin[] = names.map((name) => ({ name, support: "native" }));
