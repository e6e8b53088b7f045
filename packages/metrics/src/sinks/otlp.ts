import type { Drops } from "../drops.js";
import type { MetricSet } from "../metric-set.js";
import { exportPoints, type OtlpTarget } from "./export-points.js";
import { Intervals } from "./intervals.js";
import { ANSWER_MS, QueuedSink, type QueueOptions } from "./queued-sink.js";
import { waitingPoints, type WaitingPoint } from "./waiting-point.js";

export interface OtlpOptions extends QueueOptions, OtlpTarget {}

/** Sends values by OTLP, to a collector on this machine unless told otherwise. */
export class OtlpSink extends QueuedSink<WaitingPoint> {
  constructor(drops: Drops, options: OtlpOptions = {}) {
    const intervals = new Intervals();
    super(
      drops,
      {
        target: "OTLP's endpoint",
        items: (set: MetricSet) => waitingPoints(set, intervals.next(set.timestamp)),
        send: exportPoints(options, options.timeoutMs ?? ANSWER_MS),
      },
      options,
    );
  }
}
