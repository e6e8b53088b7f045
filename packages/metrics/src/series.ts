import { MetricsError } from "./errors.js";
import { checkDimension, checkMetric, checkValue } from "./checks.js";
import type { MetricSeries, StorageResolution } from "./metric-set.js";
import type { Unit } from "./unit.js";

export type Dimensions = Readonly<Record<string, string>>;

/** One value, several, or distinct values with how often each occurred. */
export type MetricValue =
  number | readonly number[] | { readonly values: readonly number[]; readonly counts: readonly number[] };

/** The values of one metric while its scope is open. */
export interface OpenSeries extends Omit<MetricSeries, "dimensions" | "values"> {
  /** Those that the metric was added with, without the scope's. */
  readonly own: ReadonlyMap<string, string>;
  readonly values: Map<number, number>;
}

/** An empty series, or an error that names what CloudWatch would not take. */
export function openSeries(
  name: string,
  unit: Unit,
  resolution: StorageResolution,
  own: ReadonlyMap<string, string>,
): OpenSeries {
  checkMetric(name, unit, resolution);
  if (own.has(name)) throw sameName(name);
  return { name, unit, resolution, own, values: new Map() };
}

export function checkedDimensions(dimensions: Dimensions | undefined): ReadonlyMap<string, string> {
  const entries = dimensions === undefined ? [] : Object.entries(dimensions);
  for (const [name, value] of entries) checkDimension(name, value);
  return new Map(entries);
}

/** The values and counts of one `add`, all of them checked before the first is recorded. */
export function checkedValues(name: string, value: MetricValue): ReadonlyMap<number, number> {
  const { values, counts } = typeof value === "number" ? { values: [value] } : listed(name, value);
  const checked = new Map<number, number>();
  values.forEach((one, index) => {
    const count = counts === undefined ? 1 : counts[index]!;
    checkValue(name, one, count);
    checked.set(one, (checked.get(one) ?? 0) + count);
  });
  return checked;
}

interface Listed {
  readonly values: readonly number[];
  readonly counts?: readonly number[];
}

function listed(name: string, value: Exclude<MetricValue, number>): Listed {
  const given: Listed = Array.isArray(value) ? { values: value } : (value as Listed);
  const { values, counts } = given ?? {};
  if (Array.isArray(values) && (counts === undefined || counts.length === values.length)) return given;
  throw new MetricsError(
    "LAC3204",
    `What was added to the metric "${name}" is neither a number nor a list of numbers, or has not one count for each value.`,
    "Pass a number, an array of numbers, or { values, counts } of the same length.",
  );
}

/** A line of embedded metric format holds metrics and dimensions side by side. */
export function sameName(name: string): MetricsError {
  return new MetricsError(
    "LAC3210",
    `"${name}" is both a metric and one of its dimensions.`,
    "Rename one of them.",
  );
}

/** The same for the same metric: names hold no control characters. */
export function identity({ name, unit, resolution, own }: Omit<OpenSeries, "values">): string {
  const plain = `${name}\n${unit}\n${resolution}`;
  if (own.size === 0) return plain;
  const sorted = [...own].sort(([a], [b]) => (a < b ? -1 : 1));
  return `${plain}\n${sorted.map(([dimension, value]) => `${dimension}\n${value}`).join("\n")}`;
}
