/** The values of one metric under one set of dimensions, and when they were added. */
export interface Point {
  readonly name: string;
  /** One of CloudWatch's units. */
  readonly unit: string;
  readonly dimensions: ReadonlyMap<string, string>;
  /** Distinct values, and how often each was added. */
  readonly values: ReadonlyMap<number, number>;
  /** Nanoseconds since 1970, as decimal digits. */
  readonly start: string;
  /** Nanoseconds since 1970, as decimal digits; later than `start`. */
  readonly end: string;
}
