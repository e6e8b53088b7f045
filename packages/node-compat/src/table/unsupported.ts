import { noTerminal, useNodeShim, v8Only, type Builtin } from "../builtin.js";

const rows: Readonly<Record<string, readonly [reason: string, wayOut: string]>> = {
  repl: [noTerminal, "leave it out"],
  sea: [v8Only, "leave it out"],
  sqlite: ["the engine has no SQLite", useNodeShim],
  test: ["tests do not run inside the library", "keep test files out of the app's imports"],
  "test/reporters": ["tests do not run inside the library", "keep test files out of the app's imports"],
  wasi: ["the engine has no WebAssembly", useNodeShim],
};

export const unsupported: readonly Builtin[] = Object.entries(rows).map(([name, [reason, wayOut]]) => ({
  name,
  support: "unsupported",
  reason,
  wayOut,
}));
