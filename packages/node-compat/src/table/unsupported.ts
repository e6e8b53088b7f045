import { noSocketServer, noTerminal, oneThread, useNodeShim, v8Only, type Builtin } from "../builtin.js";

const rows: Readonly<Record<string, readonly [reason: string, wayOut: string]>> = {
  cluster: [oneThread, "Lambda scales by running more sandboxes: remove the cluster set-up"],
  constants: ["deprecated in Node", 'import the constants from "node:fs" or "node:os"'],
  "dns/promises": ["the engine has callback DNS only", 'use "node:dns" through util.promisify'],
  domain: ["deprecated in Node", "use try/catch and async_hooks' AsyncLocalStorage"],
  http2: [noSocketServer, useNodeShim],
  inspector: [v8Only, useNodeShim],
  "inspector/promises": [v8Only, useNodeShim],
  module: ["the engine loads one module, compiled at build time", "import what createRequire would load"],
  readline: [noTerminal, "read lines from the string or the stream that holds them"],
  "readline/promises": [noTerminal, "read lines from the string or the stream that holds them"],
  repl: [noTerminal, "leave it out"],
  sea: [v8Only, "leave it out"],
  sqlite: ["the engine has no SQLite", useNodeShim],
  sys: ["deprecated in Node", 'use "node:util"'],
  test: ["tests do not run inside the library", "keep test files out of the app's imports"],
  "test/reporters": ["tests do not run inside the library", "keep test files out of the app's imports"],
  tls: ["the engine makes TLS connections only for fetch and https", "use fetch, or " + useNodeShim],
  trace_events: [v8Only, useNodeShim],
  v8: [v8Only, useNodeShim],
  vm: ["the engine runs bytecode compiled at build time", useNodeShim],
  wasi: ["the engine has no WebAssembly", useNodeShim],
  worker_threads: [oneThread, useNodeShim],
};

export const unsupported: readonly Builtin[] = Object.entries(rows).map(([name, [reason, wayOut]]) => ({
  name,
  support: "unsupported",
  reason,
  wayOut,
}));
