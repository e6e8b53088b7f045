import fc from "fast-check";
import { expect, it } from "vitest";
import { createMetrics, type MetricSet, type MetricValue } from "../src/index.js";
import { REQUEST_BYTES, REQUEST_METRICS, REQUEST_VALUES, VALUE_MAGNITUDE } from "../src/limits.js";
import { emfLines } from "../src/sinks/emf-lines.js";
import { metricData, type WaitingDatum } from "../src/sinks/metric-data.js";
import { MetricQueue } from "../src/sinks/metric-queue.js";
import { UNITS } from "../src/unit.js";
import { readLine } from "../../../tools/aws/emf-document.js";
import { MemorySink, occurrencesOf, tally } from "./tally.js";
import type { Occurrence } from "../../../tools/aws/emf-document.js";

const visible = fc.string({
  unit: fc.constantFrom(..."aB1 \"\\:/._%&{}[]'#".split("")),
  minLength: 1,
  maxLength: 12,
});
const text = visible.filter((one) => one.trim() !== "");
const value = fc.oneof(
  fc.integer(),
  fc.double({ min: -VALUE_MAGNITUDE, max: VALUE_MAGNITUDE, noNaN: true }),
  fc.constantFrom(0, -0, 1, 5e-324, VALUE_MAGNITUDE),
);
const values: fc.Arbitrary<MetricValue> = fc.oneof(
  value,
  fc.array(value, { maxLength: 400 }),
  fc
    .array(fc.tuple(value, fc.integer({ min: 1, max: 250 })), { maxLength: 5 })
    .map((pairs) => ({ values: pairs.map(([one]) => one), counts: pairs.map(([, count]) => count) })),
);
// Prefixes keep metrics and dimensions apart, which add() would refuse.
const dimensions = fc.dictionary(
  text.map((name) => `d${name}`),
  text,
  { maxKeys: 4 },
);
const addition = fc.record({
  name: fc.oneof(
    fc.constantFrom("mOrders", "mLatency"),
    text.map((name) => `m${name}`),
  ),
  value: values,
  unit: fc.constantFrom(...UNITS),
  dimensions,
  resolution: fc.constantFrom(1 as const, 60 as const),
});

function published(
  additions: readonly (typeof addition extends fc.Arbitrary<infer Value> ? Value : never)[],
) {
  const sink = new MemorySink();
  const metrics = createMetrics({ namespace: "Shop", sink });
  metrics.run(() => {
    for (const { name, value, unit, dimensions, resolution } of additions)
      metrics.add(name, value, unit, dimensions, { resolution });
  });
  return sink.sets;
}

/** What was added, without the package's own bookkeeping. */
function added(additions: Parameters<typeof published>[0]): Occurrence[] {
  return additions.flatMap(({ value, unit, name, dimensions, resolution }) => {
    const counted = typeof value === "object" && "counts" in value ? value : undefined;
    const listed: readonly number[] = counted?.values ?? [value as number | number[]].flat();
    const counts = counted?.counts ?? listed.map(() => 1);
    return listed.map((one, index) => {
      const identity = { namespace: "Shop", name, unit, resolution, dimensions: Object.entries(dimensions) };
      return { ...identity, value: one + 0, count: counts[index]! };
    });
  });
}

const additions = fc.array(addition, { maxLength: 40 });

it("lines hold every value that was added, once", () => {
  fc.assert(
    fc.property(additions, (all) => {
      const sets = published(all);
      const expected = tally(added(all));
      expect(tally(sets.flatMap((set) => [...occurrencesOf(set)]))).toEqual(expected);
      expect(
        tally(sets.flatMap((set) => [...emfLines(set)].flatMap(({ text: line }) => readLine(line)))),
      ).toEqual(expected);
    }),
    { numRuns: 60 },
  );
});

/** Requests as the queue makes them, each checked against the limits of one. */
function requests(sets: readonly MetricSet[], spare = { metrics: 5, bytes: 5000 }): WaitingDatum[][] {
  const queue = new MetricQueue<WaitingDatum>(Infinity);
  for (const set of sets) for (const datum of metricData(set)) expect(queue.push(datum)).toBe(true);
  const batches: WaitingDatum[][] = [];
  while (!queue.isEmpty) batches.push(queue.take(spare));
  for (const batch of batches) {
    expect(batch.length).toBeGreaterThan(0);
    expect(batch.length).toBeLessThanOrEqual(REQUEST_METRICS - spare.metrics);
    expect(formBytes(batch)).toBeLessThanOrEqual(REQUEST_BYTES - spare.bytes);
    for (const { datum } of batch) expect(datum.Values!.length).toBeLessThanOrEqual(REQUEST_VALUES);
  }
  return batches;
}

/** The bytes of a request in the wordiest protocol, a form as AWS's query protocol has it. */
function formBytes(batch: readonly WaitingDatum[]): number {
  const form = new URLSearchParams({
    Action: "PutMetricData",
    Version: "2010-08-01",
    Namespace: batch[0]!.namespace,
  });
  batch.forEach(({ datum }, at) => {
    const path = `MetricData.member.${at + 1}`;
    form.set(`${path}.MetricName`, datum.MetricName!);
    form.set(`${path}.Unit`, datum.Unit!);
    form.set(`${path}.Timestamp`, (datum.Timestamp as Date).toISOString());
    form.set(`${path}.StorageResolution`, "60");
    datum.Dimensions!.forEach(({ Name, Value }, index) => {
      form.set(`${path}.Dimensions.member.${index + 1}.Name`, Name!);
      form.set(`${path}.Dimensions.member.${index + 1}.Value`, Value!);
    });
    datum.Values!.forEach((one, index) => {
      form.set(`${path}.Values.member.${index + 1}`, String(one));
      form.set(`${path}.Counts.member.${index + 1}`, String(datum.Counts![index]));
    });
  });
  return form.toString().length;
}

function* requested(batches: readonly WaitingDatum[][]): Generator<Occurrence> {
  for (const { namespace, datum } of batches.flat()) {
    const dimensions = datum.Dimensions!.map(({ Name, Value }) => [Name!, Value!] as const);
    const identity = { namespace, name: datum.MetricName!, unit: datum.Unit!, dimensions };
    const resolution = datum.StorageResolution ?? 60;
    for (const [index, value] of datum.Values!.entries())
      yield { ...identity, resolution, value, count: datum.Counts![index]! };
  }
}

it("requests hold every value that was added, once", () => {
  fc.assert(
    fc.property(additions, (all) => {
      expect(tally(requested(requests(published(all))))).toEqual(tally(added(all)));
    }),
    { numRuns: 60 },
  );
});

it("requests keep to a million bytes with the longest names, values and dimensions", () => {
  const sink = new MemorySink();
  const metrics = createMetrics({ namespace: "#".repeat(255), sink });
  const dimensions = Object.fromEntries(
    Array.from({ length: 30 }, (_, index) => [`${index}`.padEnd(250, "%"), "%".repeat(1024)]),
  );
  metrics.run(() => {
    for (let index = 0; index < 20; index++) {
      const all = Array.from({ length: 200 }, (_, step) => -Number.MAX_SAFE_INTEGER / (step + 3) / 1e200);
      metrics.add(`${index}`.padEnd(255, "%"), all, "Kilobytes/Second", dimensions, { resolution: 1 });
    }
  });
  expect(requests(sink.sets).length).toBeGreaterThan(4);
});

it("10,000 metrics of one request fit a little more than 10 requests", () => {
  const sink = new MemorySink();
  const metrics = createMetrics({ namespace: "Shop", sink });
  metrics.run(() => {
    for (let index = 0; index < 10_000; index++)
      metrics.add(`Metric${index}`, index, "Count", { tenant: "a" });
  });
  expect(requests(sink.sets)).toHaveLength(11);
});

it("the queue never holds more than its bytes, and gives room back for what is released", () => {
  const datum = { namespace: "Shop", datum: { MetricName: "A" }, values: 1, timestamp: 0, bytes: 10 };
  fc.assert(
    fc.property(fc.array(fc.constantFrom("push", "take", "back", "release"), { maxLength: 60 }), (steps) => {
      const queue = new MetricQueue<WaitingDatum>(50);
      let held = 0;
      const sent: WaitingDatum[][] = [];
      for (const step of steps) {
        if (step === "push") {
          const hasRoom = queue.push(datum);
          expect(hasRoom).toBe(held < 5);
          if (hasRoom) held++;
        } else if (step === "take") sent.push(queue.take({ metrics: 998, bytes: 0 }));
        else {
          const batch = sent.pop() ?? [];
          if (step === "back") queue.putBack(batch);
          else {
            queue.release(batch);
            held -= batch.length;
          }
        }
      }
    }),
  );
});
