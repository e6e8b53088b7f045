import type { MetricSet } from "../metric-set.js";

/** Where published sets go. */
export interface MetricSink {
  /** Takes over a set, at once and without waiting. What it throws is counted as values dropped. */
  publish(set: MetricSet): void;
  /** Settles when everything published before is stored or given up. */
  flush?(): Promise<void>;
  /**
   * Sends what waits, now that a response has left, for at most `remainingMs`. After the last call nothing may be left that
   * another process could send as well.
   */
  afterResponse?(remainingMs: number, isLast: boolean): Promise<void>;
}

export const SINK_NAMES = ["emf", "cloudwatch", "otlp", "none"] as const;

export type SinkName = (typeof SINK_NAMES)[number];
