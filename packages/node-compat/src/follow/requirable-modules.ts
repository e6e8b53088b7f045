import { dirname, isAbsolute, join, relative } from "node:path";
import type { OnLoadResult, Plugin, PluginBuild } from "esbuild";
import { findBuiltin } from "../builtins.js";
import { placeOf } from "../module-places.js";
import { MODULES } from "../plugin.js";
import type { Asked } from "./asked.js";

/** The virtual module that tells the library's `require` what the bundle holds, evaluated before the app. */
const PRELUDE = "laconic:requirable-modules";

/** A module of the bundle, and the names that it is looked for by. */
interface Entry {
  readonly keys: readonly string[];
  /** Absolute path, or the specifier of what stays outside of the bundle. */
  readonly file: string;
}

/** Writes the module that keeps what is required by name. */
export type Registry = (entries: readonly Entry[]) => string;

/** In the library, whose `require` is kept with it: no module names it, only what the bundler writes. */
export const libraryRegistry: Registry = (entries) =>
  [
    `import { laconicRequire } from ${JSON.stringify(`${MODULES}internal/requirable.js`)};`,
    registryOf("internal/requirable.js")(entries),
    "requirable([], laconicRequire);",
  ].join("\n");

/** In a bundle for Node, whose own `require` has what stays outside. */
export const nodeRegistry: Registry = (entries) =>
  registryOf("internal/requirable-in-node.js")(entries.filter(({ file }) => isAbsolute(file)));

/** In a bundle that is only read. */
export const readRegistry: Registry = (entries) =>
  `globalThis.laconicRequirable = [${entries.map(({ file }) => load(file)).join(", ")}];`;

function registryOf(module: string): Registry {
  return (entries) =>
    [
      `import { requirable } from ${JSON.stringify(`${MODULES}${module}`)};`,
      ...entries.map(({ keys, file }) => `requirable(${JSON.stringify(keys)}, ${load(file)});`),
    ].join("\n");
}

function load(file: string): string {
  return `() => require(${JSON.stringify(file)})`;
}

/** Whether a place in the sources is one of the virtual module. */
export function isRequirablePlace(file: string): boolean {
  return file.includes(PRELUDE);
}

/**
 * esbuild plugin: takes the given modules into the bundle, each evaluated when it is first required.
 *
 * @param missing told which of them cannot be found
 */
export function requirableModules(
  asked: readonly Asked[],
  registry: Registry,
  missing: (asked: Asked) => void = () => undefined,
): Plugin {
  return {
    name: "laconic-requirable-modules",
    setup(build) {
      if (asked.length === 0) return;
      const { initialOptions } = build;
      initialOptions.inject = [...(initialOptions.inject ?? []), PRELUDE];
      build.onResolve({ filter: /^laconic:requirable-modules$/ }, ({ path }) => ({
        path,
        namespace: PRELUDE,
        sideEffects: true,
      }));
      build.onLoad({ filter: /.*/, namespace: PRELUDE }, async (): Promise<OnLoadResult> => {
        const found = await Promise.all(asked.map(async (one) => ({ one, file: await fileOf(one, build) })));
        for (const { one, file } of found) if (file === undefined) missing(one);
        return { contents: registry(entriesOf(found, build)), loader: "js", resolveDir: MODULES };
      });
    },
  };
}

/** The module's file, or the specifier of a built-in; undefined for what is not installed. */
async function fileOf({ importer, specifier }: Asked, build: PluginBuild): Promise<string | undefined> {
  if (findBuiltin(specifier) !== undefined) return specifier;
  const resolveDir = dirname(importer);
  const { path, errors, namespace } = await build.resolve(specifier, {
    kind: "require-call",
    importer,
    resolveDir,
  });
  if (errors.length > 0) return undefined;
  return namespace === "file" ? path : specifier;
}

interface Found {
  readonly one: Asked;
  readonly file: string | undefined;
}

function entriesOf(found: readonly Found[], build: PluginBuild): Entry[] {
  const root = build.initialOptions.absWorkingDir ?? process.cwd();
  const filesByKey = new Map<string, Set<string>>();
  const named = found.flatMap(({ one, file }) => {
    if (file === undefined) return [];
    const keys = keysOf(one, file, root);
    for (const key of keys) filesByKey.set(key, (filesByKey.get(key) ?? new Set()).add(file));
    return [{ keys, file }];
  });
  // A path that two modules mean differently tells nothing without the module that asks.
  const isClear = (key: string): boolean => !key.startsWith(".") || filesByKey.get(key)!.size === 1;
  return named.map(({ keys, file }) => ({ keys: keys.filter(isClear), file }));
}

/** By what names `modules/internal/known-modules.ts` looks for it. */
function keysOf({ importer, specifier }: Asked, file: string, root: string): string[] {
  const inPackage = (path: string): string => `/${placeOf(relative(root, path))}`;
  const own = isAbsolute(file) ? [inPackage(file)] : [];
  if (isAbsolute(specifier)) return [...own, inPackage(specifier)];
  if (/^\.{1,2}(?:\/|$)/.test(specifier))
    return [...own, inPackage(join(dirname(importer), specifier)), specifier];
  return [...own, `${inPackage(importer)}\0${specifier}`, specifier.replace(/^node:/, "")];
}
