import type { MetricSink } from "./sink.js";

/** Publishes nothing. What is added is checked all the same, so that tests see the errors of production. */
export const NONE: MetricSink = { publish: () => undefined };
