import { posix } from "node:path";

/** For esbuild's `define`: the names by which a module asks for its own place, and those that the bundle has for them. */
export const MODULE_PLACES = {
  __dirname: "laconicModuleDirname",
  __filename: "laconicModuleFilename",
  "import.meta.url": "laconicModuleUrl",
  "import.meta.dirname": "laconicModuleDirname",
  "import.meta.filename": "laconicModuleFilename",
  // Its other properties, and the object itself.
  "import.meta": "laconicModuleMeta",
};

/**
 * What a module asks of its own place, by the names that the bundle has for the folder of the function; and its `import.meta`, by
 * the name of what makes one.
 */
const BASES: Readonly<Record<string, (path: string) => string>> = {
  laconicModuleDirname: (path) => ` + ${JSON.stringify(suffix(posix.dirname(path)))}`,
  laconicModuleFilename: (path) => ` + ${JSON.stringify(suffix(path))}`,
  laconicModuleUrl: (path) => ` + ${JSON.stringify(suffix(asUrl(path)))}`,
  laconicModuleMeta: (path) => `(${JSON.stringify(suffix(path))}, ${JSON.stringify(suffix(asUrl(path)))})`,
};
const NAMES = new RegExp(`\\b(?:${Object.keys(BASES).join("|")})\\b`, "g");

/**
 * Gives each module of a bundle its own `__dirname`, `__filename` and `import.meta`: the folder of the function, and in it
 * the place that the module has in the project. Every letter of the rest stays in its place, so that the source map holds.
 *
 * @param code what esbuild made, with its comment before each module
 * @param inputs paths of the modules, relative to the project
 */
export function withModulePlaces(code: string, inputs: Readonly<Record<string, unknown>>): string {
  const heads = moduleHeads(code, inputs);
  const added = new Map<string, { readonly variable: string; readonly base: string }>();
  const placed = code.replace(NAMES, (name, offset: number) => {
    const head = heads.findLast(({ index }) => index < offset);
    // Where the folder itself comes from.
    if (head === undefined || /\binternal\/(?:module-place|requirable-in-node)\.js$/.test(head.path))
      return name;
    const value = name + BASES[name]!(placeOf(head.path));
    const known = added.get(value);
    if (known !== undefined) return known.variable;
    const variable = `${name.slice(0, "laconicM".length)}${added.size}`.padEnd(name.length, "$");
    added.set(value, { variable, base: name });
    return variable;
  });
  let result = placed;
  for (const [value, { variable, base: name }] of added) {
    // At the end of the line, where it moves nothing. It may lie in a function, so the declaration is made elsewhere.
    const base = new RegExp(`^.*\\b${name} = [^;]*;.*$`, "m");
    result = result.replace(base, (line) => `${line} ${variable} = ${value};`);
  }
  return added.size === 0
    ? result
    : `${result}var ${[...added.values()].map(({ variable }) => variable).join(", ")};\n`;
}

/** Where each module begins, by esbuild's comment in front of it, in the bundle's order. */
export function moduleHeads(
  code: string,
  inputs: Readonly<Record<string, unknown>>,
): { readonly index: number; readonly path: string }[] {
  return [...code.matchAll(/^[ ]*\/\/ (.+)$/gm)].flatMap(({ index, 1: path = "" }) =>
    path in inputs ? [{ index, path }] : [],
  );
}

function asUrl(path: string): string {
  return encodeURI(path).replaceAll("?", "%3F").replaceAll("#", "%23");
}

function suffix(path: string): string {
  return path === "." || path === "" ? "" : `/${path}`;
}

/** Its place in the package: what lies outside of the project is beside it, as if installed there. */
export function placeOf(path: string): string {
  const installed = path.lastIndexOf("node_modules/");
  if (installed >= 0) return path.slice(installed);
  return path.startsWith("../") || path.includes(":") ? posix.basename(path) : path;
}
