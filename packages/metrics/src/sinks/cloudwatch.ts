import { dropSeries, DROP_REASONS, type Drops, type DropReason } from "../drops.js";
import { OLDEST_MS } from "../limits.js";
import type { MetricSet } from "../metric-set.js";
import { metricData, type WaitingDatum } from "./metric-data.js";
import { MetricQueue } from "./metric-queue.js";
import { putMetricData, type Answer, type Send } from "./put-metric-data.js";
import type { MetricSink } from "./sink.js";

export interface CloudWatchOptions {
  /** Milliseconds that values wait for others to be sent with. Default 5000. */
  readonly intervalMs?: number;
  /** Milliseconds that CloudWatch has for an answer. Default 3000. */
  readonly timeoutMs?: number;
  /** Bytes of requests that may wait, about 17,000 metrics; what is above is dropped. Default 16,000,000. */
  readonly queueBytes?: number;
}

/** While CloudWatch is out of reach, the pause is doubled up to this. */
const LONGEST_PAUSE_MS = 60_000;

/** A clock of CloudWatch's that is a little ahead of ours must not find a value too old. */
const AGE_MARGIN_MS = 60_000;

/** The longest that a sandbox is kept awake for an answer: a CloudWatch that is slow must not cost the caller's time. */
const LONGEST_WAIT_MS = 1000;

/** Of the time that is left, for what the host does afterwards. */
const SHARE_OF_REMAINING = 0.7;

/** Each kind of failure is logged once, and no more kinds than this. */
const MOST_WARNINGS = 5;

/** Sends values with PutMetricData, in the background: publishing puts them into a queue and returns. */
export class CloudWatchSink implements MetricSink {
  private readonly queue: MetricQueue;
  private readonly send: Send;
  private readonly intervalMs: number;
  private pauseMs: number;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private draining: Promise<void> | undefined;
  private namespace = "";
  /** Whether the host says when a response has left. Then nothing is sent while a request runs. */
  private isToldOfResponses = false;
  /** What a response has waited for already, and no other waits for again. */
  private waitedFor: Promise<void> | undefined;
  /** After a failure, when it is worth another try; in milliseconds since 1970. */
  private nextAttempt = 0;
  private readonly warned = new Set<string>();

  constructor(
    private readonly drops: Drops,
    { intervalMs = 5000, timeoutMs = 3000, queueBytes = 16_000_000 }: CloudWatchOptions = {},
  ) {
    this.queue = new MetricQueue(queueBytes);
    this.send = putMetricData(timeoutMs);
    this.intervalMs = intervalMs;
    this.pauseMs = intervalMs;
  }

  publish(set: MetricSet): void {
    this.namespace = set.namespace;
    for (const datum of metricData(set)) {
      if (!this.queue.push(datum)) this.drops.count("overflow", datum.values);
    }
    // After a failure there is no hurry: the pause goes on.
    if (this.queue.isHalfFull && this.pauseMs === this.intervalMs) void this.start();
    else this.schedule();
  }

  async flush(): Promise<void> {
    // What runs already may have failed before this was called, so its end is not enough.
    await this.draining;
    await this.start();
  }

  async afterResponse(remainingMs: number, isLast: boolean): Promise<void> {
    this.isToldOfResponses = true;
    clearTimeout(this.timer);
    this.timer = undefined;
    // While CloudWatch is out of reach, one response in a while waits for it.
    const isDue = Date.now() >= this.nextAttempt;
    const work = isLast ? this.flush() : isDue ? this.start() : this.draining;
    if (work !== undefined && work !== this.waitedFor) {
      this.waitedFor = work;
      await settledWithin(Math.min(LONGEST_WAIT_MS, remainingMs * SHARE_OF_REMAINING), work);
    }
    if (isLast) this.discard();
  }

  private discard(): void {
    const values = this.queue.clear();
    if (values > 0) this.warn(new Error(`${values} values were not sent before the end`));
  }

  private start(): Promise<void> {
    if (this.draining !== undefined) return this.draining;
    if (this.hasNothing) return Promise.resolve();
    return (this.draining = this.drain());
  }

  private get hasNothing(): boolean {
    return this.queue.isEmpty && this.drops.isEmpty;
  }

  private async drain(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    let goesOn = true;
    while (goesOn && !this.hasNothing) goesOn = await this.sendBatch();
    this.pauseMs = goesOn ? this.intervalMs : Math.min(this.pauseMs * 2, LONGEST_PAUSE_MS);
    this.nextAttempt = goesOn ? 0 : Date.now() + this.pauseMs;
    // No await between the look at the queue and this: what is published from here on finds nobody draining.
    this.draining = undefined;
    if (!this.queue.isEmpty) this.schedule();
  }

  /** @returns whether CloudWatch stored it, so that the next one is worth a try */
  private async sendBatch(): Promise<boolean> {
    // Room for the counts of drops. One that expires now has a place to leave to its count.
    const counts = DROP_REASONS.length;
    const taken = this.queue.take({ metrics: this.drops.isEmpty ? 0 : counts, bytes: counts * 1000 });
    const batch = this.withoutExpired(taken);
    const namespace = taken[0]?.namespace ?? this.namespace;
    const drops = this.drops.take();
    const series = dropSeries(drops);
    const about = series.length > 0 ? metricData({ namespace, timestamp: Date.now(), series }) : [];
    const data = [...about, ...batch].map(({ datum }) => datum);
    if (data.length === 0) return true;
    const answer = await this.send(namespace, data);
    if (answer.outcome !== "stored") this.drops.putBack(drops);
    this.settle(batch, answer);
    return answer.outcome === "stored";
  }

  private settle(batch: readonly WaitingDatum[], { outcome, error }: Answer): void {
    if (outcome !== "stored") this.warn(error);
    if (outcome === "not-now") return this.queue.putBack(batch);
    this.queue.release(batch);
    if (outcome !== "stored") this.giveUp(batch, outcome);
  }

  private withoutExpired(batch: readonly WaitingDatum[]): WaitingDatum[] {
    const oldest = Date.now() - OLDEST_MS + AGE_MARGIN_MS;
    const expired = batch.filter(({ timestamp }) => timestamp < oldest);
    this.queue.release(expired);
    this.giveUp(expired, "expired");
    return batch.filter(({ timestamp }) => timestamp >= oldest);
  }

  private giveUp(batch: readonly WaitingDatum[], reason: DropReason): void {
    for (const { values } of batch) this.drops.count(reason, values);
  }

  private schedule(): void {
    if (this.timer !== undefined || this.draining !== undefined || this.isToldOfResponses) return;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      void this.start();
    }, this.pauseMs);
    // Metrics must not keep a process alive.
    (this.timer as { unref?(): void }).unref?.();
  }

  private warn(error: unknown): void {
    const { name = "Error", message = String(error) } = (error ?? {}) as Partial<Error>;
    if (this.warned.has(name) || this.warned.size === MOST_WARNINGS) return;
    this.warned.add(name);
    try {
      console.warn(`Metrics cannot be sent to CloudWatch: ${name}: ${message}`);
    } catch {
      // Neither the log nor metrics may fail a request.
    }
  }
}

/** Waits for `work`, but no longer than `limitMs`. */
async function settledWithin(limitMs: number, work: Promise<void>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const limit = new Promise<void>((resolve) => (timer = setTimeout(resolve, limitMs)));
  try {
    await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}
