import { noSocketServer, noTerminal, oneThread, useNodeShim, v8Only, type Builtin } from "../builtin.js";

const rows: Readonly<Record<string, readonly [reason: string, wayOut: string]>> = {
  "assert/strict": [
    "the engine has no strict variant of assert",
    'import { strict } from a package such as "assert", or use "node:assert"',
  ],
  cluster: [oneThread, "Lambda scales by running more sandboxes: remove the cluster set-up"],
  constants: ["deprecated in Node", 'import the constants from "node:fs" or "node:os"'],
  diagnostics_channel: [
    "the engine has no diagnostics channels yet",
    'install the npm package "dc-polyfill", or ' + useNodeShim,
  ],
  "dns/promises": ["the engine has callback DNS only", 'use "node:dns" through util.promisify'],
  domain: ["deprecated in Node", "use try/catch and async_hooks' AsyncLocalStorage"],
  http: [
    "the engine has no HTTP server or client of Node's kind yet",
    "use fetch for outgoing requests, and a fetch-style app such as Hono for incoming ones",
  ],
  http2: [noSocketServer, useNodeShim],
  inspector: [v8Only, useNodeShim],
  "inspector/promises": [v8Only, useNodeShim],
  module: ["the engine loads one module, compiled at build time", "import what createRequire would load"],
  "path/posix": ["the engine has one path module, and it is POSIX", 'use "node:path"'],
  "path/win32": ["the engine has one path module, and it is POSIX", 'use "node:path"'],
  punycode: ["deprecated in Node", 'install the npm package "punycode"'],
  readline: [noTerminal, "read lines from the string or the stream that holds them"],
  "readline/promises": [noTerminal, "read lines from the string or the stream that holds them"],
  repl: [noTerminal, "leave it out"],
  sea: [v8Only, "leave it out"],
  sqlite: ["the engine has no SQLite", useNodeShim],
  stream: [
    "the engine has web streams only",
    'use the Web Streams of "node:stream/web", or install the npm package "readable-stream"',
  ],
  "stream/consumers": [
    "the engine has web streams only",
    "read a Web Stream with new Response(stream).text() or .json()",
  ],
  "stream/promises": ["the engine has web streams only", "use ReadableStream's pipeTo()"],
  sys: ["deprecated in Node", 'use "node:util"'],
  test: ["tests do not run inside the library", "keep test files out of the app's imports"],
  "test/reporters": ["tests do not run inside the library", "keep test files out of the app's imports"],
  "timers/promises": [
    "the engine has callback timers only",
    "await new Promise((resolve) => setTimeout(resolve, ms))",
  ],
  tls: ["the engine makes TLS connections only for fetch and https", "use fetch, or " + useNodeShim],
  trace_events: [v8Only, useNodeShim],
  "util/types": ["the engine has no separate util/types", 'use typeof and instanceof, or "node:util"'],
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
