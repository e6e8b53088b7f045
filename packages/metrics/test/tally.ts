import type { MetricSeries, MetricSet } from "../src/metric-set.js";
import type { MetricSink } from "../src/sinks/sink.js";
import type { Occurrence } from "../../../tools/aws/emf-document.js";

/** How often each value occurred, by all that tells two metrics apart. */
export type Tally = Map<string, number>;

/** Dimensions by what they are, each list made into text once: a test has many values under the same long ones. */
const texts = new WeakMap<object, number>();
const numbers = new Map<string, number>();

function numberOf(dimensions: Occurrence["dimensions"]): number {
  const known = texts.get(dimensions);
  if (known !== undefined) return known;
  const text = JSON.stringify([...dimensions].sort(([a], [b]) => (a < b ? -1 : 1)));
  const number = numbers.get(text) ?? numbers.size;
  numbers.set(text, number);
  texts.set(dimensions, number);
  return number;
}

export function tally(occurrences: Iterable<Occurrence>): Tally {
  const counts: Tally = new Map();
  for (const { namespace, name, unit, resolution, dimensions, value, count } of occurrences) {
    const key = JSON.stringify([namespace, name, unit, resolution, numberOf(dimensions), value]);
    counts.set(key, (counts.get(key) ?? 0) + count);
  }
  return counts;
}

export function* occurrencesOf({ namespace, series }: MetricSet): Generator<Occurrence> {
  for (const { values, ...identity } of series) {
    for (const [value, count] of values) yield { namespace, ...identity, value, count };
  }
}

/** Remembers what is published. */
export class MemorySink implements MetricSink {
  readonly sets: MetricSet[] = [];

  publish(set: MetricSet): void {
    this.sets.push(set);
  }

  get series(): readonly MetricSeries[] {
    return this.sets.flatMap(({ series }) => series);
  }

  /** Every value of a metric, in order. */
  values(name: string): number[] {
    return this.series
      .filter((one) => one.name === name)
      .flatMap(({ values }) => [...values].flatMap(([value, count]) => Array<number>(count).fill(value)));
  }
}
