/** Where metrics may go; the value of LACONIC_METRICS in a function's environment. */
export const METRIC_SINKS = ["emf", "cloudwatch", "otlp", "none"] as const;

export type MetricSinkName = (typeof METRIC_SINKS)[number];

/** When alarms go off, and who hears of it. `false` leaves one out. */
export interface AlarmSettings {
  /** ARN of an SNS topic, or the logical id of one in the stack; without it an alarm shows in CloudWatch alone. */
  readonly notify?: string;
  /** Failed requests of a function within the period, timeouts among them. Default 1. */
  readonly errors?: number | false;
  /** Part of its timeout that a function's slowest request may take. Default 0.9. */
  readonly duration?: number | false;
  /** Requests that Lambda refused to run within the period. Default 1. */
  readonly throttles?: number | false;
  /** Values of the app's metrics that were not stored within the period, when they go to CloudWatch. Default 1. */
  readonly dropped?: number | false;
  /** Seconds, a multiple of 60. Default 300. */
  readonly period?: number;
}

/** What of a service can be looked at. */
export interface Monitoring {
  /** Where the metrics of the functions, and those of their shims, go. Left out, shims publish none. */
  readonly metrics?: MetricSinkName;
  /** Namespaces of the app's metrics beside the service's own; the sink `cloudwatch` may write into no other one. */
  readonly metricNamespaces?: readonly string[];
  /** Adds a dashboard: cold starts, latency, errors and memory of the functions of each shim. */
  readonly dashboard?: boolean;
  /** Adds alarms; `true` is all of them as they are by default. */
  readonly alarms?: boolean | AlarmSettings;
}
