/** How a Node built-in is had inside the library. */
export type Support = "native" | "unsupported";

/** One row of the table: a Node built-in and what becomes of an import of it. */
export interface Builtin {
  /** Name without the `node:` prefix, for example `fs/promises`. */
  readonly name: string;
  readonly support: Support;
  /** Why it is not there. Present exactly when `support` is `unsupported`. */
  readonly reason?: string;
  /** What to do instead. Present exactly when `support` is `unsupported`. */
  readonly wayOut?: string;
}

/** Supplied by the engine itself; `engine.json` lists the same names. */
const native = [
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

const useNodeShim =
  "deploy this app with the managed Node runtime instead, or leave the module out of the handler's path";
const noSocketServer = "the library answers requests in process and opens no port";
const oneThread = "the library is one JavaScript thread inside the host process";
const v8Only = "it exposes V8, and the library's engine is QuickJS";

const unsupported: Readonly<Record<string, readonly [reason: string, wayOut: string]>> = {
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
  querystring: ["the engine has no querystring", "use URLSearchParams"],
  readline: [
    "there is no terminal in a Lambda function",
    "read lines from the string or the stream that holds them",
  ],
  "readline/promises": [
    "there is no terminal in a Lambda function",
    "read lines from the string or the stream that holds them",
  ],
  repl: ["there is no terminal in a Lambda function", "leave it out"],
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

/** Every Node built-in, sorted by name. The generated documentation page is this table. */
export const builtins: readonly Builtin[] = [
  ...native.map((name): Builtin => ({ name, support: "native" })),
  ...Object.entries(unsupported).map(([name, [reason, wayOut]]): Builtin => ({
    name,
    support: "unsupported",
    reason,
    wayOut,
  })),
].sort((a, b) => (a.name < b.name ? -1 : 1));

const byName = new Map(builtins.map((builtin) => [builtin.name, builtin]));

/** Built-ins that exist only with the prefix: `test` without it is an npm package. */
const prefixOnly = new Set(["sea", "sqlite", "test", "test/reporters"]);

/**
 * The table's row for an import specifier.
 *
 * @param specifier as written in the source: `fs`, `node:fs`, `./local.js`, `hono`
 * @returns undefined when the specifier names no Node built-in
 */
export function findBuiltin(specifier: string): Builtin | undefined {
  if (specifier.startsWith("node:")) return byName.get(specifier.slice("node:".length));
  return prefixOnly.has(specifier) ? undefined : byName.get(specifier);
}
