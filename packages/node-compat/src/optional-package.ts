import type { BuildFailure, Message, Plugin } from "esbuild";
import { asCommonJs, writingExports } from "./commonjs-exports.js";
import { noModules, withoutFiles } from "./no-module.js";
import { unresolvedSpecifier } from "./explain.js";
import { anyOf } from "./plugin.js";

/** Namespace of the modules that fail in place of packages that nobody installed. */
const OPTIONAL = "laconic-optional";

/**
 * What installed packages require or import() where they are called, and nobody installed: drivers, peers for features
 * that an app does not use. Node fails there only when it gets there. The app's own code is held to what it names.
 *
 * @param failure what esbuild rejected with
 */
export function optionalPackages(failure: unknown): string[] {
  const { errors } = failure as BuildFailure;
  return Array.isArray(errors) ? [...new Set(errors.flatMap((error) => optionalPackage(error) ?? []))] : [];
}

/** The specifier of an error about such a package; undefined for every other error. */
export function optionalPackage({ text, location, notes }: Message): string | undefined {
  const specifier = unresolvedSpecifier(text);
  // esbuild says how a failure could be left to run time, of the two kinds of import alone that can be.
  const isCall = notes.some((note) => /"require" call|"\.catch\(\)"/.test(note.text));
  const isInstalled = location?.file.includes("node_modules/") ?? false;
  return isCall && isInstalled && specifier !== undefined && !/^[./]/.test(specifier) ? specifier : undefined;
}

/** esbuild plugin: modules in place of the given packages that fail as Node does. */
export function withoutPackages(specifiers: readonly string[]): Plugin {
  return {
    name: "laconic-optional-packages",
    setup(build) {
      if (specifiers.length === 0) return;
      build.onResolve({ filter: anyOf(specifiers) }, ({ path, kind }) =>
        kind === "import-statement" ? undefined : { path, namespace: OPTIONAL, sideEffects: true },
      );
      build.onLoad({ filter: /.*/, namespace: OPTIONAL }, ({ path }) => {
        const message = JSON.stringify(`Cannot find module '${path}'`);
        return {
          contents: `throw Object.assign(new Error(${message}), { code: "MODULE_NOT_FOUND", requireStack: [] });`,
          loader: "js",
        };
      });
    },
  };
}

/**
 * Builds, and again with what a build tells: without the optional packages that are missing, without what is no module in a folder
 * of modules, and with modules compiled to CommonJS that write to `module.exports` beside `export`.
 */
export async function buildWithoutOptional<Built extends { readonly warnings: readonly Message[] }>(
  build: (...plugins: Plugin[]) => Promise<Built>,
  root: string,
): Promise<Built> {
  const packages = new Set<string>();
  const files = new Set<string>();
  const commonJs = new Set<string>();
  for (;;) {
    const before = packages.size + files.size + commonJs.size;
    const isAsBefore = (): boolean => packages.size + files.size + commonJs.size === before;
    try {
      const plugins = [withoutPackages([...packages]), withoutFiles([...files]), asCommonJs(commonJs)];
      const built = await build(...plugins);
      writingExports(built.warnings, root).forEach((file) => commonJs.add(file));
      if (isAsBefore()) return built;
    } catch (failure) {
      optionalPackages(failure).forEach((name) => packages.add(name));
      noModules(failure).forEach((file) => files.add(file));
      if (isAsBefore()) throw failure;
    }
  }
}
