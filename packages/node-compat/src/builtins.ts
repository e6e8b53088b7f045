import type { Builtin } from "./builtin.js";
import { assertStrict } from "./table/assert-strict.js";
import { assert } from "./table/assert.js";
import { asyncHooks } from "./table/async-hooks.js";
import { buffer } from "./table/buffer.js";
import { diagnosticsChannel } from "./table/diagnostics-channel.js";
import { engine } from "./table/engine.js";
import { events } from "./table/events.js";
import { http } from "./table/http.js";
import { pathPosix } from "./table/path-posix.js";
import { pathWin32 } from "./table/path-win32.js";
import { path } from "./table/path.js";
import { process } from "./table/process.js";
import { punycode } from "./table/punycode.js";
import { querystring } from "./table/querystring.js";
import { streamConsumers } from "./table/stream-consumers.js";
import { streamPromises } from "./table/stream-promises.js";
import { stream } from "./table/stream.js";
import { stringDecoder } from "./table/string-decoder.js";
import { timersPromises } from "./table/timers-promises.js";
import { timers } from "./table/timers.js";
import { unsupported } from "./table/unsupported.js";
import { url } from "./table/url.js";
import { utilTypes } from "./table/util-types.js";
import { util } from "./table/util.js";

/** Every Node built-in, sorted by name. The generated documentation page is this table. */
export const builtins: readonly Builtin[] = [
  assertStrict,
  assert,
  asyncHooks,
  buffer,
  diagnosticsChannel,
  ...engine,
  events,
  http,
  pathPosix,
  pathWin32,
  path,
  process,
  punycode,
  querystring,
  streamConsumers,
  streamPromises,
  stream,
  stringDecoder,
  timersPromises,
  timers,
  ...unsupported,
  url,
  utilTypes,
  util,
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
