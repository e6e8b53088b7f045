import { join } from "node:path";
import { ArtifactFolder } from "../artifact-folder.js";
import type { Manifest } from "../manifest.js";
import { build, type PipelineOptions } from "../pipeline.js";
import type { Reporter } from "../reporter.js";
import { loadSource } from "../stages/source.js";
import { size } from "../text.js";
import { openToolchain } from "../toolchain.js";

export interface BuildOptions extends PipelineOptions {
  /** Folder for the artifacts; normally `.laconic` in the entry's project. */
  readonly outDir?: string;
}

/** A finished build and where its artifacts are. */
export interface Built {
  readonly folder: string;
  readonly manifest: Manifest;
}

/** Builds the app of an entry module; what a failed build made is kept apart, for a look at it. */
export async function buildApp(entry: string, options: BuildOptions, reporter: Reporter): Promise<Built> {
  const source = await loadSource(entry);
  const builder = await openToolchain((line) => reporter.line(`  ${line}`));
  const folder = await ArtifactFolder.open(options.outDir ?? join(source.project, ".laconic"));
  try {
    const manifest = await build(source, builder, folder, reporter, options);
    const zip = folder.final(manifest.package);
    reporter.line(`\n${zip}  ${size(manifest.artifacts[manifest.package]?.bytes ?? 0)}`);
    return { folder: folder.path, manifest };
  } catch (error) {
    const kept = await folder.abandon();
    if (kept) reporter.line(`  what was made so far is in ${kept}`);
    throw error;
  }
}
