import { resolve } from "node:path";
import { build, type BuildFailure, type Message, type OutputFile } from "esbuild";
import { analyse } from "./check.js";
import type { CompatibilityReport } from "./check/report.js";
import { doneAtBuild } from "./done-at-build.js";
import { BundleError } from "./errors.js";
import { esbuildOptions } from "./esbuild-options.js";
import { mayDecodeLegacy, withoutLegacyEncodings } from "./encodings.js";
import { explainAll } from "./explain.js";
import type { Asked } from "./follow/asked.js";
import { askedByEmptyGlobs } from "./follow/empty-globs.js";
import { withPlacedRequires } from "./follow/placed-requires.js";
import { libraryRegistry, requirableModules } from "./follow/requirable-modules.js";
import { withNodesGlobs } from "./glob-requires.js";
import { inspectDetails } from "./inspect-details.js";
import { withCheapHelpers } from "./bundler-helpers.js";
import { withModulePlaces } from "./module-places.js";
import { mayHaveListener, withoutListeners } from "./listener-apps.js";
import { nodeGlobals } from "./node-globals.js";
import { buildWithoutOptional } from "./optional-package.js";
import { COMPLETED, MODULES, nodeCompat } from "./plugin.js";
import { withRequireOfEsm } from "./require-of-esm.js";
import { withNodesRequire } from "./unknown-module.js";
import { everyGlobal, webGlobals, webGlobalsIn } from "./web-globals.js";

/** What to bundle and where to. All paths absolute. */
export interface BundleOptions {
  /** The entry module's file: relative imports resolve beside it, stack traces name it. */
  readonly entry: string;
  /** Text to bundle in place of the entry's own, because a build never edits the user's file. */
  readonly source?: string;
  /** Source map (version 3, JSON) from `source` to the entry's own text. */
  readonly sourceMap?: string;
  /** Where the caller will keep the bundle: source map paths are relative to it. Nothing is written. */
  readonly outfile: string;
  /**
   * Whether the user says what the app's own code that is made at run time uses (`eval`, `new Function`). By default it may
   * use anything, so the bundle brings along every global of the web platform.
   */
  readonly usesAreKnown?: boolean;
  /** Features that the user names: groups of globals, or parts of the engine, that nothing in the app's text tells of. */
  readonly uses?: readonly string[];
  /** Packages, files and folders of the project that a `require` of a computed name may ask for. */
  readonly requires?: readonly string[];
  /** Folder from which @laconic/runtime is found when the app's project does not have it. */
  readonly runtimeFrom?: string;
  /** Paths in messages and in the source map are relative to this folder. */
  readonly root: string;
}

/** One file that went into the bundle. */
export interface BundleInput {
  /** Relative to the root. */
  readonly path: string;
  /** Size in the bundle after tree shaking, in bytes. */
  readonly bytes: number;
}

/** One ES module that holds the whole app. */
export interface Bundle {
  readonly code: string;
  /** Source map, version 3, as JSON. */
  readonly map: string;
  readonly inputs: readonly BundleInput[];
  /** Globals that it brings along, for what it can reach. */
  readonly globals: readonly string[];
  readonly warnings: readonly string[];
  /** What of it may be lacking when it runs. */
  readonly report: CompatibilityReport;
}

/**
 * Bundles an app into one ES module for the engine. What it may only perhaps reach of what the library lacks fails where
 * it is reached.
 *
 * @throws {BundleError} naming everything lacking that is surely reached, every unresolved import and syntax error, each
 *   with its place
 */
export async function bundle(options: BundleOptions): Promise<Bundle> {
  // Side by side: the bundler has threads of its own.
  const [analysis, built] = await Promise.allSettled([analyse(options), buildWithGlobals(options)]);
  // The analysis explains better what the bundler stumbles over.
  if (analysis.status === "rejected") throw analysis.reason;
  const { report, problems } = analysis.value;
  const lacking = report.findings.filter(
    ({ reached, kind }) => reached === "load" && kind !== "dynamic-require",
  );
  if (lacking.length + problems.length > 0) throw new BundleError([...lacking, ...problems]);
  if (built.status === "rejected") throw explained(built.reason);
  const { asked } = analysis.value;
  const { metafile, outputFiles, warnings, names } =
    asked.length === 0 ? built.value : await buildWithGlobals(options, asked).catch(rethrowExplained);
  const output = Object.values(metafile.outputs).find(({ entryPoint }) => entryPoint !== undefined);
  const code = withNodesGlobs(
    withNodesRequire(withRequireOfEsm(withCheapHelpers(outputText(outputFiles, ".mjs")))),
  );
  return {
    code: withModulePlaces(
      asked.length === 0 ? code : withPlacedRequires(code, metafile.inputs),
      metafile.inputs,
    ),
    map: outputText(outputFiles, ".map"),
    inputs: Object.entries(output?.inputs ?? {}).map(([path, { bytesInOutput }]) => ({
      path,
      bytes: bytesInOutput,
    })),
    globals: names,
    warnings: warnings
      .filter((warning) => !isOurs(warning, options.root))
      .filter((warning) => askedByEmptyGlobs([warning], options.root).length === 0)
      .map(warningLine),
    report,
  };
}

/** What the dispatcher's part for Node listeners uses of the globals. */
const LISTENER_GLOBALS = ["Buffer", "process", "TextDecoder"];

/** Twice: only the finished bundle tells which globals of the web platform it names, and what its HTTP apps are. */
async function buildWithGlobals(options: BundleOptions, asked: readonly Asked[] = []) {
  const buildWith = (names: readonly string[], hasListener: boolean, hasLegacy: boolean) =>
    buildWithoutOptional(
      (...plugins) =>
        build({
          ...esbuildOptions(
            options,
            ...plugins,
            webGlobals(names, hasListener),
            nodeCompat(),
            requirableModules(asked, libraryRegistry),
            doneAtBuild(),
            inspectDetails(),
            ...(hasListener ? [] : [withoutListeners()]),
            ...(hasLegacy ? [] : [withoutLegacyEncodings()]),
          ),
          ...nodeGlobals,
        }),
      options.root,
    );
  const built = await buildWith([], false, false);
  const code = outputText(built.outputFiles, ".mjs");
  const map = outputText(built.outputFiles, ".map");
  const hasListener = mayHaveListener(code, built.metafile);
  const named = webGlobalsIn({ code, map }, built.metafile, options.usesAreKnown, options.uses);
  const hasLegacy =
    named === everyGlobal || options.uses?.includes("encodings") || mayDecodeLegacy(code, built.metafile);
  const names = hasListener ? [...new Set([...named, ...LISTENER_GLOBALS])] : named;
  const isDone = names.length === 0 && !hasLegacy;
  return { ...(isDone ? built : await buildWith(names, hasListener, hasLegacy)), names };
}

export function outputText(files: readonly OutputFile[], ending: string): string {
  return files.find(({ path }) => path.endsWith(ending))?.text ?? "";
}

function rethrowExplained(failure: unknown): never {
  throw explained(failure);
}

function explained(failure: unknown): unknown {
  const { errors } = failure as BuildFailure;
  return Array.isArray(errors) ? new BundleError(explainAll(errors, undefined)) : failure;
}

/** About what the plugin wrote itself, which knows that some imports are undefined. */
function isOurs({ location }: Message, root: string): boolean {
  if (location === null) return false;
  // What esbuild finds when it links modules tells the namespace only as a part of the file's name.
  const isCompleted = location.namespace === COMPLETED || location.file.startsWith(`${COMPLETED}:`);
  return isCompleted || resolve(root, location.file).startsWith(MODULES);
}

function warningLine({ text, location }: Message): string {
  return location ? `${location.file}:${location.line}:${location.column + 1}: ${text}` : text;
}
