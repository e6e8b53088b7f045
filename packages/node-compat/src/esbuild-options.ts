import type { BuildOptions, Plugin } from "esbuild";
import type { BundleOptions } from "./bundle.js";
import { decoratorMetadata } from "./decorator-metadata.js";
import { foundRuntime } from "./found-runtime.js";
import { entrySource } from "./entry-source.js";

/** How an app is bundled, whatever the plugins make of its built-ins. */
export function esbuildOptions(options: BundleOptions, ...plugins: Plugin[]) {
  const { entry, outfile, root, source, sourceMap } = options;
  return {
    entryPoints: [entry],
    absWorkingDir: root,
    outfile,
    write: false,
    metafile: true,
    bundle: true,
    format: "esm",
    // Not "node", which would leave every built-in in the bundle, also those that the engine lacks.
    platform: "neutral",
    mainFields: ["module", "main"],
    conditions: ["node", "module"],
    // esbuild's own, and the one that Node tries last.
    resolveExtensions: [".tsx", ".ts", ".jsx", ".js", ".css", ".json", ".node"],
    target: "es2023",
    // Not minified: bytecode carries no source text, and stack traces keep the names and lines as written.
    sourcemap: "external",
    legalComments: "none",
    charset: "utf8",
    // See bundler-helpers.ts, which takes back most of it.
    keepNames: true,
    logLevel: "silent",
    plugins: [
      ...plugins,
      ...(options.runtimeFrom === undefined ? [] : [foundRuntime(options.runtimeFrom)]),
      decoratorMetadata(entry, source),
      ...(source === undefined ? [] : [entrySource(entry, source, sourceMap)]),
    ],
  } satisfies BuildOptions;
}
