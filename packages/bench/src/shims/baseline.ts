import { readFile } from "node:fs/promises";
import { BenchError } from "../errors.js";
import { median } from "../statistics.js";
import type { ShimSamples } from "./bench-shims.js";
import type { BenchResult } from "./summary.js";

/** How one figure of one subject has changed. */
export interface Change {
  readonly subject: string;
  /** `cold start` and `warm request` are times; `package`, in bytes, and all others are counted. */
  readonly figure: string;
  /** Now divided by before; of times, each first divided by the floor's in the same round. */
  readonly ratio: number;
  /** Where the ratio lies with 95 % confidence; of what is not measured but counted, the ratio itself. */
  readonly interval: readonly [low: number, high: number];
  readonly failed: boolean;
}

const RESAMPLES = 2000;
const CONFIDENCE = 0.95;

/**
 * Compares two runs. Machines differ, so times are never compared with each other: the ratio of each subject to the floor of
 * the same round is. A change fails when even the low end of its interval is above the limit.
 *
 * @param failAbove for example 0.1 for ten per cent
 */
export function compareRuns(before: BenchResult, now: BenchResult, failAbove: number): Change[] {
  const [floorBefore, floorNow] = [floorOf(before), floorOf(now)];
  const limit = 1 + failAbove;
  return now.samples.flatMap((samples) => {
    const old = before.samples.find(({ name }) => name === samples.name);
    if (!old || samples.failure || old.failure || samples.role !== "shim") return [];
    const time = (figure: string, list: "coldMs" | "roundWarmMs"): Change => {
      const a = ratios(old[list], floorBefore[list]);
      const b = ratios(samples[list], floorNow[list]);
      const interval = bootstrap(a, b);
      const ratio = median(b) / median(a);
      return { subject: samples.name, figure, ratio, interval, failed: interval[0] > limit };
    };
    return [
      time("cold start", "coldMs"),
      time("warm request", "roundWarmMs"),
      ...counted(old, samples, limit),
    ];
  });
}

/** What is the same in every run of the same build: any ratio is exact. */
function counted(
  old: ShimSamples,
  { name, packageBytes, counts = {} }: ShimSamples,
  limit: number,
): Change[] {
  const before: Readonly<Record<string, number>> = { ...old.counts, package: old.packageBytes };
  return Object.entries({ package: packageBytes, ...counts }).flatMap(([figure, value]) => {
    const earlier = before[figure];
    if (!earlier) return [];
    const ratio = value / earlier;
    return [{ subject: name, figure, ratio, interval: [ratio, ratio] as const, failed: ratio > limit }];
  });
}

function floorOf({ samples, setup }: BenchResult): ShimSamples {
  const floor = samples.find(({ role, failure }) => role === "floor" && failure === undefined);
  if (floor) return floor;
  throw new BenchError(
    "LAC7012",
    `The run of ${setup.date} has no floor, to which its times could be compared`,
    "measure it again: the empty handlers must be part of the run",
  );
}

function ratios(list: readonly number[], floor: readonly number[]): number[] {
  return list.flatMap((value, round) => (floor[round] ? [value / floor[round]] : []));
}

/** Percentiles of the ratio of medians over samples drawn with replacement; the draws are the same in every run. */
function bootstrap(before: readonly number[], now: readonly number[]): [number, number] {
  const random = generator(0x1ac0);
  const draw = (list: readonly number[]): number =>
    median(list.map(() => list[Math.floor(random() * list.length)]!));
  const drawn = Array.from({ length: RESAMPLES }, () => draw(now) / draw(before)).sort((a, b) => a - b);
  const tail = (1 - CONFIDENCE) / 2;
  return [drawn[Math.floor(RESAMPLES * tail)]!, drawn[Math.ceil(RESAMPLES * (1 - tail)) - 1]!];
}

/** Mulberry32. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let word = Math.imul(state ^ (state >>> 15), 1 | state);
    word = (word + Math.imul(word ^ (word >>> 7), 61 | word)) ^ word;
    return ((word ^ (word >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** @throws {BenchError} LAC7012 */
export async function readBaseline(path: string): Promise<BenchResult> {
  try {
    const result = JSON.parse(await readFile(path, "utf8")) as Partial<BenchResult>;
    if (result.version === 1 && Array.isArray(result.samples)) return result as BenchResult;
  } catch (error) {
    throw new BenchError(
      "LAC7012",
      `the baseline ${path} cannot be read: ${(error as Error).message}`,
      HINT,
      error,
    );
  }
  throw new BenchError("LAC7012", `${path} is no result of laconic bench`, HINT);
}

const HINT = "make one with: npx @laconic/cli bench app.ts --out folder, which writes bench.json";
