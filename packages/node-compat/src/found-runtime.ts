import type { Plugin } from "esbuild";
import { ASKED, isAsked } from "./installed-package.js";

/** esbuild plugin: finds @laconic/runtime from another folder when the importer's project does not have it. */
export function foundRuntime(folder: string): Plugin {
  return {
    name: "laconic-found-runtime",
    setup(build) {
      build.onResolve({ filter: /^@laconic\/runtime(?:\/library)?$/ }, async (args) => {
        if (isAsked(args)) return undefined;
        const { path, importer, resolveDir, kind } = args;
        const own = await build.resolve(path, { importer, resolveDir, kind, pluginData: ASKED });
        if (own.errors.length === 0) return own;
        return build.resolve(path, { resolveDir: folder, kind, pluginData: ASKED });
      });
    },
  };
}
