import { dropSeries, DROP_REASONS, type Drops, type DropReason } from "../drops.js";
import { OLDEST_MS } from "../limits.js";
import type { MetricSet } from "../metric-set.js";
import { settledWithin } from "../settled-within.js";
import { MetricQueue, type Waiting } from "./metric-queue.js";
import type { Outcome } from "./outcome.js";
import type { MetricSink } from "./sink.js";
import { UntilResponse } from "./until-response.js";

export interface QueueOptions {
  /** Milliseconds that values wait for others to be sent with. Default 5000. */
  readonly intervalMs?: number;
  /** Milliseconds that the server has for an answer. Default 3000. */
  readonly timeoutMs?: number;
  /** Bytes of requests that may wait, about 17,000 metrics; what is above is dropped. Default 16,000,000. */
  readonly queueBytes?: number;
}

/** What became of one request. */
export interface SendAnswer {
  readonly outcome: Outcome;
  /** Why it was not stored, or not all of it, for the log. */
  readonly error?: unknown;
  /** How many of its elements the server refused; it does not say which. */
  readonly rejected?: number;
  /** Milliseconds after which the server wants to be asked again. */
  readonly retryAfterMs?: number;
}

/** Where a queue's elements go. */
export interface Transport<Item extends Waiting> {
  /** Follows "Metrics cannot be sent to" in the log. */
  readonly target: string;
  /** A set as elements of requests. */
  items(set: MetricSet): readonly Item[];
  /** Sends one request. Never rejects. */
  send(namespace: string, items: readonly Item[]): Promise<SendAnswer>;
}

/** For `timeoutMs`, when nothing else is asked. */
export const ANSWER_MS = 3000;

/** While the server is out of reach, the pause is doubled up to this. */
const LONGEST_PAUSE_MS = 60_000;

/** A clock of the server's that is a little ahead of ours must not find a value too old. */
const AGE_MARGIN_MS = 60_000;

/** The longest that a sandbox is kept awake for an answer: a server that is slow must not cost the caller's time. */
const LONGEST_WAIT_MS = 1000;

/** Of the time that is left, for what the host does afterwards. */
const SHARE_OF_REMAINING = 0.7;

/** Each kind of failure is logged once, and no more kinds than this. */
const MOST_WARNINGS = 5;

const STORED: SendAnswer = { outcome: "stored" };

/** Sends values in the background: publishing puts them into a queue and returns. */
export class QueuedSink<Item extends Waiting> implements MetricSink {
  private readonly queue: MetricQueue<Item>;
  private readonly intervalMs: number;
  private pauseMs: number;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private draining: Promise<void> | undefined;
  private namespace = "";
  private readonly waiting = new UntilResponse();
  /** What a response has waited for already, and no other waits for again. */
  private waitedFor: Promise<void> | undefined;
  /** After a failure, when it is worth another try; in milliseconds since 1970. */
  private nextAttempt = 0;
  private readonly warned = new Set<string>();

  constructor(
    private readonly drops: Drops,
    private readonly transport: Transport<Item>,
    { intervalMs = 5000, queueBytes = 16_000_000 }: QueueOptions = {},
  ) {
    this.queue = new MetricQueue(queueBytes);
    this.intervalMs = intervalMs;
    this.pauseMs = intervalMs;
  }

  publish(set: MetricSet): void {
    if (!this.waiting.keep(set)) this.queueUp(set);
  }

  private queueUp(set: MetricSet): void {
    this.namespace = set.namespace;
    for (const item of this.transport.items(set)) {
      if (!this.queue.push(item)) this.drops.count("overflow", item.values);
    }
    // After a failure there is no hurry: the pause goes on.
    if (this.queue.isHalfFull && this.pauseMs === this.intervalMs) void this.start();
    else this.schedule();
  }

  async flush(): Promise<void> {
    // What runs already may have failed before this was called, so its end is not enough.
    for (const set of this.waiting.isUsed ? this.waiting.take() : []) this.queueUp(set);
    await this.draining;
    await this.start();
  }

  async afterResponse(remainingMs: number, isLast: boolean): Promise<void> {
    for (const set of this.waiting.take()) this.queueUp(set);
    clearTimeout(this.timer);
    this.timer = undefined;
    // While the server is out of reach, one response in a while waits for it.
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
    let answer: SendAnswer = STORED;
    while (answer.outcome === "stored" && !this.hasNothing) answer = await this.sendBatch();
    this.pauseMs = this.pauseAfter(answer);
    this.nextAttempt = answer.outcome === "stored" ? 0 : Date.now() + this.pauseMs;
    // No await between the look at the queue and this: what is published from here on finds nobody draining.
    this.draining = undefined;
    if (!this.queue.isEmpty) this.schedule();
  }

  private pauseAfter({ outcome, retryAfterMs = 0 }: SendAnswer): number {
    if (outcome === "stored") return this.intervalMs;
    return Math.min(Math.max(this.pauseMs * 2, retryAfterMs), LONGEST_PAUSE_MS);
  }

  /** The next one is worth a try when this one was stored. */
  private async sendBatch(): Promise<SendAnswer> {
    // Room for the counts of drops. One that expires now has a place to leave to its count.
    const counts = DROP_REASONS.length;
    const taken = this.queue.take({ metrics: this.drops.isEmpty ? 0 : counts, bytes: counts * 1000 });
    const batch = this.withoutExpired(taken);
    const namespace = taken[0]?.namespace ?? this.namespace;
    const drops = this.drops.take();
    const series = dropSeries(drops);
    const about = series.length > 0 ? this.transport.items({ namespace, timestamp: Date.now(), series }) : [];
    const items = [...about, ...batch];
    if (items.length === 0) return STORED;
    const answer = withoutWhole(await this.transport.send(namespace, items), items.length);
    if (answer.outcome !== "stored") this.drops.putBack(drops);
    this.settle(batch, answer);
    return answer;
  }

  private settle(batch: readonly Item[], { outcome, error, rejected = 0 }: SendAnswer): void {
    if (error !== undefined) this.warn(error);
    if (outcome === "not-now") return this.queue.putBack(batch);
    this.queue.release(batch);
    if (outcome !== "stored") this.giveUp(batch, outcome);
    // Which ones is not known, nor how many values they hold.
    else if (rejected > 0) this.drops.count("refused", rejected);
  }

  private withoutExpired(batch: readonly Item[]): Item[] {
    const oldest = Date.now() - OLDEST_MS + AGE_MARGIN_MS;
    const expired = batch.filter(({ timestamp }) => timestamp < oldest);
    this.queue.release(expired);
    this.giveUp(expired, "expired");
    return batch.filter(({ timestamp }) => timestamp >= oldest);
  }

  private giveUp(batch: readonly Item[], reason: DropReason): void {
    for (const { values } of batch) this.drops.count(reason, values);
  }

  private schedule(): void {
    if (this.timer !== undefined || this.draining !== undefined || this.waiting.isUsed) return;
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
      console.warn(`Metrics cannot be sent to ${this.transport.target}: ${name}: ${message}`);
    } catch {
      // Neither the log nor metrics may fail a request.
    }
  }
}

/** A request of which the server refused every element was refused. */
function withoutWhole(answer: SendAnswer, elements: number): SendAnswer {
  return answer.outcome === "stored" && (answer.rejected ?? 0) >= elements
    ? { ...answer, outcome: "refused" }
    : answer;
}
