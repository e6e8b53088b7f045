import type { OnResolveArgs, OnResolveResult, Plugin } from "esbuild";
import { builtins, findBuiltin } from "./builtins.js";

/** Namespace of the modules that turn `require("node:x")` into an import the engine can link. */
const REQUIRED = "laconic-required";
/** Namespace of the empty modules that stand in for what cannot be had. */
const ABSENT = "laconic-absent";

/**
 * esbuild plugin: the engine's built-ins stay imports; one that the engine lacks is taken from node_modules
 * when a package of that name is installed, and is otherwise left for esbuild to report at its place
 * (which it does not inside try/catch, where an app copes with the absence itself).
 */
export function nodeCompat(): Plugin {
  return {
    name: "laconic-node-compat",
    setup(build) {
      build.onResolve({ filter: builtinFilter() }, resolveBuiltin);
      build.onLoad({ filter: /.*/, namespace: REQUIRED }, ({ path }) => ({
        contents: `import * as builtin from ${JSON.stringify(path)};\nmodule.exports = builtin.default ?? builtin;`,
        loader: "js",
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

function resolveBuiltin(args: OnResolveArgs): OnResolveResult | undefined {
  const builtin = findBuiltin(args.path);
  if (builtin?.support !== "native") return undefined;
  const path = `node:${builtin.name}`;
  // QuickJS links only ES imports, so a CommonJS require goes through a module that imports.
  if (args.kind === "require-call") return { path, namespace: REQUIRED };
  return { path, external: true, sideEffects: false };
}
