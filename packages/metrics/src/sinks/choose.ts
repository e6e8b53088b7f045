import type { Drops } from "../drops.js";
import { MetricsError } from "../errors.js";
import { CloudWatchSink, type CloudWatchOptions } from "./cloudwatch.js";
import { EmfSink } from "./emf.js";
import { NONE } from "./none.js";
import { OtlpSink, type OtlpOptions } from "./otlp.js";
import { SINK_NAMES, type MetricSink, type SinkName } from "./sink.js";

/** Names the sink of every app that does not choose one itself. */
export const SINK_VARIABLE = "LACONIC_METRICS";

export interface SinkOptions {
  /** "emf" (lines on stdout, the default), "cloudwatch" (PutMetricData), "otlp", "none", or one's own. */
  readonly sink?: SinkName | MetricSink;
  readonly cloudwatch?: CloudWatchOptions;
  readonly otlp?: OtlpOptions;
}

export function checkSink(sink: SinkOptions["sink"]): void {
  if (sink === undefined || isSinkName(sink) || typeof (sink as MetricSink | null)?.publish === "function")
    return;
  throw new MetricsError(
    "LAC3212",
    `The sink ${JSON.stringify(sink)} is unknown.`,
    `Use one of ${SINK_NAMES.join(", ")}, or an object with a function "publish".`,
  );
}

/** Called for the first set: a process that is built or kept as a snapshot in one place may run in another. */
export function chooseSink({ sink, cloudwatch, otlp }: SinkOptions, drops: Drops): MetricSink {
  const chosen = sinkOf(sink);
  if (typeof chosen === "object") return chosen;
  switch (chosen) {
    case "cloudwatch":
      return new CloudWatchSink(drops, cloudwatch);
    case "otlp":
      return new OtlpSink(drops, otlp);
    case "none":
      return NONE;
    case "emf":
      return new EmfSink(drops);
  }
}

/** What the sink leaves to be done when a response has left. One of the app's own may do anything. */
export function workAfterResponse(sink: SinkOptions["sink"]): "send" | "write" | undefined {
  const chosen = sinkOf(sink);
  if (typeof chosen === "object") return chosen.afterResponse && "send";
  if (chosen === "none") return undefined;
  return chosen === "emf" ? "write" : "send";
}

const sinkOf = (sink: SinkOptions["sink"]): SinkName | MetricSink => sink ?? fromEnvironment();

/** A slip in a variable must not take the function down. */
function fromEnvironment(): SinkName {
  const named = process.env[SINK_VARIABLE];
  if (named === undefined || named === "") return "emf";
  if (isSinkName(named)) return named;
  if (hasWarned) return "emf";
  hasWarned = true;
  console.warn(`${SINK_VARIABLE} is "${named}", not one of ${SINK_NAMES.join(", ")}: metrics go to emf`);
  return "emf";
}

let hasWarned = false;

const isSinkName = (name: unknown): name is SinkName => SINK_NAMES.includes(name as SinkName);
