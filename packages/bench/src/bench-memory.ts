import { readFile } from "node:fs/promises";
import { BenchError } from "./errors.js";
import { type Subject, environmentsOf, measured, prepare } from "./subject.js";

export interface MemoryOptions {
  /** Requests in one process; default 100,000. */
  requests?: number | undefined;
  /** Requests after which the process counts as settled; default 10,000. */
  settledAfter?: number | undefined;
}

export interface MemoryResult {
  name: string;
  requests: number;
  /** Resident KiB after the first `settledAfter` requests and after the last. */
  settledKib: number;
  endKib: number;
  /** The difference: what would add up over a process's life. */
  growthKib: number;
}

/**
 * The runtime client puts every invocation's trace id into the environment, and glibc's setenv keeps each new value
 * for ever: 130 bytes a request for any Python function. One id for all leaves what the function itself keeps.
 */
const TRACE_ID = "Root=1-00000000-000000000000000000000000;Parent=0000000000000000;Sampled=0";

/** How much a process's resident memory grows over many requests. */
export async function benchMemory(
  subject: Subject,
  { requests = 100_000, settledAfter = 10_000 }: MemoryOptions = {},
): Promise<MemoryResult> {
  const runtime = await prepare(subject, await environmentsOf([subject]));
  try {
    runtime.spawn();
    let settledKib = 0;
    for (let request = 1; request <= requests; request++) {
      await measured(subject, runtime, { traceId: TRACE_ID });
      if (request === settledAfter) settledKib = await residentKib(runtime.pid!);
    }
    const endKib = await residentKib(runtime.pid!);
    return { name: subject.name, requests, settledKib, endKib, growthKib: endKib - settledKib };
  } finally {
    await runtime.close();
  }
}

/** The resident memory of a process in KiB, from /proc; throws LAC7008 where there is none. */
export async function residentKib(pid: number): Promise<number> {
  const path = `/proc/${pid}/status`;
  const status = await readFile(path, "utf8").catch((error: unknown) => {
    throw new BenchError(
      "LAC7008",
      `cannot read ${path}`,
      "measure memory on Linux, while the process runs",
      error,
    );
  });
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]);
}
