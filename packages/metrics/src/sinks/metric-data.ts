import type { MetricDatum } from "@aws-sdk/client-cloudwatch";
import { REQUEST_VALUES } from "../limits.js";
import { valuesOf, type MetricSeries, type MetricSet } from "../metric-set.js";
import type { Waiting } from "./metric-queue.js";

export interface WaitingDatum extends Waiting {
  readonly datum: MetricDatum;
}

/** A set as elements of PutMetricData, each within the limit of values. */
export function metricData({ namespace, timestamp, series }: MetricSet): WaitingDatum[] {
  return series.flatMap((one) =>
    parts(one).map((part) => ({
      namespace,
      datum: datumOf(part, timestamp),
      values: valuesOf(part),
      timestamp,
      bytes: bytesOf(part),
    })),
  );
}

function parts(series: MetricSeries): MetricSeries[] {
  if (series.values.size <= REQUEST_VALUES) return [series];
  const entries = [...series.values];
  const count = Math.ceil(entries.length / REQUEST_VALUES);
  return Array.from({ length: count }, (_, index) => ({
    ...series,
    values: new Map(entries.slice(index * REQUEST_VALUES, (index + 1) * REQUEST_VALUES)),
  }));
}

function datumOf(
  { name, unit, resolution, dimensions, values }: MetricSeries,
  timestamp: number,
): MetricDatum {
  return {
    MetricName: name,
    Unit: unit,
    Timestamp: new Date(timestamp),
    Dimensions: [...dimensions].map(([Name, Value]) => ({ Name, Value })),
    Values: [...values.keys()],
    Counts: [...values.values()],
    ...(resolution === 1 && { StorageResolution: 1 }),
  };
}

/**
 * The most that it can take in the wordiest of the protocols that the SDK has used, a form whose fields have their path
 * for a name and whose text is percent-encoded: the version of the SDK is the app's choice.
 */
function bytesOf({ name, dimensions, values }: MetricSeries): number {
  let bytes = 350 + 3 * name.length + 130 * values.size;
  for (const [dimension, value] of dimensions) bytes += 110 + 3 * (dimension.length + value.length);
  return bytes;
}
