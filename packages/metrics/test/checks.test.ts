import { describe, expect, it } from "vitest";
import {
  createMetrics,
  METRICS_ERRORS,
  MetricsError,
  type MetricsErrorCode,
  type Unit,
} from "../src/index.js";
import * as limits from "../src/limits.js";
import { UNITS } from "../src/unit.js";
import { MemorySink } from "./tally.js";

type Metrics = ReturnType<typeof createMetrics>;

const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, at) => [`d${at}`, "x"]));
const dimension = (name: string, value: string) => (metrics: Metrics) =>
  metrics.add("A", 1, "None", { [name]: value });
const HOUR = 3_600_000;

const REFUSED: Readonly<Record<string, readonly [MetricsErrorCode, (metrics: Metrics) => unknown]>> = {
  "an empty name": ["LAC3202", (metrics) => metrics.add("", 1)],
  "a blank name": ["LAC3202", (metrics) => metrics.add("  ", 1)],
  "a name that is too long": ["LAC3202", (metrics) => metrics.add("x".repeat(256), 1)],
  "a name that is not ASCII": ["LAC3202", (metrics) => metrics.add("Aufträge", 1)],
  "a name of emoji": ["LAC3202", (metrics) => metrics.add("😀", 1)],
  "a name with a line break": ["LAC3202", (metrics) => metrics.add("a\nb", 1)],
  "a name that ends with a line break": ["LAC3202", (metrics) => metrics.add("a\n", 1)],
  "the name of the metadata": ["LAC3202", (metrics) => metrics.add("_aws", 1)],
  "a name that is no string": ["LAC3202", (metrics) => metrics.add(1 as never, 1)],
  "an unknown unit": ["LAC3203", (metrics) => metrics.add("A", 1, "count" as Unit)],
  NaN: ["LAC3204", (metrics) => metrics.add("A", NaN)],
  Infinity: ["LAC3204", (metrics) => metrics.add("A", Infinity)],
  "-Infinity in a list": ["LAC3204", (metrics) => metrics.add("A", [1, -Infinity])],
  "a number that is too large": ["LAC3204", (metrics) => metrics.add("A", 2 ** 361)],
  "a number that is too small": ["LAC3204", (metrics) => metrics.add("A", -(2 ** 361))],
  "a string as a value": ["LAC3204", (metrics) => metrics.add("A", "1" as never)],
  "a bigint as a value": ["LAC3204", (metrics) => metrics.add("A", 1n as never)],
  "no value": ["LAC3204", (metrics) => metrics.add("A", undefined as never)],
  null: ["LAC3204", (metrics) => metrics.add("A", null as never)],
  "fewer counts than values": ["LAC3204", (metrics) => metrics.add("A", { values: [1, 2], counts: [1] })],
  "a count of 0": ["LAC3204", (metrics) => metrics.add("A", { values: [1], counts: [0] })],
  "half a count": ["LAC3204", (metrics) => metrics.add("A", { values: [1], counts: [0.5] })],
  "a count that no line holds": ["LAC3204", (metrics) => metrics.add("A", { values: [1], counts: [1e9] })],
  "an empty dimension": ["LAC3205", dimension("", "x")],
  "a dimension that starts with a colon": ["LAC3205", dimension(":a", "x")],
  "a dimension that is too long": ["LAC3205", dimension("x".repeat(251), "x")],
  "a dimension that is not ASCII": ["LAC3205", dimension("größe", "x")],
  "an empty dimension's value": ["LAC3205", dimension("a", "")],
  "a blank dimension's value": ["LAC3205", dimension("a", " ")],
  "a dimension's value that is too long": ["LAC3205", dimension("a", "x".repeat(1025))],
  "a dimension's value that is not ASCII": ["LAC3205", dimension("a", "Zoë")],
  "a dimension's value with a tab": ["LAC3205", dimension("a", "b\tc")],
  "a dimension's value that is a number": ["LAC3205", dimension("a", 404 as never)],
  "a dimension of the scope that is not ASCII": ["LAC3205", (metrics) => metrics.dimension("a", "Zoë")],
  "31 dimensions": ["LAC3207", (metrics) => metrics.add("A", 1, "None", many(31))],
  "31 dimensions together with the scope's": [
    "LAC3207",
    (metrics) => {
      metrics.dimension("scope", "x");
      metrics.add("A", 1, "None", many(30));
    },
  ],
  "31 dimensions together with a later one of the scope": [
    "LAC3207",
    (metrics) => {
      metrics.add("A", 1, "None", many(30));
      metrics.dimension("scope", "x");
    },
  ],
  "31 dimensions of the scope": [
    "LAC3207",
    (metrics) => metrics.run(() => undefined, { dimensions: many(31) }),
  ],
  "a time 15 days ago": ["LAC3208", (metrics) => metrics.scope({ timestamp: Date.now() - 15 * 24 * HOUR })],
  "a time in 3 hours": ["LAC3208", (metrics) => metrics.scope({ timestamp: Date.now() + 3 * HOUR })],
  "NaN as a time": ["LAC3208", (metrics) => metrics.run(() => undefined, { timestamp: NaN })],
  "seconds for milliseconds": ["LAC3208", (metrics) => metrics.scope({ timestamp: Date.now() / 1000 })],
  "a resolution of 10": [
    "LAC3209",
    (metrics) => metrics.add("A", 1, "None", {}, { resolution: 10 as never }),
  ],
  "a metric with its own name for a dimension": [
    "LAC3210",
    (metrics) => metrics.add("A", 1, "None", { A: "x" }),
  ],
  "a metric with the name of a dimension of the scope": [
    "LAC3210",
    (metrics) => {
      metrics.dimension("A", "x");
      metrics.add("A", 1);
    },
  ],
  "a dimension of the scope with the name of a metric": [
    "LAC3210",
    (metrics) => {
      metrics.add("A", 1);
      metrics.dimension("A", "x");
    },
  ],
};

describe("what CloudWatch would not take", () => {
  it.each(Object.entries(REFUSED))("is refused: %s", (_, [code, work]) => {
    const sink = new MemorySink();
    const metrics = createMetrics({ namespace: "Shop", sink });
    let thrown: unknown;
    metrics.run(() => {
      try {
        work(metrics);
      } catch (error) {
        thrown = error;
      }
      metrics.add("Fine", 1);
    });
    expect(thrown).toBeInstanceOf(MetricsError);
    const { code: given, hint, message } = thrown as MetricsError;
    expect(given).toBe(code);
    expect(hint.length).toBeGreaterThan(10);
    expect(message).toContain(hint);
    expect(message.length).toBeLessThan(600);
    expect(message).not.toMatch(/\[object/);
    expect(sink.values("Fine")).toEqual([1]);
  });

  it("records nothing of a list with one wrong value", () => {
    const sink = new MemorySink();
    const metrics = createMetrics({ namespace: "Shop", sink });
    metrics.run(() => expect(() => metrics.add("A", [1, 2, NaN])).toThrow(MetricsError));
    expect(sink.sets).toEqual([]);
  });

  const NAMESPACES = ["", " ", "AWS/Lambda", ":a", "größe", "a\\b", "x".repeat(256), undefined as never];
  it.each(NAMESPACES)("is refused as a namespace: %j", (namespace) => {
    expect(() => createMetrics({ namespace })).toThrow(expect.objectContaining({ code: "LAC3201" }));
  });

  it("is refused as a service, or without either", () => {
    expect(() => createMetrics({ service: "Bestellungen für Zoë" })).toThrow(/LAC|namespace/);
    expect(() => createMetrics({} as never)).toThrow(expect.objectContaining({ code: "LAC3201" }));
  });

  it("is refused as a sink", () => {
    for (const sink of ["datadog", {}, null, 1]) {
      expect(() => createMetrics({ namespace: "Shop", sink: sink as never })).toThrow(
        expect.objectContaining({ code: "LAC3212" }),
      );
    }
  });
});

it("takes everything up to the limits", () => {
  const sink = new MemorySink();
  const metrics = createMetrics({ namespace: "x".repeat(limits.NAMESPACE_LENGTH), sink });
  metrics.run(
    () => {
      for (const unit of UNITS) metrics.add("A", 1, unit);
      metrics.add("x".repeat(limits.METRIC_NAME_LENGTH), [
        limits.VALUE_MAGNITUDE,
        -limits.VALUE_MAGNITUDE,
        0,
        5e-324,
      ]);
      metrics.add("B", 1, "None", many(limits.DIMENSIONS));
      metrics.add("C", { values: [1], counts: [limits.VALUE_COUNT] }, "None", {
        ["n".repeat(limits.DIMENSION_NAME_LENGTH)]: "v".repeat(limits.DIMENSION_VALUE_LENGTH),
      });
      metrics.add("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~ ", 1);
    },
    { timestamp: Date.now() - limits.OLDEST_MS + 60_000 },
  );
  expect(sink.series).toHaveLength(UNITS.length + 4);
});

it("has a meaning for every code", () => {
  const codes = [...Object.values(REFUSED).map(([code]) => code), "LAC3201", "LAC3206", "LAC3211", "LAC3212"];
  expect(Object.keys(METRICS_ERRORS).sort()).toEqual([...new Set(codes)].sort());
});
