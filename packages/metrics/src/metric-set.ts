import type { Unit } from "./unit.js";

/** Seconds: 1 is high resolution, 60 is CloudWatch's default. */
export type StorageResolution = 1 | 60;

/** Values of one metric that share its identity: name, unit, resolution and dimensions. */
export interface MetricSeries {
  readonly name: string;
  readonly unit: Unit;
  readonly resolution: StorageResolution;
  readonly dimensions: ReadonlyMap<string, string>;
  /** Distinct values, and how often each was added. */
  readonly values: ReadonlyMap<number, number>;
}

/** What one scope publishes at once. Never empty, and within no limit of a sink. */
export interface MetricSet {
  readonly namespace: string;
  /** Milliseconds since 1970. */
  readonly timestamp: number;
  readonly series: readonly MetricSeries[];
}

/** How many values a series holds, repeated ones included. */
export function valuesOf(series: MetricSeries): number {
  let total = 0;
  for (const count of series.values.values()) total += count;
  return total;
}
