/**
 * Buckets of one histogram, those of negative values included: the limit that OpenTelemetry's SDKs keep to, and with them what
 * stores histograms. https://opentelemetry.io/docs/specs/otel/metrics/sdk/#base2-exponential-bucket-histogram-aggregation
 */
export const MOST_BUCKETS = 160;

/** The finest scale of the specification: bounds that are a factor of 2^(2^-20) apart. */
const FINEST_SCALE = 20;

/** Counts of consecutive buckets. The one at `offset` + i holds values above base^(offset + i), up to base^(offset + i + 1). */
export interface Buckets {
  readonly offset: number;
  readonly counts: readonly number[];
}

export interface ExponentialHistogram {
  /** The base is 2^(2^-scale). */
  readonly scale: number;
  readonly zeroCount: number;
  readonly positive: Buckets;
  readonly negative: Buckets;
  readonly count: number;
  readonly sum: number;
  readonly min: number;
  readonly max: number;
}

interface Occurrence {
  /** The bucket at the histogram's scale. */
  index: number;
  readonly count: number;
}

/** As fine as the limit of buckets allows. @param values distinct values with how often each occurred, at least one */
export function exponentialHistogram(values: ReadonlyMap<number, number>): ExponentialHistogram {
  let [zeroCount, count, sum, min, max] = [0, 0, 0, Infinity, -Infinity];
  const positive: Occurrence[] = [];
  const negative: Occurrence[] = [];
  for (const [value, times] of values) {
    count += times;
    sum += value * times;
    min = Math.min(min, value);
    max = Math.max(max, value);
    if (value === 0) zeroCount += times;
    else (value > 0 ? positive : negative).push({ index: finestIndex(Math.abs(value)), count: times });
  }
  let scale = FINEST_SCALE;
  while (width(positive) + width(negative) > MOST_BUCKETS) {
    scale--;
    for (const one of [...positive, ...negative]) one.index = Math.floor(one.index / 2);
  }
  return { scale, zeroCount, positive: buckets(positive), negative: buckets(negative), count, sum, min, max };
}

/** The bucket of a positive value at the finest scale. A value at a bound belongs to the bucket below. */
function finestIndex(value: number): number {
  const exponent = exponentOf(value);
  const fraction = value / 2 ** exponent;
  // Powers of two are bounds at every scale, so they must not depend on how the logarithm rounds.
  const parts = 2 ** FINEST_SCALE;
  if (fraction === 1) return exponent * parts - 1;
  const within = Math.ceil(Math.log2(fraction) * parts) - 1;
  return exponent * parts + Math.min(Math.max(within, 0), parts - 1);
}

/** The largest whole number whose power of two is not above the value. */
function exponentOf(value: number): number {
  const rounded = Math.floor(Math.log2(value));
  if (2 ** rounded > value) return rounded - 1;
  return 2 ** (rounded + 1) <= value ? rounded + 1 : rounded;
}

function bounds(occurrences: readonly Occurrence[]): readonly [number, number] {
  let [first, last] = [Infinity, -Infinity];
  for (const { index } of occurrences) {
    first = Math.min(first, index);
    last = Math.max(last, index);
  }
  return [first, last];
}

function width(occurrences: readonly Occurrence[]): number {
  const [first, last] = bounds(occurrences);
  return occurrences.length === 0 ? 0 : last - first + 1;
}

function buckets(occurrences: readonly Occurrence[]): Buckets {
  if (occurrences.length === 0) return { offset: 0, counts: [] };
  const [first, last] = bounds(occurrences);
  const counts = Array<number>(last - first + 1).fill(0);
  for (const { index, count } of occurrences) counts[index - first]! += count;
  return { offset: first, counts };
}
