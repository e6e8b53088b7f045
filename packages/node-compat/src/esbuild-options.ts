import type { BuildOptions, Plugin } from "esbuild";
import type { BundleOptions } from "./bundle.js";
import { decoratorMetadata } from "./decorator-metadata.js";
import { foundRuntime } from "./found-runtime.js";
import { entrySource } from "./entry-source.js";

/**
 * Node's resolution, to which esbuild adds `import` or `require`, by how a module is asked for, and `default`. Node does not
 * know the field `module`: it names ES modules that many packages never ran in Node. Of Node's conditions `node-addons` is
 * left out, also for Node: a package that has a version without native code gives the one with it, and @laconic/runtime tells by
 * it that no bundler asks.
 */
export const NODE_RESOLUTION = {
  mainFields: ["main"],
  conditions: ["node", "module-sync"],
};

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
    ...NODE_RESOLUTION,
    // TypeScript's in the app, which esbuild moves behind the last one of JavaScript in packages. So Node's come first there.
    resolveExtensions: [".tsx", ".ts", ".js", ".json", ".node", ".jsx", ".css"],
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
