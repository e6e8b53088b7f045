import { InvalidArgumentError, Option, type Command } from "commander";
import { BUILDERS, PLATFORMS, type BuilderChoice } from "./toolchain.js";

/** Platforms by Lambda's names of its architectures. */
const ARCHITECTURES = { x86_64: "linux/amd64", arm64: "linux/arm64" } as const;
type Architecture = keyof typeof ARCHITECTURES;

/** The builder's flags, as commander hands them over. */
export interface BuilderFlags extends Omit<BuilderChoice, "memoryBytes" | "timeoutMs" | "network"> {
  /** Commander's name of `--no-network`: true unless it is given. */
  readonly network?: boolean;
  readonly arch?: Architecture;
  readonly memory?: number;
  /** Seconds. */
  readonly buildTimeout?: number;
}

/** Adds the flags that say how the library is built. */
export function withBuilder(command: Command): Command {
  return command
    .addOption(new Option("--builder <where>", "build in a container or on this machine").choices(BUILDERS))
    .addOption(
      new Option("--platform <platform>", "what the library runs on (default: as here)").choices(PLATFORMS),
    )
    .addOption(
      new Option("--arch <architecture>", "the same, as Lambda calls it")
        .choices(Object.keys(ARCHITECTURES))
        .conflicts("platform"),
    )
    .addOption(
      new Option("--linker <program>", "what links the library (default: zig)").choices(["zig", "cc"]),
    )
    .option("--image <name>", "image of the build's container (default: amazonlinux:2023)")
    .option("--no-network", "give the build's container no network")
    .option("--memory <size>", "memory that the container may use, for example 512m or 4g", bytes)
    .option("--cpus <n>", "cores that the container may use, for example 1.5", positive)
    .option("--build-timeout <seconds>", "end a build that takes longer (default: 600)", positive)
    .option(
      "--engine-features <names>",
      "parts of the engine to link besides those that the bundle can reach: all, or names with commas",
      names,
    );
}

/** What the flags ask for. */
export function builderChoice(flags: BuilderFlags): BuilderChoice {
  const { builder, arch, linker, image, network, memory, cpus, buildTimeout, engineFeatures } = flags;
  const platform = flags.platform ?? (arch && ARCHITECTURES[arch]);
  return {
    ...(builder && { builder }),
    ...(platform && { platform }),
    ...(linker && { linker }),
    ...(image !== undefined && { image }),
    ...(network === false && { network }),
    ...(memory !== undefined && { memoryBytes: memory }),
    ...(cpus !== undefined && { cpus }),
    ...(buildTimeout !== undefined && { timeoutMs: buildTimeout * 1000 }),
    ...(engineFeatures && { engineFeatures }),
  };
}

const UNITS: Readonly<Record<string, number>> = { b: 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 };

/** Docker's own way to write sizes. */
function bytes(text: string): number {
  const [, number, unit = "b"] = /^(\d+(?:\.\d+)?)([bkmg])?b?$/i.exec(text) ?? [];
  if (number === undefined) throw new InvalidArgumentError("Write it like 512m or 4g.");
  return Math.round(Number(number) * UNITS[unit.toLowerCase()]!);
}

function names(text: string): readonly string[] {
  return text.split(",").filter(Boolean);
}

function positive(text: string): number {
  const value = Number(text);
  if (!(value > 0 && Number.isFinite(value))) throw new InvalidArgumentError("It must be a number above 0.");
  return value;
}
