import type { OnResolveArgs, OnResolveResult, Plugin, PluginBuild } from "esbuild";
import { findBuiltin } from "../builtins.js";
import { isAsked, isPackage } from "../installed-package.js";
import { ADDON } from "../native-addon.js";
import { builtinFilter } from "../plugin.js";

/**
 * esbuild plugin: every built-in and every native addon stays an import of the bundle, supported or not, so that what
 * tree shaking left can be read from there.
 */
export function boundary(): Plugin {
  return {
    name: "laconic-boundary",
    setup(build) {
      build.onResolve({ filter: builtinFilter() }, (args) => resolveBuiltin(args, build));
      build.onResolve({ filter: ADDON }, ({ path }) => ({ path, external: true, sideEffects: false }));
      // A package may have one for its main file: whoever requires the package then calls this module's wrapper.
      build.onLoad({ filter: /\.node$/ }, () => ({ contents: "module.exports = undefined;", loader: "js" }));
    },
  };
}

async function resolveBuiltin(args: OnResolveArgs, build: PluginBuild): Promise<OnResolveResult | undefined> {
  if (isAsked(args)) return undefined;
  const builtin = findBuiltin(args.path);
  if (builtin?.support === "unsupported" && (await isPackage(args, build))) return undefined;
  const path = builtin ? `node:${builtin.name}` : args.path;
  return { path, external: true, sideEffects: false };
}
