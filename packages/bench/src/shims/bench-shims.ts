import { writeFile } from "node:fs/promises";
import { BenchError } from "../errors.js";
import { freePort } from "../free-port.js";
import type { Outcome } from "../invocation.js";
import { median } from "../statistics.js";
import { findRuntime, type Runtime, type RuntimeKind } from "../runtime.js";
import type { RuntimeProcess } from "../runtime-process.js";
import { type Cage, openField } from "./cage.js";
import { groupKib } from "./group-memory.js";

/** One way to serve the function, in the folder of its unpacked package. */
export interface ShimSubject {
  readonly name: string;
  /** `shim` is one of the project's; `floor` does nothing in the same runtime; `peer` does the same by other means. */
  readonly role: "shim" | "floor" | "peer";
  readonly taskDir: string;
  readonly runtime: RuntimeKind;
  readonly handler: string;
  readonly functionName: string;
  /** Bytes of the zip that is uploaded. */
  readonly packageBytes: number;
  /** What is counted and not measured, by what it is called: `relocations`. */
  readonly counts?: Readonly<Record<string, number>>;
  readonly env?: Readonly<Record<string, string>>;
}

export interface ShimBenchOptions {
  readonly event: string;
  readonly memoryMb: number;
  /** Cold starts of each subject. */
  readonly rounds: number;
  /** Warm requests after each cold start. */
  readonly requests: number;
  readonly cage: Cage;
  /** Whether the page cache is emptied before each start, as in a sandbox that never ran. */
  readonly dropsCaches?: boolean;
  /** Told how far it is: done and in all. */
  readonly onProgress?: (done: number, all: number) => void;
}

/** What was measured of one subject; every list has one entry a round but `warmMs`. */
export interface ShimSamples {
  readonly name: string;
  readonly role: ShimSubject["role"];
  readonly packageBytes: number;
  readonly counts?: Readonly<Record<string, number>>;
  /** From starting the process until it asked for its first event. */
  readonly initMs: number[];
  /** From handing out the first event until its answer had arrived. */
  readonly firstMs: number[];
  /** Both. */
  readonly coldMs: number[];
  /** Every warm request of every round. */
  readonly warmMs: number[];
  /** Median warm request of each round, for comparisons within a round. */
  readonly roundWarmMs: number[];
  readonly memoryKib: number[];
  /** The first answer. */
  readonly answer: string;
  /** Why the subject could not be measured. */
  readonly failure?: string;
}

/** Starts beyond it are no figure but a fault. */
const TIMEOUT_SECONDS = 60;

/**
 * Cold starts and warm requests of all subjects, in turns (A B A B), so that a machine that slows down slows all alike. A
 * subject that fails is reported with its reason and left out; the others go on.
 */
export async function benchShims(
  subjects: readonly ShimSubject[],
  options: ShimBenchOptions,
): Promise<ShimSamples[]> {
  const runtimes = new Map<RuntimeKind, Runtime>();
  const all = subjects.map((subject) => ({ subject, samples: emptySamples(subject), failure: "" }));
  for (const each of all) {
    try {
      const { runtime } = each.subject;
      if (!runtimes.has(runtime)) runtimes.set(runtime, await findRuntime(runtime));
    } catch (error) {
      each.failure = reasonOf(error);
    }
  }
  const everything = all.length * (options.rounds + 1);
  let done = 0;
  // The round before the first fills the page cache, and shows what does not work; without a cage, whose share of a processor
  // would make reading from a busy disk a matter of minutes.
  for (let round = -1; round < options.rounds; round++) {
    for (const each of all) {
      if (!each.failure) {
        const runtime = runtimes.get(each.subject.runtime)!;
        await measure(each.subject, runtime, options, round < 0 ? undefined : each.samples).catch(
          (error: unknown) => {
            each.failure = reasonOf(error);
          },
        );
      }
      options.onProgress?.(++done, everything);
    }
  }
  return all.map(({ samples, failure }) => (failure ? { ...samples, failure } : samples));
}

function emptySamples({ name, role, packageBytes, counts }: ShimSubject): ShimSamples & { answer: string } {
  const lists = { initMs: [], firstMs: [], coldMs: [], warmMs: [], roundWarmMs: [], memoryKib: [] };
  return { name, role, packageBytes, ...(counts && { counts }), ...lists, answer: "" };
}

async function measure(
  subject: ShimSubject,
  runtime: Runtime,
  options: ShimBenchOptions,
  samples: (ShimSamples & { answer: string }) | undefined,
): Promise<void> {
  const { event, memoryMb } = options;
  const cage = samples ? options.cage : openField("the first round only warms up");
  if (options.dropsCaches) await dropCaches();
  const sandbox = await runtime.prepare({
    ...subject,
    memorySize: memoryMb,
    timeoutSeconds: TIMEOUT_SECONDS,
    env: { ...subject.env, LACONIC_PROXY_PORT: String(await freePort()) },
    cage: (command) => cage.enter(command),
  });
  try {
    const first = sandbox.invoke(event);
    sandbox.spawn();
    const answered = succeeded(subject, await first);
    const warm: number[] = [];
    // A round that only warms the machine up need not be as long.
    const requests = samples ? options.requests : Math.min(options.requests, 3);
    for (let request = 0; request < requests; request++) {
      warm.push(succeeded(subject, await sandbox.invoke(event)).durationMs);
    }
    if (samples) await keep(samples, sandbox, answered, warm);
  } finally {
    await sandbox.close();
  }
}

async function keep(
  samples: ShimSamples & { answer: string },
  sandbox: RuntimeProcess,
  answered: Outcome,
  warm: readonly number[],
): Promise<void> {
  const cold = answered.completedAt - sandbox.spawnedAt;
  samples.initMs.push(cold - answered.durationMs);
  samples.firstMs.push(answered.durationMs);
  samples.coldMs.push(cold);
  samples.warmMs.push(...warm);
  samples.roundWarmMs.push(warm.length > 0 ? median(warm) : answered.durationMs);
  samples.memoryKib.push(await groupKib(sandbox.pid!));
  samples.answer ||= answered.payload.toString();
}

function succeeded(subject: ShimSubject, outcome: Outcome): Outcome {
  if (outcome.kind === "response") return outcome;
  const message = `${subject.name} ended with ${outcome.kind}: ${errorOf(outcome.payload.toString())}`;
  const hint =
    subject.role === "peer"
      ? "it may not know this kind of app or event"
      : "invoke it once by itself and mend it before measuring";
  throw new BenchError("LAC7007", message, hint);
}

/** Lambda's error in one line, without its trace. */
function errorOf(payload: string): string {
  try {
    const { errorType, errorMessage } = JSON.parse(payload) as Record<string, unknown>;
    if (typeof errorMessage === "string") return `${String(errorType)}: ${errorMessage}`;
  } catch {
    // No error of Lambda's shape: shown as it is.
  }
  return payload.slice(0, 500);
}

function reasonOf(error: unknown): string {
  const { message, hint } = error as BenchError;
  return hint ? `${message}; ${hint}` : message;
}

async function dropCaches(): Promise<void> {
  const file = "/proc/sys/vm/drop_caches";
  await writeFile(file, "1").catch((error: unknown) => {
    const hint = "run as root on Linux, or leave --cold-cache out";
    throw new BenchError(
      "LAC7011",
      `the page cache cannot be emptied: ${file} cannot be written`,
      hint,
      error,
    );
  });
}
