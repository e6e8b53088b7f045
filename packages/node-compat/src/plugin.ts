import { fileURLToPath } from "node:url";
import type { OnResolveArgs, OnResolveResult, Plugin } from "esbuild";
import { isShipped } from "./builtin.js";
import { builtins, findBuiltin } from "./builtins.js";

/** Namespace of the modules that give `require("node:x")` what Node's own require gives: the default export. */
const REQUIRED = "laconic-required";
/** Namespace of the empty modules that stand in for what cannot be had. */
const ABSENT = "laconic-absent";
/** Where the built-ins that ship in the library lie, compiled: `stream.js`, `fs/promises.js`. */
const MODULES = fileURLToPath(new URL("../dist/modules/", import.meta.url));

/**
 * esbuild plugin: the engine's built-ins stay imports, and those that this package ships are bundled. One that there is
 * not is taken from node_modules when a package of that name is installed, and is otherwise left for esbuild to report
 * at its place (which it does not inside try/catch, where an app copes with the absence itself).
 *
 * Shipped modules have two more kinds of specifier: `engine:util` is the engine's own version of a built-in, and
 * `laconic:sockets` a private module of the engine.
 */
export function nodeCompat(): Plugin {
  return {
    name: "laconic-node-compat",
    setup(build) {
      build.onResolve({ filter: builtinFilter() }, resolveBuiltin);
      build.onResolve({ filter: /^(engine|laconic):/ }, resolvePrivate);
      build.onLoad({ filter: /.*/, namespace: REQUIRED }, ({ path }) => ({
        contents: requiredModule(path),
        loader: "js",
        resolveDir: MODULES,
      }));
    },
  };
}

/** esbuild plugin: empty modules for the given specifiers, so that the graph around them can be read. */
export function standIn(specifiers: readonly string[]): Plugin {
  return {
    name: "laconic-stand-in",
    setup(build) {
      const filter = new RegExp(`^(${specifiers.map(escape).join("|")})$`);
      build.onResolve({ filter }, ({ path }) => ({ path, namespace: ABSENT }));
      build.onLoad({ filter: /.*/, namespace: ABSENT }, () => ({
        contents: "module.exports = {};",
        loader: "js",
      }));
    },
  };
}

/** Matches a whole specifier or path, whatever characters it has. */
export function exactly(text: string): RegExp {
  return new RegExp(`^${escape(text)}$`);
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
}

/** Only these specifiers cross from esbuild's Go side into the plugin: everything else resolves at full speed. */
function builtinFilter(): RegExp {
  return new RegExp(`^(node:.*|${builtins.map(({ name }) => escape(name)).join("|")})$`);
}

function resolveBuiltin({ path: specifier, kind, namespace }: OnResolveArgs): OnResolveResult | undefined {
  const builtin = findBuiltin(specifier);
  if (builtin === undefined || builtin.support === "unsupported") return undefined;
  const path = `node:${builtin.name}`;
  const isRequired = kind === "require-call" && namespace !== REQUIRED;
  if (isRequired) return { path, namespace: REQUIRED, sideEffects: false };
  if (isShipped(builtin)) return { path: `${MODULES}${builtin.name}.js`, sideEffects: false };
  return { path, external: true, sideEffects: false };
}

/** Only shipped modules may name what is private to them and the engine; for anybody else there is no such thing. */
function resolvePrivate({ path, importer }: OnResolveArgs): OnResolveResult | undefined {
  if (!importer.startsWith(MODULES)) return undefined;
  return { path: path.replace(/^engine:/, "node:"), external: true, sideEffects: false };
}

/** An import and not a require: QuickJS links only imports, and esbuild keeps of a module only what is imported. */
function requiredModule(specifier: string): string {
  const text = JSON.stringify(specifier);
  const builtin = findBuiltin(specifier);
  if (builtin && isShipped(builtin)) return `import builtin from ${text};\nmodule.exports = builtin;`;
  return `import * as builtin from ${text};\nmodule.exports = builtin.default ?? builtin;`;
}
