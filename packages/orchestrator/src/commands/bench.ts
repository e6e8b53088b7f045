import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { cpus, loadavg, tmpdir } from "node:os";
import { join, relative } from "node:path";
import {
  benchShims,
  type BenchResult,
  type BenchSetup,
  type Change,
  compareRuns,
  htmlReport,
  markdownReport,
  openCage,
  openField,
  readBaseline,
  summarise,
} from "@laconic/bench";
import { benchSubjects } from "../bench-subjects.js";
import { interruptible } from "../interruptible.js";
import type { ManifestFunction } from "../manifest.js";
import type { Reporter } from "../reporter.js";
import type { ShimName } from "../shims.js";
import { adopted } from "../stages/adopted.js";
import { loadSource } from "../stages/source.js";
import type { BuilderChoice } from "../toolchain.js";

export interface BenchOptions extends BuilderChoice {
  /** Name of the function; default the first, or the export after `#`. */
  readonly function?: string;
  readonly event: unknown;
  readonly shims?: readonly ShimName[];
  /** Megabytes; default the function's own, else 128. */
  readonly memory?: number;
  readonly rounds: number;
  readonly requests: number;
  /** Share of requests that start a sandbox, 0 to 1. */
  readonly coldShare: number;
  readonly cage: boolean;
  readonly coldCache: boolean;
  /** Folder of the reports; default `.laconic/bench` in the entry's project. */
  readonly out?: string;
  readonly baseline?: string;
  /** 0.1 for ten per cent. */
  readonly failAbove: number;
  readonly onProgress?: (done: number, all: number) => void;
}

export interface Benched {
  readonly result: BenchResult;
  /** Absolute path of the folder with `bench.json`, `bench.md` and `bench.html`. */
  readonly folder: string;
  /** Compared with the baseline, when there is one. */
  readonly changes: readonly Change[];
}

/**
 * Measures a function behind every shim, on this machine and under AWS's own runtime clients.
 *
 * @param reference a Laconic app, or an existing handler as `src/handler.ts#handler`; neither file is touched
 */
export async function benchApp(
  reference: string,
  options: BenchOptions,
  reporter: Reporter,
): Promise<Benched> {
  const [path = "", exported] = reference.split("#");
  // Read first: a wrong path is to be said before minutes of measuring.
  const baseline = options.baseline === undefined ? undefined : await readBaseline(options.baseline);
  const written = await loadSource(path);
  const source = adopted(written);
  const wanted = { ...options, ...(exported && { function: exported }) };
  const scratch = await mkdtemp(join(tmpdir(), "laconic-bench-"));
  const note = (line: string): void => reporter.line(`  ${line}`);
  try {
    const { subjects, fn } = await interruptible((signal) =>
      benchSubjects({ source, written }, wanted, scratch, signal, reporter),
    );
    const memoryMb = options.memory ?? memoryOf(fn);
    const cage = options.cage ? openCage(memoryMb) : openField("no limits were asked for (--no-cage)");
    note(`measuring ${fn.name}: ${cage.description}`);
    const event = JSON.stringify(options.event);
    const load = loadavg()[0] ?? 0;
    try {
      const samples = await benchShims(subjects, {
        event,
        memoryMb,
        cage,
        rounds: options.rounds,
        requests: options.requests,
        dropsCaches: options.coldCache,
        ...(options.onProgress && { onProgress: options.onProgress }),
      });
      const setup: BenchSetup = {
        subject: `${relative(source.project, source.entry)}#${fn.name}`,
        event,
        memoryMb,
        cage: cage.description,
        rounds: options.rounds,
        requests: options.requests,
        coldCache: options.coldCache,
        coldShare: options.coldShare,
        machine: { architecture: process.arch, cpus: cpus().length, model: cpus()[0]?.model ?? "", load },
        date: new Date().toISOString(),
      };
      const result = summarise(setup, samples);
      const folder = options.out ?? join(source.project, ".laconic", "bench");
      await writeReports(result, folder);
      const changes = baseline ? compareRuns(baseline, result, options.failAbove) : [];
      return { result, folder, changes };
    } finally {
      cage.close();
    }
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

function memoryOf({ options }: ManifestFunction): number {
  const { memorySize } = options;
  return typeof memorySize === "number" ? memorySize : 128;
}

async function writeReports(result: BenchResult, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "bench.json"), `${JSON.stringify(result, null, 1)}\n`);
  await writeFile(join(folder, "bench.md"), markdownReport(result));
  await writeFile(join(folder, "bench.html"), await htmlReport(result));
}
