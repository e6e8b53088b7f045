import type { MetricSet } from "../metric-set.js";

/** Sets that wait for a response, of which a request usually has one: endless ones must not fill the memory. */
const MOST_KEPT = 100;

/** Sets that are worked on once the response has left, where the host says when that is. */
export class UntilResponse {
  private kept: MetricSet[] = [];
  private isTold = false;

  /** Whether the host says when a response has left. Then nothing is to be done while a request runs. */
  get isUsed(): boolean {
    return this.isTold;
  }

  /** @returns whether the set is kept; otherwise it is to be worked on now */
  keep(set: MetricSet): boolean {
    if (!this.isTold || this.kept.length === MOST_KEPT) return false;
    this.kept.push(set);
    return true;
  }

  /** A response has left. @returns what was kept until then */
  take(): readonly MetricSet[] {
    this.isTold = true;
    const taken = this.kept;
    if (taken.length > 0) this.kept = [];
    return taken;
  }
}
