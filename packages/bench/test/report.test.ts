import { expect, it } from "vitest";
import { reportTable } from "../src/index.js";
import { distribution } from "../src/statistics.js";

it("interpolates quantiles", () => {
  expect(distribution([4, 1, 3, 2, 5])).toEqual({ count: 5, p10: 1.4, p50: 3, p90: 4.6, p99: 4.96 });
  expect(distribution([7])).toEqual({ count: 1, p10: 7, p50: 7, p90: 7, p99: 7 });
  expect(distribution([]).p50).toBeNaN();
});

it("prints one table for each part that was measured", () => {
  const spread = { count: 2, p10: 27, p50: 28.54, p90: 30, p99: 31 };
  const text = reportTable({
    coldStart: [{ name: "empty Python", coldStartMs: spread, ratio: 1 }],
    warm: [{ name: "hello", callUs: spread, overBaselineUs: { p50: 15, p99: -2 } }],
    memory: [{ name: "hello", requests: 100, settledKib: 9, endKib: 10, growthKib: 1 }],
  });
  expect(text).toMatchSnapshot();
});

it("has a column for what a subject is beside", () => {
  const spread = { count: 2, p10: 27, p50: 28.54, p90: 30, p99: 31 };
  const text = reportTable({
    coldStart: [
      { name: "in Node", coldStartMs: spread, ratio: 2 },
      { name: "express", coldStartMs: spread, ratio: 1, beside: { name: "in Node", ratio: 0.5 } },
    ],
  });
  expect(text).toContain("0.50 x in Node");
});
