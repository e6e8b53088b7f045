import { InvalidArgumentError, type Command } from "commander";
import { report } from "../command-report.js";
import { findEntry } from "../stages/source.js";
import { withApp, withAws, type AppFlags, type AwsFlags } from "./flags.js";

export interface LogsFlags extends AppFlags {
  readonly tail?: boolean;
  /** Milliseconds. */
  readonly since: number;
}

export interface OrphansFlags extends AwsFlags {
  readonly s3Bucket?: string;
}

/** The commands that look into what is deployed. */
export function addInspection(program: Command, exit: (code: number) => void): void {
  const entryOf = async (entry: string | undefined) => entry ?? (await findEntry(process.cwd()));

  withApp(program.command("logs"))
    .description("print what deployed functions logged")
    .argument("<entry>", "module that calls main(), for example app.ts")
    .argument("[function]", "name the function was registered with (default: all)")
    .option("-f, --tail", "go on until Ctrl-C")
    .option("--since <duration>", "how far back to begin, for example 30s, 10m, 2h or 1d", duration, 600_000)
    .action(async (entry: string, functionName: string | undefined, flags: LogsFlags) => {
      const { logsOfApp } = await import("./inspect-app.js");
      exit(await report(flags, (reporter) => logsOfApp(entry, functionName, flags, reporter)));
    });

  withApp(program.command("policies"))
    .description("print the least IAM policies for deploying and for reading, and those of the functions")
    .argument("[entry]", "module that calls main()")
    .option("-s, --s3Bucket <name>", "bucket for packages")
    .action(async (entry: string | undefined, flags: AppFlags & OrphansFlags) => {
      const { policiesOfApp } = await import("./inspect-app.js");
      exit(await report(flags, async (reporter) => policiesOfApp(await entryOf(entry), flags, reporter)));
    });

  withAws(program.command("orphans"))
    .description("list packages and resources that no stack holds any more; exit code 1 when there are some")
    .option("-s, --s3Bucket <name>", "bucket for packages (default: our own)")
    .action(async (flags: OrphansFlags) => {
      const { listOrphans } = await import("./inspect-app.js");
      exit(await report(flags, (reporter) => listOrphans(flags, reporter)));
    });
}

const UNITS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

function duration(text: string): number {
  const [, number, unit = ""] = /^(\d+)([smhd])$/.exec(text) ?? [];
  if (number === undefined) throw new InvalidArgumentError("Write it like 30s, 10m, 2h or 1d.");
  return Number(number) * UNITS[unit]!;
}
