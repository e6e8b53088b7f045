import { dropSeries, type Drops } from "../drops.js";
import type { MetricSet } from "../metric-set.js";
import { emfLines } from "./emf-lines.js";
import type { MetricSink } from "./sink.js";
import { UntilResponse } from "./until-response.js";

/** The part of process.stdout that is written to. */
export interface LineStream {
  write(text: string, done: (error?: Error | null) => void): unknown;
  once?(event: "error", listener: () => void): unknown;
  listenerCount?(event: "error"): number;
}

/**
 * Writes embedded metric format to stdout, where Lambda makes log events of lines. Not the console: Lambda's own adds
 * a prefix to its records.
 */
export class EmfSink implements MetricSink {
  private readonly waiting = new UntilResponse();

  constructor(
    private readonly drops: Drops,
    private readonly stream: () => LineStream = () => process.stdout,
  ) {}

  publish(set: MetricSet): void {
    if (!this.waiting.keep(set)) this.publishNow(set);
  }

  afterResponse(): Promise<void> {
    for (const set of this.waiting.take()) this.publishNow(set);
    return Promise.resolve();
  }

  private publishNow(set: MetricSet): void {
    if (!this.drops.isEmpty) this.publishDrops(set);
    for (const { text, values } of emfLines(set)) {
      this.write(text, () => this.drops.count("failed", values));
    }
  }

  private publishDrops(set: MetricSet): void {
    const taken = this.drops.take();
    const series = dropSeries(taken);
    let putBack = (): void => {
      putBack = () => undefined;
      this.drops.putBack(taken);
    };
    for (const { text } of emfLines({ ...set, series })) this.write(text, () => putBack());
  }

  private write(text: string, failed: () => void): void {
    let stream: LineStream | undefined;
    try {
      stream = this.stream();
      stream.write(`${text}\n`, (error) => {
        if (!error) return;
        failed();
        // Without a listener, the event that follows would end the process.
        if (stream?.listenerCount?.("error") === 0) stream.once?.("error", () => undefined);
      });
    } catch {
      failed();
    }
  }
}
