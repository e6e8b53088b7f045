import { exponentialHistogram, type Buckets } from "./exponential-histogram.js";
import type { Point } from "./point.js";
import { ucum } from "./ucum.js";

/** AggregationTemporality: values since the last time, not since the start. */
const DELTA = 1;

/**
 * An ExportMetricsServiceRequest as JSON, whose rules on top of protobuf's are in
 * https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding. The namespace is the scope's name: it is part of what tells
 * two metrics apart wherever they are stored.
 */
export function requestBody(
  namespace: string,
  points: readonly Point[],
  resource: Readonly<Record<string, string>>,
): string {
  return JSON.stringify({
    resourceMetrics: [
      {
        resource: { attributes: attributes(Object.entries(resource)) },
        scopeMetrics: [{ scope: { name: namespace }, metrics: metrics(points) }],
      },
    ],
  });
}

/** Points of the same name and unit are one metric. */
function metrics(points: readonly Point[]) {
  const byMetric = new Map<string, Point[]>();
  for (const point of points) {
    const identity = `${point.name}\n${point.unit}`;
    const others = byMetric.get(identity);
    if (others === undefined) byMetric.set(identity, [point]);
    else others.push(point);
  }
  return [...byMetric.values()].map((same) => ({
    name: same[0]!.name,
    unit: ucum(same[0]!.unit),
    exponentialHistogram: { aggregationTemporality: DELTA, dataPoints: same.map(dataPoint) },
  }));
}

function dataPoint({ dimensions, values, start, end }: Point) {
  const { scale, zeroCount, positive, negative, count, sum, min, max } = exponentialHistogram(values);
  return {
    attributes: attributes(dimensions),
    startTimeUnixNano: start,
    timeUnixNano: end,
    count: String(count),
    sum,
    scale,
    zeroCount: String(zeroCount),
    ...(positive.counts.length > 0 && { positive: bucketsOf(positive) }),
    ...(negative.counts.length > 0 && { negative: bucketsOf(negative) }),
    min,
    max,
  };
}

/** 64-bit integers are text in JSON. */
function bucketsOf({ offset, counts }: Buckets) {
  return { offset, bucketCounts: counts.map(String) };
}

function attributes(entries: Iterable<readonly [string, string]>) {
  return [...entries].map(([key, stringValue]) => ({ key, value: { stringValue } }));
}
