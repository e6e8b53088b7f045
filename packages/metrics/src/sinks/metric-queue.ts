import { REQUEST_BYTES, REQUEST_METRICS } from "../limits.js";
import type { WaitingDatum } from "./metric-data.js";

/** What waits to be sent, and what is being sent: together they never take more than `capacity` bytes. */
export class MetricQueue {
  private waiting: WaitingDatum[] = [];
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
  push(datum: WaitingDatum): boolean {
    if (this.bytes + datum.bytes > this.capacity) return false;
    this.waiting.push(datum);
    this.bytes += datum.bytes;
    return true;
  }

  /** As many of the oldest as one request may hold, all of one namespace. Each is either put back or released. */
  take(spare: { readonly metrics: number; readonly bytes: number }): WaitingDatum[] {
    const namespace = this.waiting[0]?.namespace;
    const most = REQUEST_METRICS - spare.metrics;
    let room = REQUEST_BYTES - spare.bytes;
    let count = 0;
    for (const datum of this.waiting) {
      if (count === most || datum.bytes > room || datum.namespace !== namespace) break;
      room -= datum.bytes;
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

  putBack(batch: readonly WaitingDatum[]): void {
    this.waiting = [...batch, ...this.waiting];
  }

  release(batch: readonly WaitingDatum[]): void {
    for (const { bytes } of batch) this.bytes -= bytes;
  }
}
