import fc from "fast-check";
import { expect, it } from "vitest";
import { exponentialHistogram, MOST_BUCKETS, type Buckets } from "../src/exponential-histogram.js";

const magnitude = fc.oneof(
  fc.double({ min: 5e-324, max: 2 ** 360, noNaN: true }),
  fc.integer({ min: 1, max: 10_000 }),
  fc.integer({ min: -1074, max: 360 }).map((exponent) => 2 ** exponent),
);
const value = fc.oneof(
  magnitude,
  magnitude.map((one) => -one),
  fc.constant(0),
);
const distinctValues = fc
  .array(fc.tuple(value, fc.integer({ min: 1, max: 1000 })), { minLength: 1, maxLength: 400 })
  .map((entries) => new Map(entries));

const total = ({ counts }: Buckets) => counts.reduce((all, one) => all + one, 0);
const occurrences = (values: ReadonlyMap<number, number>, where: (value: number) => boolean) =>
  [...values].reduce((all, [one, count]) => all + (where(one) ? count : 0), 0);

it("counts each value once, in at most 160 buckets that begin and end with one", () => {
  fc.assert(
    fc.property(distinctValues, (values) => {
      const histogram = exponentialHistogram(values);
      const { positive, negative, zeroCount, count } = histogram;
      expect(total(positive)).toBe(occurrences(values, (one) => one > 0));
      expect(total(negative)).toBe(occurrences(values, (one) => one < 0));
      expect(zeroCount).toBe(occurrences(values, (one) => one === 0));
      expect(count).toBe(total(positive) + total(negative) + zeroCount);
      expect(positive.counts.length + negative.counts.length).toBeLessThanOrEqual(MOST_BUCKETS);
      for (const { counts } of [positive, negative])
        if (counts.length > 0) expect(counts[0]! * counts.at(-1)!).toBeGreaterThan(0);
      expect(histogram.min).toBe(Math.min(...values.keys()));
      expect(histogram.max).toBe(Math.max(...values.keys()));
    }),
  );
});

/** The logarithm to the base of the histogram: a bucket's index and the next one are the bounds of what it holds. */
const position = (value: number, scale: number) => Math.log2(value) * 2 ** scale;

it("has each value within the bounds of its bucket", () => {
  fc.assert(
    fc.property(distinctValues, (values) => {
      const { scale, positive, negative } = exponentialHistogram(values);
      const left = new Map([
        [1, [...positive.counts]],
        [-1, [...negative.counts]],
      ]);
      for (const [one, count] of values) {
        if (one === 0) continue;
        const { offset } = one > 0 ? positive : negative;
        const counts = left.get(Math.sign(one))!;
        const at = position(Math.abs(one), scale);
        // Rounding may put a value that is next to a bound on its other side.
        const slack = Math.abs(at) * 1e-14 + 1e-9;
        const candidates = [Math.ceil(at - slack) - 1, Math.ceil(at + slack) - 1].map(
          (index) => index - offset,
        );
        expect(candidates.some((index) => counts[index]! >= count)).toBe(true);
      }
    }),
  );
});

it("is as fine as the limit allows, and at every scale has powers of two at the end of their bucket", () => {
  const single = exponentialHistogram(new Map([[8, 5]]));
  expect(single).toEqual({
    scale: 20,
    zeroCount: 0,
    positive: { offset: 3 * 2 ** 20 - 1, counts: [5] },
    negative: { offset: 0, counts: [] },
    count: 5,
    sum: 40,
    min: 8,
    max: 8,
  });
  // 2^160 / 2^0 are 160 doublings, and the bucket that ends with 1 is one more.
  const wide = new Map(Array.from({ length: 161 }, (_, exponent) => [2 ** exponent, 1]));
  expect(exponentialHistogram(wide)).toMatchObject({ scale: -1, positive: { offset: -1 } });
  wide.delete(2 ** 160);
  expect(exponentialHistogram(wide)).toMatchObject({
    scale: 0,
    positive: { offset: -1, counts: Array(160).fill(1) },
  });
});
