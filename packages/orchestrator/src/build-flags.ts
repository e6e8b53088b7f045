import { Option, type Command } from "commander";
import { builderChoice, withBuilder, type BuilderFlags } from "./builder-flags.js";
import type { BuildOptions } from "./commands/build.js";
import { absolutePath } from "./option-values.js";
import { SHIM_CHOICES, type ShimChoice } from "./shims.js";
import { SOURCE_MAPS, type SourceMaps } from "./stages/library.js";

/** The flags of every command that builds an app, as commander hands them over. */
export interface BuildFlags extends BuilderFlags {
  readonly outDir?: string;
  readonly sourceMaps: SourceMaps;
  readonly shim?: ShimChoice;
  readonly wrapper?: boolean;
}

/** Adds the flags that say how an app is built, and where its artifacts are. */
export function withBuild(command: Command): Command {
  return withBuilder(command)
    .addOption(outDirOption())
    .addOption(
      new Option(
        "--source-maps <where>",
        "where stack traces get the app's own lines from: the library, a file in the package, or symbolicate",
      )
        .choices(SOURCE_MAPS)
        .default("inline"),
    )
    .addOption(
      new Option(
        "--shim <shim>",
        "how Lambda reaches the app (default: laconic.config.ts, else python)",
      ).choices(SHIM_CHOICES),
    )
    .option("--wrapper", "with the native shim: deploy to the Python runtime, for SnapStart");
}

export function outDirOption(): Option {
  return new Option(
    "--out-dir <folder>",
    "where the artifacts are (default: .laconic in the entry's project)",
  ).argParser(absolutePath);
}

/** What the flags ask for. */
export function buildChoice(flags: BuildFlags): BuildOptions {
  const { outDir, sourceMaps, shim, wrapper } = flags;
  return {
    ...builderChoice(flags),
    sourceMaps,
    ...(outDir && { outDir }),
    ...(shim && { shim }),
    ...(wrapper && { wrapper }),
  };
}
