import {
  build,
  type BuildFailure,
  type BuildOptions,
  type Message,
  type OutputFile,
  type Plugin,
} from "esbuild";
import { entrySource } from "./entry-source.js";
import { BundleError } from "./errors.js";
import { explain, unresolvedSpecifier, type Graph } from "./explain.js";
import { nodeCompat, standIn } from "./plugin.js";

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
  readonly warnings: readonly string[];
}

/**
 * Bundles an app into one ES module for the engine.
 *
 * @throws {BundleError} naming every unsupported built-in, unresolved import and syntax error, each with its place
 */
export async function bundle(options: BundleOptions): Promise<Bundle> {
  const { metafile, outputFiles, warnings } = await build(esbuildOptions(options)).catch(
    async (failure: BuildFailure) => {
      if (!Array.isArray(failure.errors)) throw failure;
      const graph = await readGraph(options, failure.errors);
      throw new BundleError(failure.errors.map((error) => explain(error, graph)));
    },
  );
  const output = Object.values(metafile.outputs).find(({ entryPoint }) => entryPoint !== undefined);
  return {
    code: text(outputFiles, ".mjs"),
    map: text(outputFiles, ".map"),
    inputs: Object.entries(output?.inputs ?? {}).map(([path, { bytesInOutput }]) => ({
      path,
      bytes: bytesInOutput,
    })),
    warnings: warnings.map(warningLine),
  };
}

function text(files: readonly OutputFile[], ending: string): string {
  return files.find(({ path }) => path.endsWith(ending))?.text ?? "";
}

function esbuildOptions(options: BundleOptions, ...plugins: Plugin[]) {
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
    target: "es2023",
    // Not minified: bytecode carries no source text, and stack traces keep the names and lines as written.
    sourcemap: "external",
    legalComments: "none",
    charset: "utf8",
    logLevel: "silent",
    plugins: [
      ...plugins,
      nodeCompat(),
      ...(source === undefined ? [] : [entrySource(entry, source, sourceMap)]),
    ],
  } satisfies BuildOptions;
}

/** A second pass with stand-ins for what is missing, because a failed build leaves no graph to read the chain from. */
async function readGraph(options: BundleOptions, errors: readonly Message[]): Promise<Graph | undefined> {
  const missing = errors.flatMap(({ text }) => unresolvedSpecifier(text) ?? []);
  if (missing.length === 0) return undefined;
  try {
    const { metafile } = await build(esbuildOptions(options, standIn(missing)));
    const entry = Object.values(metafile.outputs).find(({ entryPoint }) => entryPoint)?.entryPoint;
    return entry === undefined ? undefined : { metafile, entry };
  } catch {
    return undefined; // another error, say of syntax, hides the graph: the message goes without its chain
  }
}

function warningLine({ text, location }: Message): string {
  return location ? `${location.file}:${location.line}:${location.column + 1}: ${text}` : text;
}
