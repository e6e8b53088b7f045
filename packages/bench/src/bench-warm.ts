import type { RuntimeProcess } from "./runtime-process.js";
import { type Distribution, distribution } from "./statistics.js";
import { type Beside, type Subject, baseline, environmentsOf, measured, prepare } from "./subject.js";

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
  /** The median divided by that of the subject that this one is beside. */
  beside?: Beside | undefined;
}

/**
 * Requests of one subject before the next has its turn: enough for it to find its own code in the processor's caches
 * again, as a busy sandbox does, and few enough for a machine that slows down to slow all alike. In turns of 100 a dozen
 * subjects were at half warmth all the time: their 99th percentile of 550 us became one of 285 in turns of 1,000.
 */
const BURST = 500;

/** Warm calls, one process a subject, in bursts that take turns; the empty Python handler comes first in the results. */
export async function benchWarm(
  subjects: readonly Subject[],
  { requests = 5000, warmupRequests = 500 }: WarmOptions = {},
): Promise<WarmResult[]> {
  const environments = await environmentsOf(subjects);
  const all: { subject: Subject; runtime: RuntimeProcess; samples: number[] }[] = [];
  try {
    for (const subject of [baseline, ...subjects]) {
      const runtime = await prepare(subject, environments);
      runtime.spawn();
      all.push({ subject, runtime, samples: [] });
    }
    for (let sent = -warmupRequests; sent < requests; sent += BURST) {
      for (const { subject, runtime, samples } of all) {
        for (let request = sent; request < Math.min(sent + BURST, requests); request++) {
          const { durationMs } = await measured(subject, runtime);
          if (request >= 0) samples.push(durationMs * 1000);
        }
      }
    }
  } finally {
    await Promise.all(all.map(({ runtime }) => runtime.close()));
  }
  return results(all);
}

function results(all: readonly { subject: Subject; samples: number[] }[]): WarmResult[] {
  const figures = all.map(({ subject, samples }) => ({ subject, callUs: distribution(samples) }));
  const reference = figures[0]!.callUs;
  return figures.map(({ subject, callUs }) => {
    const other = figures.find((each) => each.subject.name === subject.beside);
    return {
      name: subject.name,
      callUs,
      overBaselineUs: { p50: callUs.p50 - reference.p50, p99: callUs.p99 - reference.p99 },
      ...(other && { beside: { name: other.subject.name, ratio: callUs.p50 / other.callUs.p50 } }),
    };
  });
}
