import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import { createPathsMatcher } from "get-tsconfig";
import type { OpenFile } from "../file.js";
import type { Source } from "../source.js";
import { tsconfigFor } from "./select.js";

const MOST_MODULES = 5000;
const ENDINGS = ["", ".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs"];
const IMPORT = /(?:\bfrom\b|\bimport\b|\brequire\b)\s*\(?\s*(["'`])([^"'`\n]+)\1/g;

/**
 * The app's own modules that an entry module leads to, itself left out: relative imports and the path aliases of the
 * tsconfig. Found by their text, which may name too many but costs no parsing; what is in them is then decided by syntax.
 */
export function importedModules(entry: OpenFile, tsconfig: string | undefined, cwd: string): Source[] {
  const config = tsconfigFor(entry.location, tsconfig, cwd);
  const aliases = config ? createPathsMatcher(config) : null;
  const found = new Map<string, Source>();
  const visit = (location: string, text: string): void => {
    for (const [, , name] of text.matchAll(IMPORT)) {
      const next = locate(name!, location, aliases);
      if (next === undefined || found.has(next) || next === entry.location || found.size >= MOST_MODULES)
        continue;
      const module = { path: relative(cwd, next), text: readFileSync(next, "utf8") };
      found.set(next, module);
      visit(next, module.text);
    }
  };
  visit(entry.location, entry.source.text);
  return [...found.values()];
}

function locate(
  name: string,
  from: string,
  aliases: ((name: string) => string[]) | null,
): string | undefined {
  const candidates = name.startsWith(".") ? [resolve(dirname(from), name)] : (aliases?.(name) ?? []);
  return candidates.flatMap(spellings).find((path) => existsSync(path) && statSync(path).isFile());
}

// `./app.js` may mean app.ts, and a folder its index.
function spellings(path: string): string[] {
  const asTypeScript = path.replace(/\.([cm]?)js(x?)$/, ".$1ts$2");
  const bases = [path, ...(asTypeScript === path ? [] : [asTypeScript, asTypeScript.replace(/ts$/, "tsx")])];
  return [
    ...bases.flatMap((base) => ENDINGS.map((ending) => base + ending)),
    ...ENDINGS.slice(1).map((e) => resolve(path, `index${e}`)),
  ];
}
