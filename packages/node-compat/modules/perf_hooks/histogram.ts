import type { Any } from "../internal/any.js";
import { validateInteger, validateNumber } from "../internal/validate.js";

/** Counts values; every one is kept, so the percentiles are exact. */
class Histogram {
  #values: number[] = [];
  #isSorted = true;

  record(value: number | bigint): void {
    const number = Number(value);
    validateInteger(number, "val", 1);
    this.#values.push(number);
    this.#isSorted = false;
  }
  #sorted(): number[] {
    if (!this.#isSorted) this.#values.sort((a, b) => a - b);
    this.#isSorted = true;
    return this.#values;
  }
  get count(): number {
    return this.#values.length;
  }
  get countBigInt(): bigint {
    return BigInt(this.#values.length);
  }
  get min(): number {
    return this.#sorted()[0] ?? 9_223_372_036_854_776_000;
  }
  get max(): number {
    return this.#sorted().at(-1) ?? 0;
  }
  get mean(): number {
    return this.#values.reduce((sum, value) => sum + value, 0) / this.#values.length;
  }
  get stddev(): number {
    const { mean } = this;
    return Math.sqrt(this.#values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / this.#values.length);
  }
  get exceeds(): number {
    return 0;
  }
  percentile(percentile: number): number {
    validateNumber(percentile, "percentile", 0, 100);
    const values = this.#sorted();
    return values[Math.max(Math.ceil((percentile / 100) * values.length) - 1, 0)] ?? 0;
  }
  get percentiles(): Map<number, number> {
    return new Map([0, 50, 75, 87.5, 93.75, 96.875, 98.4375, 100].map((one) => [one, this.percentile(one)]));
  }
  add(other: Histogram): void {
    for (const value of other.#values) this.record(value);
  }
  reset(): void {
    this.#values = [];
  }
  recordDelta(): void {
    this.record(1);
  }
}

export function createHistogram(): Any {
  return new Histogram();
}

/** Nothing is recorded: between requests the loop stands still. */
export function monitorEventLoopDelay(): Any {
  return Object.assign(new Histogram(), { enable: () => true, disable: () => true });
}
