import type { Builtin } from "./builtin.js";
import { assertStrict } from "./table/assert-strict.js";
import { assert } from "./table/assert.js";
import { asyncHooks } from "./table/async-hooks.js";
import { buffer } from "./table/buffer.js";
import { childProcess } from "./table/child-process.js";
import { cluster } from "./table/cluster.js";
import { console } from "./table/console.js";
import { constants } from "./table/constants.js";
import { crypto } from "./table/crypto.js";
import { dgram } from "./table/dgram.js";
import { diagnosticsChannel } from "./table/diagnostics-channel.js";
import { dnsPromises } from "./table/dns-promises.js";
import { dns } from "./table/dns.js";
import { domain } from "./table/domain.js";
import { events } from "./table/events.js";
import { fsPromises } from "./table/fs-promises.js";
import { fs } from "./table/fs.js";
import { http } from "./table/http.js";
import { http2 } from "./table/http2.js";
import { https } from "./table/https.js";
import { inspectorPromises } from "./table/inspector-promises.js";
import { inspector } from "./table/inspector.js";
import { module } from "./table/module.js";
import { net } from "./table/net.js";
import { os } from "./table/os.js";
import { pathPosix } from "./table/path-posix.js";
import { pathWin32 } from "./table/path-win32.js";
import { path } from "./table/path.js";
import { perfHooks } from "./table/perf-hooks.js";
import { process } from "./table/process.js";
import { punycode } from "./table/punycode.js";
import { querystring } from "./table/querystring.js";
import { readlinePromises } from "./table/readline-promises.js";
import { readline } from "./table/readline.js";
import { streamConsumers } from "./table/stream-consumers.js";
import { streamPromises } from "./table/stream-promises.js";
import { streamWeb } from "./table/stream-web.js";
import { stream } from "./table/stream.js";
import { stringDecoder } from "./table/string-decoder.js";
import { sys } from "./table/sys.js";
import { timersPromises } from "./table/timers-promises.js";
import { timers } from "./table/timers.js";
import { tls } from "./table/tls.js";
import { traceEvents } from "./table/trace-events.js";
import { tty } from "./table/tty.js";
import { unsupported } from "./table/unsupported.js";
import { url } from "./table/url.js";
import { utilTypes } from "./table/util-types.js";
import { util } from "./table/util.js";
import { v8 } from "./table/v8.js";
import { vm } from "./table/vm.js";
import { workerThreads } from "./table/worker-threads.js";
import { zlib } from "./table/zlib.js";

/** Every Node built-in, sorted by name. The generated documentation page is this table. */
export const builtins: readonly Builtin[] = [
  assertStrict,
  assert,
  asyncHooks,
  buffer,
  childProcess,
  cluster,
  console,
  constants,
  crypto,
  dgram,
  diagnosticsChannel,
  dnsPromises,
  dns,
  domain,
  events,
  fsPromises,
  fs,
  http,
  http2,
  https,
  inspectorPromises,
  inspector,
  module,
  net,
  os,
  pathPosix,
  pathWin32,
  path,
  perfHooks,
  process,
  punycode,
  querystring,
  readlinePromises,
  readline,
  streamConsumers,
  streamPromises,
  streamWeb,
  stream,
  stringDecoder,
  sys,
  timersPromises,
  timers,
  tls,
  traceEvents,
  tty,
  ...unsupported,
  url,
  utilTypes,
  util,
  v8,
  vm,
  workerThreads,
  zlib,
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
