import { existsSync } from "node:fs";
import { extname } from "node:path";
import type { Loader, Plugin } from "esbuild";
import { withCommonJsNames } from "./commonjs-entry.js";
import { exactly } from "./plugin.js";

const loaders: Readonly<Record<string, Loader>> = {
  ".ts": "ts",
  ".mts": "ts",
  ".cts": "ts",
  ".tsx": "tsx",
  ".jsx": "jsx",
};

/**
 * esbuild plugin: serves the given text for the entry, also to modules that import the entry back,
 * because a build never edits the user's file.
 *
 * @param entry absolute path of the entry module
 * @param sourceMap version 3 map, as JSON, from `source` to the entry's own text
 */
export function entrySource(entry: string, source: string, sourceMap?: string): Plugin {
  const comment = sourceMap
    ? `\n//# sourceMappingURL=data:application/json;base64,${Buffer.from(sourceMap).toString("base64")}\n`
    : "";
  return {
    name: "laconic-entry-source",
    setup(build) {
      // There need be no such file. If there is, esbuild finds it: what a plugin finds is read without its tsconfig.json.
      build.onResolve({ filter: exactly(entry) }, ({ kind }) =>
        kind === "entry-point" && !existsSync(entry) ? { path: entry } : undefined,
      );
      build.onLoad({ filter: exactly(entry), namespace: "file" }, () => ({
        contents: withCommonJsNames(entry, source) + comment,
        loader: loaders[extname(entry)] ?? "js",
      }));
    },
  };
}
