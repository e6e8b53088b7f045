import { pythonEnvironment } from "./python-environment.js";
import { type Distribution, distribution, median } from "./statistics.js";
import { type Subject, baseline, prepare, succeeded } from "./subject.js";

export interface ColdStartOptions {
  /** Cold starts of each subject; default 30. */
  rounds?: number | undefined;
  /** Rounds before those that count, to fill the page cache; default 3. */
  warmupRounds?: number | undefined;
}

export interface ColdStartResult {
  name: string;
  /** Milliseconds from starting the process, its event waiting, until its answer had arrived. */
  coldStartMs: Distribution;
  /** Median over the rounds of this subject's time divided by the baseline's in the same round. */
  ratio: number;
}

/**
 * Cold starts, interleaved (A B A B) so that a machine that slows down slows all alike. The empty Python handler
 * takes part as the baseline and comes first in the results.
 */
export async function benchColdStart(
  subjects: readonly Subject[],
  { rounds = 30, warmupRounds = 3 }: ColdStartOptions = {},
): Promise<ColdStartResult[]> {
  const environment = await pythonEnvironment();
  const all = [baseline, ...subjects].map((subject) => ({ subject, samples: [] as number[] }));
  for (let round = -warmupRounds; round < rounds; round++) {
    for (const { subject, samples } of all) {
      const runtime = await prepare(subject, environment);
      try {
        const answer = runtime.invoke(subject.event ?? "{}");
        runtime.spawn();
        const { completedAt } = succeeded(subject, await answer);
        if (round >= 0) samples.push(completedAt - runtime.spawnedAt);
      } finally {
        await runtime.close();
      }
    }
  }
  const reference = all[0]!.samples;
  return all.map(({ subject, samples }) => ({
    name: subject.name,
    coldStartMs: distribution(samples),
    ratio: median(samples.map((sample, round) => sample / reference[round]!)),
  }));
}
