import { join } from "node:path";
import type { LibraryBuilder } from "@laconic/docker-builder";
import { ArtifactFolder } from "../artifact-folder.js";
import { loadConfig } from "../config/load-config.js";
import { interruptible } from "../interruptible.js";
import { MANIFEST, readManifest, type Manifest } from "../manifest.js";
import { build, type PipelineOptions } from "../pipeline.js";
import type { Reporter } from "../reporter.js";
import { planShims } from "../shim-plan.js";
import type { ShimChoice } from "../shims.js";
import { loadSource, type Source } from "../stages/source.js";
import { size } from "../text.js";
import { openToolchain, type BuilderChoice } from "../toolchain.js";

export interface BuildOptions extends BuilderChoice, Pick<PipelineOptions, "sourceMaps"> {
  /** Folder for the artifacts; normally `.laconic` in the entry's project. */
  readonly outDir?: string;
  /** Default: what `laconic.config.ts` says, else `python`. */
  readonly shim?: ShimChoice;
  /** See {@link LaconicConfig.wrapper}. */
  readonly wrapper?: boolean;
}

/** A finished build and where its artifacts are. */
export interface Built {
  readonly folder: string;
  readonly manifest: Manifest;
}

/**
 * Builds the app of an entry module; what a failed build made is kept apart, for a look at it. Ctrl-C ends the
 * build and removes what it had made.
 *
 * @throws an error with a code: this package's or that of the package whose step failed
 */
export async function buildApp(entry: string, options: BuildOptions, reporter: Reporter): Promise<Built> {
  return interruptible(async (signal) => buildSource(signal, await loadSource(entry), options, reporter));
}

/** Builds the app, or with `build: false` takes the last build. @throws {LaconicError} LAC8006 when there was no build */
export async function buildOrLast(
  entry: string,
  options: BuildOptions & { readonly build: boolean },
  reporter: Reporter,
): Promise<Built> {
  if (options.build) return buildApp(entry, options, reporter);
  const folder = options.outDir ?? join((await loadSource(entry)).project, ".laconic");
  return { folder, manifest: await readManifest(join(folder, MANIFEST)) };
}

/** The same as {@link buildApp} for an app that was read already. */
export async function buildSource(
  signal: AbortSignal,
  source: Source,
  options: BuildOptions,
  reporter: Reporter,
): Promise<Built> {
  const folder = await ArtifactFolder.open(options.outDir ?? join(source.project, ".laconic"));
  let builder: LibraryBuilder | undefined;
  const openBuilder = async (): Promise<LibraryBuilder> =>
    (builder = await openToolchain(options, {
      workspace: source.project,
      artifacts: folder.path,
      signal,
      onProgress: (line) => reporter.line(`  ${line}`),
    }));
  try {
    const { config } = await loadConfig(source.project);
    const plan = await planShims(source, { ...options, config });
    if (plan.reason) reporter.line(`  shim ${plan.shim}: ${plan.reason}`);
    const watch = { listener: reporter, signal };
    const manifest = await build(source, { plan, openBuilder }, folder, watch, options);
    reporter.line();
    for (const file of Object.values(manifest.packages)) {
      reporter.line(`${folder.final(file)}  ${size(manifest.artifacts[file]?.bytes ?? 0)}`);
    }
    return { folder: folder.path, manifest };
  } catch (error) {
    // The builder first: what it runs may still write into the folder.
    await builder?.close();
    const kept = signal.aborted ? await folder.discard() : await folder.abandon();
    if (kept) reporter.line(`  what was made so far is in ${kept}`);
    throw error;
  } finally {
    await builder?.close();
  }
}
