import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import type { OnLoadArgs, OnLoadResult, OnResolveArgs, OnResolveResult, Plugin, PluginBuild } from "esbuild";
import { isShipped, type Builtin } from "./builtin.js";
import { builtins, findBuiltin } from "./builtins.js";
import { isAsked, isPackage } from "./installed-package.js";
import { completedNative, completedShipped, lackingExports, lackingModule } from "./lacking.js";
import { ADDON } from "./native-addon.js";

/** Namespace of the modules that give `require("node:x")` what Node's own require gives: the default export. */
const REQUIRED = "laconic-required";
/** Namespace of the modules in front of built-ins that lack some exports. */
export const COMPLETED = "laconic-completed";
/** Namespace of the modules that fail in place of what the library lacks. */
const LACKING = "laconic-lacking";
/** Namespace of the empty modules that stand in for what cannot be had. */
const ABSENT = "laconic-absent";
/** Where the built-ins that ship in the library lie, compiled: `stream.js`, `fs/promises.js`. */
export const MODULES = fileURLToPath(new URL("../dist/modules/", import.meta.url));

/**
 * esbuild plugin: the engine's built-ins stay imports, and those that this package ships are bundled. One that there is
 * not is taken from node_modules when a package of that name is installed, and otherwise fails when it is evaluated.
 *
 * Shipped modules have one more kind of specifier: `laconic:sockets` is a private module of the engine.
 */
export function nodeCompat(): Plugin {
  return {
    name: "laconic-node-compat",
    setup(build) {
      build.onResolve({ filter: builtinFilter() }, (args) => resolveBuiltin(args, build));
      build.onResolve({ filter: ADDON }, ({ path }) => ({ path, namespace: LACKING, sideEffects: false }));
      build.onResolve({ filter: /^laconic:/ }, resolvePrivate);
      build.onLoad({ filter: /.*/, namespace: REQUIRED }, ({ path }) => ({
        contents: requiredModule(path),
        loader: "js",
        resolveDir: MODULES,
      }));
      build.onLoad({ filter: /.*/, namespace: COMPLETED }, ({ path }) => ({
        contents: completed(path),
        loader: "js",
        resolveDir: MODULES,
      }));
      const lacking = ({ path }: OnLoadArgs): OnLoadResult => ({
        contents: lackingModule(path),
        loader: "js",
      });
      build.onLoad({ filter: /.*/, namespace: LACKING }, lacking);
      build.onLoad({ filter: /\.node$/ }, ({ path, ...args }) => lacking({ ...args, path: basename(path) }));
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
  return anyOf([text]);
}

/** Matches each of them, whole. */
export function anyOf(texts: readonly string[]): RegExp {
  return new RegExp(`^(?:${texts.map(escape).join("|")})$`);
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
}

/** Only these specifiers cross from esbuild's Go side into the plugin: everything else resolves at full speed. */
export function builtinFilter(): RegExp {
  return new RegExp(`^(node:.*|${builtins.map(({ name }) => escape(name)).join("|")})$`);
}

async function resolveBuiltin(args: OnResolveArgs, build: PluginBuild): Promise<OnResolveResult | undefined> {
  if (isAsked(args)) return undefined;
  const { path: specifier, kind, namespace } = args;
  const builtin = findBuiltin(specifier);
  if (builtin === undefined || builtin.support === "unsupported") {
    if (await isPackage(args, build)) return undefined;
    return { path: specifier, namespace: LACKING, sideEffects: false };
  }
  const path = `node:${builtin.name}`;
  const isRequired = kind === "require-call" && namespace !== REQUIRED;
  if (isRequired) return { path, namespace: REQUIRED, sideEffects: false };
  const isImported = kind === "import-statement" && namespace !== REQUIRED && namespace !== COMPLETED;
  if (isImported && lackingExports(builtin).length > 0)
    return { path, namespace: COMPLETED, sideEffects: false };
  if (isShipped(builtin)) return { path: fileOf(builtin), sideEffects: false };
  return { path, external: true, sideEffects: false };
}

/** Only shipped modules may name what is private to them and the engine; for anybody else there is no such thing. */
function resolvePrivate({ path, importer }: OnResolveArgs): OnResolveResult | undefined {
  if (!importer.startsWith(MODULES)) return undefined;
  return { path, external: true, sideEffects: false };
}

/** An import and not a require: QuickJS links only imports, and esbuild keeps of a module only what is imported. */
function requiredModule(specifier: string): string {
  const text = JSON.stringify(specifier);
  const builtin = findBuiltin(specifier);
  if (builtin && isShipped(builtin)) return `import builtin from ${text};\nmodule.exports = builtin;`;
  return `import * as builtin from ${text};\nmodule.exports = builtin.default ?? builtin;`;
}

function completed(specifier: string): string {
  const builtin = findBuiltin(specifier)!;
  return isShipped(builtin)
    ? completedShipped(builtin, fileOf(builtin))
    : completedNative(builtin, specifier);
}

function fileOf({ name }: Builtin): string {
  return `${MODULES}${name}.js`;
}
