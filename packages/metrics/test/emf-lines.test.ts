import { expect, it } from "vitest";
import { createMetrics, type MetricSet } from "../src/index.js";
import { DIMENSION_NAME_LENGTH, DIMENSION_VALUE_LENGTH, METRIC_NAME_LENGTH } from "../src/limits.js";
import { emfLines } from "../src/sinks/emf-lines.js";
import { readLine } from "../../../tools/aws/emf-document.js";
import { MemorySink, occurrencesOf, tally } from "./tally.js";

/** The lines of what one request adds, each read as CloudWatch reads it. */
function publish(add: (metrics: ReturnType<typeof createMetrics>) => void) {
  const sink = new MemorySink();
  const metrics = createMetrics({ namespace: "Shop", sink });
  metrics.run(() => add(metrics));
  const lines = sink.sets.flatMap((set) => [...emfLines(set)]);
  const read = lines.flatMap(({ text }) => readLine(text));
  expect(tally(read)).toEqual(tally(sink.sets.flatMap((set) => [...occurrencesOf(set)])));
  expect(lines.map(({ values }) => values)).toEqual(
    lines.map(({ text }) => readLine(text).reduce((sum, { count }) => sum + count, 0)),
  );
  return lines.map(({ text }) => text);
}

it("writes the document that the specification shows", () => {
  const set: MetricSet = {
    namespace: "lambda-function-metrics",
    timestamp: 1574109732004,
    series: [
      {
        name: "time",
        unit: "Milliseconds",
        resolution: 1,
        dimensions: new Map([["functionVersion", "$LATEST"]]),
        values: new Map([[100, 1]]),
      },
    ],
  };
  expect([...emfLines(set)].map(({ text }) => JSON.parse(text) as unknown)).toEqual([
    {
      _aws: {
        Timestamp: 1574109732004,
        CloudWatchMetrics: [
          {
            Namespace: "lambda-function-metrics",
            Dimensions: [["functionVersion"]],
            Metrics: [{ Name: "time", Unit: "Milliseconds", StorageResolution: 1 }],
          },
        ],
      },
      functionVersion: "$LATEST",
      time: 100,
    },
  ]);
});

it("writes 10,000 metrics of one request in 100 lines", () => {
  const lines = publish((metrics) => {
    for (let index = 0; index < 10_000; index++) metrics.add(`Metric${index}`, index, "Count");
  });
  expect(lines).toHaveLength(100);
});

it("writes more than 100 values of a metric in several lines", () => {
  const lines = publish((metrics) => {
    for (let index = 0; index < 250; index++) metrics.add("Latency", index, "Milliseconds");
  });
  expect(lines.map((line) => readLine(line).length)).toEqual([100, 100, 50]);
});

it("writes a repeated value as often as it was added", () => {
  const lines = publish((metrics) => metrics.add("Size", { values: [1, 2], counts: [150, 1] }, "Bytes"));
  expect(lines.map((line) => readLine(line).length)).toEqual([100, 51]);
});

it("fills lines side by side when several metrics have many values", () => {
  const lines = publish((metrics) => {
    for (let index = 0; index < 300; index++) {
      for (const name of ["a", "b", "c"]) metrics.add(name, index);
    }
  });
  expect(lines).toHaveLength(3);
});

it("keeps to the size of a log event with the longest names, values and dimensions", () => {
  const dimensions = Object.fromEntries(
    Array.from({ length: 30 }, (_, index) => [
      `${index}`.padEnd(DIMENSION_NAME_LENGTH, '"'),
      "\\".repeat(DIMENSION_VALUE_LENGTH),
    ]),
  );
  const lines = publish((metrics) => {
    for (let index = 0; index < 120; index++) {
      const name = `${index}`.padEnd(METRIC_NAME_LENGTH, "\\");
      const values = Array.from({ length: 100 }, (_, step) => -Number.MAX_SAFE_INTEGER / (step + 3));
      metrics.add(name, values, "Gigabytes/Second", dimensions, { resolution: 1 });
    }
  });
  expect(lines.length).toBeGreaterThan(2);
});

it("keeps metrics apart that differ in dimensions, unit or resolution alone", () => {
  const lines = publish((metrics) => {
    metrics.add("Orders", 1, "Count");
    metrics.add("Orders", 2, "None");
    metrics.add("Orders", 3, "Count", {}, { resolution: 1 });
    metrics.add("Orders", 4, "Count", { tenant: "a" });
    metrics.add("Orders", 5, "Count", { tenant: "b", region: "x" });
    metrics.add("Orders", 6, "Count", { region: "x", tenant: "b" });
  });
  expect(lines).toHaveLength(5);
});

it("writes names that objects have of their own", () => {
  publish((metrics) => {
    for (const name of ["__proto__", "constructor", "toString", "a.b", '"', "\\", "'", "</script>"]) {
      metrics.add(name, 1, "None", JSON.parse('{"valueOf":"x","__proto__ ":"y"}') as Record<string, string>);
    }
  });
});
