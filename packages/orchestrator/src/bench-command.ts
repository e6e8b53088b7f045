import { changesReport, textReport } from "@laconic/bench";
import { SingleBar } from "cli-progress";
import { InvalidArgumentError, type Command } from "commander";
import { builderChoice, withBuilder, type BuilderFlags } from "./builder-flags.js";
import { printJson, type Output } from "./command-report.js";
import { benchApp, type Benched } from "./commands/bench.js";
import { httpEvent, readEvent } from "./event.js";
import { count } from "./option-values.js";
import type { Reporter } from "./reporter.js";
import { SHIMS, type ShimName } from "./shims.js";

interface BenchFlags extends BuilderFlags, Output {
  readonly http?: string;
  readonly shims?: readonly ShimName[];
  readonly functionMemory?: number;
  readonly rounds: number;
  readonly requests: number;
  readonly coldShare: number;
  readonly cage: boolean;
  readonly coldCache?: boolean;
  readonly out?: string;
  readonly baseline?: string;
  readonly failAbove: number;
}

/** Adds `laconic bench`'s arguments and flags, and what it does; `act` runs the work and reports what it throws. */
export function describeBench(
  command: Command,
  act: (flags: BenchFlags, work: (reporter: Reporter) => Promise<boolean>) => Promise<void>,
): void {
  withBuilder(command)
    .description("measure a function behind every shim, here, and say which to take")
    .argument("<entry>", "module that calls main(), or an existing handler: src/handler.ts#handler")
    .argument("[function]", "name the function was registered with (default: the first)")
    .argument("[event]", "JSON, @file.json, or - for standard input; with --http the request's body")
    .option("--http <request>", 'send an HTTP event, for example "GET /users?page=2"')
    .option("--shims <names>", "which to measure (default: all)", shimNames)
    .option(
      "--function-memory <mb>",
      "Lambda's size: 128 MB have 0.072 of a processor (default: the function's own)",
      count,
    )
    .option("--rounds <n>", "cold starts of each, in turns", count, 20)
    .option("--requests <n>", "warm requests after each cold start", count, 50)
    .option("--cold-share <percent>", "share of requests that start a sandbox, for the cost", percent, 0.01)
    .option("--no-cage", "measure at the speed of this machine")
    .option("--cold-cache", "empty the page cache before each start (as root)")
    .option("--out <folder>", "folder of bench.json, bench.md and bench.html (default: .laconic/bench)")
    .option("--baseline <file>", "bench.json of an earlier run, to compare with")
    .option(
      "--fail-above <percent>",
      "with --baseline: fail when a shim is surely slower by more",
      percent,
      0.1,
    )
    .action(async (entry: string, fn: string | undefined, event: string | undefined, flags: BenchFlags) => {
      await act(flags, async (reporter) => {
        const payload = flags.http === undefined ? await readEvent(event) : httpEvent(flags.http, event);
        const bar = flags.json || flags.quiet ? undefined : progressBar();
        const { functionMemory, coldCache = false } = flags;
        try {
          const benched = await benchApp(
            entry,
            {
              ...builderChoice(flags),
              ...pick(flags),
              event: payload,
              coldCache,
              ...(fn !== undefined && { function: fn }),
              ...(functionMemory !== undefined && { memory: functionMemory }),
              ...(bar && { onProgress: bar.update }),
            },
            reporter,
          );
          bar?.stop();
          print(benched, flags, reporter);
          return benched.changes.every(({ failed }) => !failed);
        } finally {
          bar?.stop();
        }
      });
    });
}

function pick({ shims, rounds, requests, coldShare, cage, out, baseline, failAbove }: BenchFlags) {
  return {
    ...{ rounds, requests, coldShare, cage, failAbove },
    ...(shims && { shims }),
    ...(out !== undefined && { out }),
    ...(baseline !== undefined && { baseline }),
  };
}

function print({ result, folder, changes }: Benched, flags: BenchFlags, reporter: Reporter): void {
  if (flags.json) {
    printJson({ ...result, changes });
    return;
  }
  reporter.result(textReport(result));
  if (changes.length > 0) reporter.result(`\n${changesReport(changes, flags.failAbove)}`);
  reporter.line(`\n  ${folder}/bench.html, bench.md, bench.json`);
}

/** A line that fills, on a terminal; elsewhere nothing is written over. */
function progressBar(): { update(done: number, all: number): void; stop(): void } {
  const bar = new SingleBar({
    format: "  {bar} {value}/{total}  {eta_formatted} left",
    stream: process.stderr,
    clearOnComplete: true,
  });
  let isStarted = false;
  return {
    update(done, all) {
      if (!process.stderr.isTTY) return;
      if (!isStarted) bar.start(all, 0);
      isStarted = true;
      bar.update(done);
    },
    stop: () => bar.stop(),
  };
}

function shimNames(text: string): readonly ShimName[] {
  return text.split(",").map((name) => {
    const known = SHIMS.find((shim) => shim === name);
    if (known === undefined) throw new InvalidArgumentError(`There are ${SHIMS.join(", ")}.`);
    return known;
  });
}

function percent(text: string): number {
  const value = Number(text.replace(/%$/, ""));
  if (!(value >= 0 && value <= 100)) throw new InvalidArgumentError("Write it like 10%.");
  return value / 100;
}
