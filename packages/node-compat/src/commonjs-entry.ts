import { readFileSync } from "node:fs";
import { dirname, extname, join } from "node:path";

/** What a CommonJS module writes to, at the beginning of a statement or given on. */
const WRITES = /(?<![\w$.])(?:module\.exports|exports\.[\w$]+\s*=|exports\[)/;
/** A name of the module's own, which stands for something else. */
const DECLARES = /\b(?:import|const|let|var|function|class)\s+(?:\{[^}]*\b|\*\s*as\s+)?(?:module|exports)\b/;

/**
 * The entry of a TypeScript project that is compiled to CommonJS may import and write to `module.exports` beside each other. The
 * rewriter's export makes an ES module of it, which has no such names: it is given them, on the first line, so that every line stays.
 *
 * @param entry absolute path
 */
export function withCommonJsNames(entry: string, source: string): string {
  if (!WRITES.test(source) || DECLARES.test(source) || isEsModule(entry)) return source;
  return `var module = { exports: {} }, exports = module.exports; ${source}`;
}

/** Whether the file is an ES module whatever it says, in which Node has no such names either. */
function isEsModule(file: string): boolean {
  if (/^\.m[jt]s$/.test(extname(file))) return true;
  if (/^\.c[jt]s$/.test(extname(file))) return false;
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    try {
      const { type } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { type?: string };
      return type === "module";
    } catch {
      if (folder === dirname(folder)) return false;
    }
  }
}
