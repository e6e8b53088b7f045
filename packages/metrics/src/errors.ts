/** Every code of this package and what it stands for; the documentation is generated from it, and no bundle keeps it. */
export const METRICS_ERRORS = {
  LAC3201: "a namespace, or the service that names it, is not one that CloudWatch takes",
  LAC3202: "a metric's name is not one that CloudWatch takes",
  LAC3203: "a unit is not one of CloudWatch's",
  LAC3204:
    "a value is not a number that CloudWatch takes, or a count is not a whole number that may be added at once",
  LAC3205: "a dimension's name or value is not one that CloudWatch takes",
  LAC3206: "a dimension was set twice in one scope, with different values",
  LAC3207: "a metric would have more dimensions than CloudWatch takes",
  LAC3208: "a timestamp is older or newer than CloudWatch takes",
  LAC3209: "a storage resolution is neither 1 nor 60",
  LAC3210: "a metric and a dimension of one scope have the same name",
  LAC3211: "a dimension was set outside a scope, where it would reach every request",
  LAC3212: "an option of createMetrics has an unknown or invalid value",
} as const;

export type MetricsErrorCode = keyof typeof METRICS_ERRORS;

/** What the caller did wrong. Matched by `code`, not by `instanceof`: a bundle may hold two copies of this class. */
export class MetricsError extends Error {
  override readonly name: string = "MetricsError";

  constructor(
    readonly code: MetricsErrorCode,
    message: string,
    /** The next step, one sentence. */
    readonly hint: string,
  ) {
    super(`${message} ${hint}`);
  }
}
