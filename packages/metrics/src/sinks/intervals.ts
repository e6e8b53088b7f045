/** Between which times values were added: nanoseconds since 1970, as decimal digits. */
export interface Interval {
  readonly start: string;
  readonly end: string;
}

const NANOSECONDS = 1_000_000;

/**
 * Gives each set an interval of its own that begins where the last one ended: what adds the deltas of a series up drops one
 * that ends when another one did, and concurrent requests may end in the same millisecond.
 */
export class Intervals {
  private latest = "";
  private order = 0;

  /** @param timestamp milliseconds since 1970 */
  next(timestamp: number): Interval {
    const ms = Math.floor(timestamp);
    const end = nanoseconds(ms, this.order++ % NANOSECONDS);
    // Digits of one length compare as their numbers do. A time that the app gives may lie before the others.
    const start = this.latest !== "" && this.latest < end ? this.latest : nanoseconds(ms - 1, 0);
    if (end > this.latest) this.latest = end;
    return { start, end };
  }
}

const nanoseconds = (ms: number, rest: number): string => `${ms}${String(rest).padStart(6, "0")}`;
