import { isEsModule } from "./module-format.js";

/** What a CommonJS module writes to, at the beginning of a statement or given on. */
const WRITES = /(?<![\w$.])(?:module\.exports|exports\.[\w$]+\s*=|exports\[)/;
/** Without one the bundler takes the module for what it is. */
const EXPORTS = /^\s*export\b/m;
/** A name of the module's own, which stands for something else. */
const DECLARES = /\b(?:import|const|let|var|function|class)\s+(?:\{[^}]*\b|\*\s*as\s+)?(?:module|exports)\b/;

/**
 * The entry of a TypeScript project that is compiled to CommonJS may import and write to `module.exports` beside each other. The
 * rewriter's export makes an ES module of it, which has no such names: it is given them, on the first line, so that every line stays.
 *
 * @param entry absolute path
 */
export function withCommonJsNames(entry: string, source: string): string {
  if (!WRITES.test(source) || !EXPORTS.test(source) || DECLARES.test(source) || isEsModule(entry))
    return source;
  return `var module = { exports: {} }, exports = module.exports; ${source}`;
}
