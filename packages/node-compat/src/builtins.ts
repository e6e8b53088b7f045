import type { Builtin } from "./builtin.js";
import { engine } from "./table/engine.js";
import { querystring } from "./table/querystring.js";
import { unsupported } from "./table/unsupported.js";

/** Every Node built-in, sorted by name. The generated documentation page is this table. */
export const builtins: readonly Builtin[] = [...engine, querystring, ...unsupported].sort((a, b) =>
  a.name < b.name ? -1 : 1,
);

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
