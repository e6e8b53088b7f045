import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { InvokeOptions, Outcome } from "./invocation.js";
import type { FunctionConfiguration } from "./lambda-environment.js";
import type { PythonEnvironmentOptions } from "./python-environment.js";
import { findRuntime, type RuntimeKind } from "./runtime.js";
import type { LogStream, RuntimeProcess } from "./runtime-process.js";
import { unpack } from "./unpack.js";

/** An event as the bytes to send, alone or with what else Lambda tells the function. */
export type PackageEvent = string | Uint8Array | ({ event: string | Uint8Array } & InvokeOptions);

export interface InvokePackageOptions extends FunctionConfiguration, PythonEnvironmentOptions {
  /** The package that would be uploaded to Lambda. */
  zipPath: string;
  /** Which of Lambda's runtimes it is for; default `python`. */
  runtime?: RuntimeKind | undefined;
  /** Sent one after another, as Lambda does to one execution environment. */
  events: readonly PackageEvent[];
  /** How often the last event is sent once more, to measure warm calls; default 0. */
  repeatWarm?: number | undefined;
  onLog?: ((line: string, stream: LogStream) => void) | undefined;
}

export interface PackageInvocation extends Outcome {
  /** Whether a process had to be started for it: the first, and each that follows one that ended its process. */
  cold: boolean;
}

export interface InvokePackageResult {
  /** One for each event, in order. */
  invocations: PackageInvocation[];
  /** The answers to the repeated last event. */
  warm: Outcome[];
  /** From starting the process, its first event waiting, until the first answer had arrived. */
  coldStartMs: number;
  /** What ran it, such as `Python 3.12.1 under awslambdaric`. */
  runtime: string;
}

/** Run a package, unpacked into a fresh folder, under AWS's own runtime client. */
export async function invokePackage(options: InvokePackageOptions): Promise<InvokePackageResult> {
  const found = await findRuntime(options.runtime ?? "python", options);
  const taskDir = await mkdtemp(join(tmpdir(), "laconic-task-"));
  const invocations: PackageInvocation[] = [];
  const warm: Outcome[] = [];
  let coldStartMs = 0;
  let running: RuntimeProcess | undefined;
  const send = async (event: PackageEvent): Promise<PackageInvocation> => {
    const cold = !running?.alive;
    if (cold) {
      await running?.close();
      running = await found.prepare({ ...options, taskDir });
    }
    const outcome = queue(running!, event);
    if (cold) running!.spawn();
    const ended = await outcome;
    // A process that answered with its own end is replaced before the next event, as Lambda does.
    if (ended.kind !== "response" && ended.kind !== "error") await running!.close();
    return { ...ended, cold };
  };
  try {
    await unpack(options.zipPath, taskDir);
    for (const event of options.events) {
      const ended = await send(event);
      if (invocations.length === 0) coldStartMs = ended.completedAt - running!.spawnedAt;
      invocations.push(ended);
    }
    const last = options.events.at(-1);
    for (let left = last === undefined ? 0 : (options.repeatWarm ?? 0); left > 0; left--)
      warm.push(await send(last!));
  } finally {
    await running?.close();
    await rm(taskDir, { recursive: true, force: true });
  }
  return { invocations, warm, coldStartMs, runtime: found.description };
}

function queue(runtime: RuntimeProcess, event: PackageEvent): Promise<Outcome> {
  if (typeof event === "string" || event instanceof Uint8Array) return runtime.invoke(event);
  const { event: bytes, ...invokeOptions } = event;
  return runtime.invoke(bytes, invokeOptions);
}
