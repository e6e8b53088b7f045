import { REQUEST_BYTES, REQUEST_METRICS } from "../limits.js";

/** One element of a request, with what is asked of it while it waits. */
export interface Waiting {
  readonly namespace: string;
  /** How many values it holds, repeated ones included. */
  readonly values: number;
  /** Milliseconds since 1970. */
  readonly timestamp: number;
  /** At most this much of a request. */
  readonly bytes: number;
}

/** What waits to be sent, and what is being sent: together they never take more than `capacity` bytes. */
export class MetricQueue<Item extends Waiting> {
  private waiting: Item[] = [];
  private bytes = 0;

  constructor(private readonly capacity: number) {}

  get isEmpty(): boolean {
    return this.waiting.length === 0;
  }

  /** So much waits that it should not wait for the next time to send. */
  get isHalfFull(): boolean {
    return this.bytes > this.capacity / 2;
  }

  /** @returns whether there was room */
  push(item: Item): boolean {
    if (this.bytes + item.bytes > this.capacity) return false;
    this.waiting.push(item);
    this.bytes += item.bytes;
    return true;
  }

  /** As many of the oldest as one request may hold, all of one namespace. Each is either put back or released. */
  take(spare: { readonly metrics: number; readonly bytes: number }): Item[] {
    const namespace = this.waiting[0]?.namespace;
    const most = REQUEST_METRICS - spare.metrics;
    let room = REQUEST_BYTES - spare.bytes;
    let count = 0;
    for (const item of this.waiting) {
      // What alone is too large by its estimate would never get its turn.
      if (count > 0 && (count === most || item.bytes > room || item.namespace !== namespace)) break;
      room -= item.bytes;
      count++;
    }
    return this.waiting.splice(0, count);
  }

  /** Forgets what waits. @returns how many values that was */
  clear(): number {
    const batch = this.waiting.splice(0);
    this.release(batch);
    return batch.reduce((sum, { values }) => sum + values, 0);
  }

  putBack(batch: readonly Item[]): void {
    this.waiting = [...batch, ...this.waiting];
  }

  release(batch: readonly Item[]): void {
    for (const { bytes } of batch) this.bytes -= bytes;
  }
}
