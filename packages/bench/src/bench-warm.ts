import { pythonEnvironment } from "./python-environment.js";
import type { RuntimeProcess } from "./runtime-process.js";
import { type Distribution, distribution } from "./statistics.js";
import { type Subject, baseline, measured, prepare } from "./subject.js";

export interface WarmOptions {
  /** Requests of each subject; default 5000. */
  requests?: number | undefined;
  /** Requests before those that count; default 500. */
  warmupRequests?: number | undefined;
}

export interface WarmResult {
  name: string;
  /** Microseconds from handing out the event until its answer had arrived. */
  callUs: Distribution;
  /** Microseconds that a call takes more than the baseline's, at the median and at the 99th percentile. */
  overBaselineUs: { p50: number; p99: number };
}

/** Warm calls, one process a subject, interleaved (A B A B); the empty Python handler comes first in the results. */
export async function benchWarm(
  subjects: readonly Subject[],
  { requests = 5000, warmupRequests = 500 }: WarmOptions = {},
): Promise<WarmResult[]> {
  const environment = await pythonEnvironment();
  const all: { subject: Subject; runtime: RuntimeProcess; samples: number[] }[] = [];
  try {
    for (const subject of [baseline, ...subjects]) {
      const runtime = await prepare(subject, environment);
      runtime.spawn();
      all.push({ subject, runtime, samples: [] });
    }
    for (let request = -warmupRequests; request < requests; request++) {
      for (const { subject, runtime, samples } of all) {
        const { durationMs } = await measured(subject, runtime);
        if (request >= 0) samples.push(durationMs * 1000);
      }
    }
  } finally {
    await Promise.all(all.map(({ runtime }) => runtime.close()));
  }
  return results(all);
}

function results(all: readonly { subject: Subject; samples: number[] }[]): WarmResult[] {
  const reference = distribution(all[0]!.samples);
  return all.map(({ subject, samples }) => {
    const callUs = distribution(samples);
    const overBaselineUs = { p50: callUs.p50 - reference.p50, p99: callUs.p99 - reference.p99 };
    return { name: subject.name, callUs, overBaselineUs };
  });
}
