import type { Drops } from "../drops.js";
import { metricData, type WaitingDatum } from "./metric-data.js";
import { putMetricData } from "./put-metric-data.js";
import { ANSWER_MS, QueuedSink, type QueueOptions } from "./queued-sink.js";

export type CloudWatchOptions = QueueOptions;

/** Sends values with PutMetricData. */
export class CloudWatchSink extends QueuedSink<WaitingDatum> {
  constructor(drops: Drops, options: CloudWatchOptions = {}) {
    const put = putMetricData(options.timeoutMs ?? ANSWER_MS);
    super(
      drops,
      {
        target: "CloudWatch",
        items: metricData,
        send: (namespace, waiting) =>
          put(
            namespace,
            waiting.map(({ datum }) => datum),
          ),
      },
      options,
    );
  }
}
