import { mkdir, mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { cpus, loadavg, tmpdir } from "node:os";
import { join, relative } from "node:path";
import {
  benchShims,
  type BenchResult,
  type BenchSetup,
  type Change,
  compareRuns,
  floors,
  htmlReport,
  llrtPeer,
  markdownReport,
  openCage,
  openField,
  readBaseline,
  type ShimSubject,
  summarise,
  unpack,
} from "@laconic/bench";
import { interruptible } from "../interruptible.js";
import type { ManifestFunction } from "../manifest.js";
import { isCodedError, type Reporter } from "../reporter.js";
import { LaconicError } from "../errors.js";
import { runtimeKind, SHIMS, type ShimName } from "../shims.js";
import { adopted } from "../stages/adopted.js";
import { loadSource, type Source } from "../stages/source.js";
import type { BuilderChoice } from "../toolchain.js";
import { buildSource } from "./build.js";

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
  const source = adopted(await loadSource(path));
  const wanted = { ...options, ...(exported && { function: exported }) };
  const scratch = await mkdtemp(join(tmpdir(), "laconic-bench-"));
  const note = (line: string): void => reporter.line(`  ${line}`);
  try {
    const { subjects, fn } = await interruptible((signal) =>
      prepare(source, wanted, scratch, signal, reporter),
    );
    const memoryMb = options.memory ?? memoryOf(fn);
    const cage = options.cage ? openCage(memoryMb, false) : openField("no limits were asked for (--no-cage)");
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
        onNote: note,
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

interface Prepared {
  readonly subjects: readonly ShimSubject[];
  readonly fn: ManifestFunction;
}

/** Builds the app for each shim. One that cannot hold it is left out, with the reason. */
async function prepare(
  source: Source,
  options: BenchOptions,
  scratch: string,
  signal: AbortSignal,
  reporter: Reporter,
): Promise<Prepared> {
  const subjects: ShimSubject[] = [];
  let fn: ManifestFunction | undefined;
  for (const shim of options.shims ?? SHIMS) {
    try {
      const outDir = join(scratch, shim, "artifacts");
      const { folder, manifest } = await buildSource(signal, source, { ...options, shim, outDir }, reporter);
      const found = findFunction(manifest.functions, options.function);
      const zip = join(folder, found.package);
      const taskDir = join(scratch, shim, "task");
      await unpack(zip, taskDir);
      subjects.push({
        name: shim,
        role: "shim",
        taskDir,
        runtime: runtimeKind(shim),
        handler: found.handler,
        functionName: found.name,
        packageBytes: (await stat(zip)).size,
        env: { LACONIC_PROXY_METRICS: "off" },
      });
      fn ??= found;
    } catch (error) {
      if (signal.aborted || !isCodedError(error) || error.code === "LAC8002") throw error;
      reporter.line(`  ${shim} is left out: ${error.message}`);
    }
  }
  if (fn === undefined) {
    throw new LaconicError("LAC8015", "The app can be built for none of the shims.", {
      hint: "The reasons are above; laconic check names what the library lacks.",
    });
  }
  const note = (line: string): void => reporter.line(`  ${line}`);
  const peers = await peersOf(subjects, scratch);
  return { subjects: [...subjects, ...peers, ...(await floors(scratch, note))], fn };
}

async function peersOf(subjects: readonly ShimSubject[], scratch: string): Promise<ShimSubject[]> {
  const node = subjects.find(({ name }) => name === "node");
  const llrt = node && (await llrtPeer(node, scratch));
  return llrt ? [llrt] : [];
}

function findFunction(functions: readonly ManifestFunction[], name: string | undefined): ManifestFunction {
  const found = name === undefined ? functions[0] : functions.find((fn) => fn.name === name);
  if (found) return found;
  throw new LaconicError("LAC8002", `The app has no function "${name}".`, {
    hint: `It has: ${functions.map((fn) => fn.name).join(", ")}.`,
  });
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
