import { type Distribution, distribution, median } from "./statistics.js";
import { type Beside, type Subject, baseline, environmentsOf, prepare, succeeded } from "./subject.js";

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
  /** The same, divided by the time of the subject that this one is beside. */
  beside?: Beside | undefined;
}

/**
 * Cold starts, interleaved (A B A B) so that a machine that slows down slows all alike. The empty Python handler
 * takes part as the baseline and comes first in the results.
 */
export async function benchColdStart(
  subjects: readonly Subject[],
  { rounds = 30, warmupRounds = 3 }: ColdStartOptions = {},
): Promise<ColdStartResult[]> {
  const environments = await environmentsOf(subjects);
  const all = [baseline, ...subjects].map((subject) => ({ subject, samples: [] as number[] }));
  for (let round = -warmupRounds; round < rounds; round++) {
    for (const { subject, samples } of all) {
      const runtime = await prepare(subject, environments);
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
  const ratioTo = (samples: readonly number[], reference: readonly number[]): number =>
    median(samples.map((sample, round) => sample / reference[round]!));
  return all.map(({ subject, samples }) => {
    const other = all.find((each) => each.subject.name === subject.beside);
    return {
      name: subject.name,
      coldStartMs: distribution(samples),
      ratio: ratioTo(samples, all[0]!.samples),
      ...(other && { beside: { name: other.subject.name, ratio: ratioTo(samples, other.samples) } }),
    };
  });
}
