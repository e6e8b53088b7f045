import { valuesOf, type MetricSeries, type MetricSet } from "../metric-set.js";
import type { Interval } from "./intervals.js";
import type { Waiting } from "./metric-queue.js";

/** The values of one metric, from which a point is made when they are sent. */
export interface WaitingPoint extends Waiting {
  readonly series: MetricSeries;
  readonly interval: Interval;
}

export function waitingPoints(
  { namespace, timestamp, series }: MetricSet,
  interval: Interval,
): WaitingPoint[] {
  return series.map((one) => ({
    namespace,
    series: one,
    interval,
    values: valuesOf(one),
    timestamp,
    bytes: bytesOf(one),
  }));
}

/** A histogram of two values may have 160 buckets. More values make the text no longer, but take memory while they wait. */
const BUCKETS_BYTES = 160 * 4;

/** The most that it can take of a request, or of the memory while it waits. Names may be escaped in JSON. */
function bytesOf({ name, dimensions, values }: MetricSeries): number {
  let bytes = 550 + 2 * name.length + (values.size > 1 ? BUCKETS_BYTES : 0) + 24 * values.size;
  for (const [dimension, value] of dimensions) bytes += 50 + 2 * (dimension.length + value.length);
  return bytes;
}
