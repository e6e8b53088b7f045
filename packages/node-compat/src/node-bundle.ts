import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  build,
  type BuildFailure,
  type Message,
  type OnResolveArgs,
  type Plugin,
  type PluginBuild,
} from "esbuild";
import { analyse } from "./check.js";
import { outputText, type BundleInput, type BundleOptions } from "./bundle.js";
import { BundleError } from "./errors.js";
import { esbuildOptions } from "./esbuild-options.js";
import { explainAll } from "./explain.js";
import type { Asked } from "./follow/asked.js";
import { withPlacedRequires } from "./follow/placed-requires.js";
import { nodeRegistry, requirableModules } from "./follow/requirable-modules.js";
import { withNodesGlobs } from "./glob-requires.js";
import { ASKED, isAsked } from "./installed-package.js";
import { MODULE_PLACES, withModulePlaces } from "./module-places.js";
import { isAddon, isNativePackage, packageFolder, packageName } from "./native-addon.js";
import { buildWithoutOptional } from "./optional-package.js";
import { withRequireOfEsm } from "./require-of-esm.js";

/** One ES module for Node that holds the whole app, but for the packages with native addons. */
export interface NodeBundle {
  readonly code: string;
  /** Source map, version 3, as JSON. */
  readonly map: string;
  readonly inputs: readonly BundleInput[];
  /** Folders of packages that stay outside of the bundle and have to be installed beside it. */
  readonly external: readonly string[];
  readonly warnings: readonly string[];
}

/** The oldest Node that Lambda offers. */
const TARGET = "node20";

/**
 * In front of the bundle: what CommonJS modules know, and the places that module-places.ts adds to. An app may declare
 * variables of any name at its top level, `URL` and `require` among them: only names of our own are read and declared here.
 */
const HEAD = [
  'import { createRequire as laconicCreateRequire } from "node:module";',
  'import { pathToFileURL as laconicPathToFileURL } from "node:url";',
  // What requirable-in-node.ts finds, if it is in the bundle.
  "var laconicFind = () => undefined;",
  "const laconicNodeRequire = laconicCreateRequire(import.meta.url);",
  "function laconicRequire(name, place) {",
  "  const kept = laconicFind(name, place);",
  "  return kept === undefined ? laconicNodeRequire(name) : kept.load();",
  "}",
  "globalThis.require ??= Object.assign((name) => laconicRequire(name), laconicNodeRequire);",
  "var laconicModuleDirname = import.meta.dirname;",
  "var laconicModuleFilename = import.meta.dirname;",
  "var laconicModuleUrl = laconicPathToFileURL(import.meta.dirname).href;",
  "function laconicMetaOf(path, place) {",
  "  const filename = import.meta.dirname + path, url = laconicModuleUrl + place;",
  "  const resolve = (name) => (/^\\.{0,2}\\//.test(name) ? new globalThis.URL(name, url).href : import.meta.resolve(name));",
  '  return { __proto__: null, dirname: filename.replace(/\\/[^/]*$/, ""), filename, main: false, resolve, url };',
  "}",
  "var laconicModuleMeta = laconicMetaOf;",
].join("\n");

/** How to bundle for Node. */
export interface NodeBundleOptions extends BundleOptions {
  /** Absolute path of a module that takes @laconic/runtime's place; what it imports of that name is the runtime itself. */
  readonly runtime?: string;
}

/**
 * Bundles an app into one ES module for Lambda's Node runtime, whichever of the two entries of @laconic/runtime it imports.
 *
 * @throws {BundleError} naming every unresolved import and syntax error with its place
 */
export async function bundleForNode(options: NodeBundleOptions): Promise<NodeBundle> {
  const bundled = await buildForNode(options, []);
  const mayAsk = MAY_ASK.test(bundled.code.replace(HEAD, "")) || (options.requires ?? []).length > 0;
  if (!mayAsk) return bundled;
  const { asked } = await analyse(options, nodeRuntime(options.runtime));
  const held = asked.filter(({ specifier }) => !specifier.endsWith(".node"));
  return held.length === 0 ? bundled : buildForNode(options, held);
}

/** What asks for modules in ways that the bundler does not follow. */
const MAY_ASK = /\bcreateRequire\b|(?<!function )\b__require\d*\((?!["')])|\b__glob\(\{\}/;

async function buildForNode(options: NodeBundleOptions, asked: readonly Asked[]): Promise<NodeBundle> {
  const external = new Set<string>();
  const built = await buildWithoutOptional(
    (...plugins) =>
      build({
        ...esbuildOptions(
          options,
          ...plugins,
          nodeRuntime(options.runtime),
          requirableModules(asked, nodeRegistry),
          nativePackages(external),
        ),
        platform: "node",
        target: TARGET,
        banner: { js: HEAD },
        define: MODULE_PLACES,
      }),
    options.root,
  ).catch((failure: BuildFailure) => {
    if (!Array.isArray(failure.errors)) throw failure;
    throw new BundleError(explainAll(failure.errors, undefined));
  });
  const { metafile, outputFiles, warnings } = built;
  const [output] = Object.values(metafile.outputs).filter(({ entryPoint }) => entryPoint !== undefined);
  const inputs = Object.entries(output?.inputs ?? {});
  const placed = (code: string): string =>
    asked.length === 0 ? code : withPlacedRequires(code, metafile.inputs);
  return {
    code: withModulePlaces(
      placed(withNodesGlobs(withRequireOfEsm(outputText(outputFiles, ".mjs")))),
      metafile.inputs,
    ),
    map: outputText(outputFiles, ".map"),
    inputs: inputs.map(([path, { bytesInOutput }]) => ({ path, bytes: bytesInOutput })),
    external: [...external].sort(),
    warnings: warnings.map(warningLine),
  };
}

/** esbuild plugin: an app that imports the library's entry gets Node's, which has the same functions, or what replaces it. */
function nodeRuntime(replacement?: string): Plugin {
  return {
    name: "laconic-node-runtime",
    setup(build) {
      build.onResolve({ filter: /^@laconic\/runtime(?:\/library)?$/ }, (args) => {
        const { path, importer, resolveDir, kind } = args;
        if (isAsked(args)) return undefined;
        if (replacement !== undefined && importer !== replacement) return { path: replacement };
        if (path === "@laconic/runtime") return undefined;
        return build.resolve("@laconic/runtime", { importer, resolveDir, kind });
      });
    },
  };
}

/** esbuild plugin: leaves packages with native addons to Node, which finds their files by their own rules. */
function nativePackages(external: Set<string>): Plugin {
  return {
    name: "laconic-native-packages",
    setup(build) {
      build.onResolve({ filter: /^[^./]/ }, async (args) => {
        if (isAsked(args) || args.path.startsWith("node:")) return undefined;
        const folder = await folderOf(args, build);
        if (folder === undefined || !hasAddon(folder)) return undefined;
        external.add(folder);
        return { path: args.path, external: true };
      });
    },
  };
}

async function folderOf(
  { path, importer, resolveDir, kind }: OnResolveArgs,
  build: PluginBuild,
): Promise<string | undefined> {
  const resolved = await build.resolve(path, { importer, resolveDir, kind, pluginData: ASKED });
  return resolved.errors.length > 0 || resolved.external ? undefined : packageFolder(resolved.path);
}

/** Whether its package.json, or a dependency that loads addons, shows that it has a native addon. */
function hasAddon(folder: string): boolean {
  if (isNativePackage(folder) || isAddon(packageName(folder))) return true;
  try {
    const { dependencies = {} } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
      dependencies?: Record<string, string>;
    };
    return Object.keys(dependencies).some(isAddon);
  } catch {
    return false;
  }
}

function warningLine({ text, location }: Message): string {
  return location ? `${location.file}:${location.line}:${location.column + 1}: ${text}` : text;
}
