import type { Builtin } from "../builtin.js";

/** Supplied by the engine itself; `engine.json` lists the same names. */
const names = [
  "assert",
  "async_hooks",
  "buffer",
  "child_process",
  "console",
  "crypto",
  "dgram",
  "dns",
  "events",
  "fs",
  "fs/promises",
  "https",
  "net",
  "os",
  "path",
  "perf_hooks",
  "process",
  "stream/web",
  "string_decoder",
  "timers",
  "tty",
  "url",
  "util",
  "zlib",
] as const;

export const engine: readonly Builtin[] = names.map((name) => ({ name, support: "native" }));
