import { placeOf } from "./module-places.js";

/**
 * esbuild's helper for a `require` or `import()` of a path with unknown parts. Its parameters have other names where a module has
 * such names at its top.
 */
const HELPER =
  /^var __glob = \((\w+)\) => \((\w+)\) => \{\n {2}var (\w+) = \1\[\2\];\n {2}if \(\3\) return \3\(\);\n {2}throw new Error\("Module not found in bundle: " \+ \2\);\n\};$/m;

/** As Node looks for a file, and then the sources that the bundler compiled. */
const ENDINGS = ["", ".js", ".json", ".node", ".ts", ".tsx", ".jsx", ".cjs", ".cts", ".mjs", ".mts"];

/** Finds the key of a file in a glob's map: the path without what it says twice, and the endings that Node tries. */
const FIND = `var __globFind = (map, path) => {
  var parts = [], ends = ${JSON.stringify(ENDINGS)};
  for (var part of String(path).split("/")) part === ".." && parts.length > 0 && parts.at(-1) !== ".." ? parts.pop() : part === "" || part === "." || parts.push(part);
  var key = (parts[0] === ".." ? "" : "./") + parts.join("/");
  for (var base of [key, key + "/index", key.replace(/\\.[cm]?js$/, "")]) for (var end of ends) if (Object.hasOwn(map, base + end)) return map[base + end];
};`.replaceAll(/\n\s*/g, " ");

const NOT_FOUND = `throw Object.assign(new Error("Cannot find module '" + path + "': the library holds the modules that the build saw, and no others"), { code: "MODULE_NOT_FOUND", requireStack: [] });`;

/** The library's `require`, by the name that the bundle has for it. */
const LOOKUP = /^function (laconicRequire\d*)\(/m;

/** Where esbuild says which module a glob is of. */
const OF_MODULE = /\/\/ (?:require|import)\(".*"\) in (.+)$/gm;

/**
 * Lets a glob find what Node does: a path without its extension, a folder's index. An `import()` rejects for what is not there. What
 * the bundler's own patterns do not match, `src/follow` has looked for. Every line of the bundle stays where it is.
 */
export function withNodesGlobs(code: string): string {
  if (!HELPER.test(code)) return code;
  const lookup = LOOKUP.exec(code)?.[1];
  const missing = lookup === undefined ? NOT_FOUND : `return ${lookup}(path, from);`;
  const modules = [...code.matchAll(OF_MODULE)];
  return code
    .replace(/\b__glob\(\{\}\)/g, (written, offset: number) => {
      const of = modules.findLast(({ index }) => index < offset)?.[1];
      return of === undefined ? written : `__glob({}, ${JSON.stringify(`/${placeOf(of)}`)})`;
    })
    .replace(/\b(globImport\w*) = __glob\(/g, "$1 = __glbi(")
    .replace(
      HELPER,
      () => `${FIND} var __glob = (map, from) => (path) => {
  var fn = __globFind(map, path);
  if (fn) return fn();
  ${missing}
}, __glbi = (map) => async (path) => __glob(map)(path);`,
    );
}
