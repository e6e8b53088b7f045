import type { MetricSeries } from "./metric-set.js";

/** The metric that tells of values that were dropped, with the dimension `Reason`. */
export const DROPPED_METRIC = "MetricValuesDropped";

export const DROP_REASONS = ["overflow", "refused", "unconfirmed", "expired", "failed"] as const;

/**
 * - `overflow`: more was waiting than the queue holds
 * - `refused`: CloudWatch answered that it does not take them, or there is no client or no permission
 * - `unconfirmed`: the connection broke, or the answer says nothing; they may be stored, and sending them again could
 *   count them twice
 * - `expired`: they waited until CloudWatch would not take them any more
 * - `failed`: the sink threw
 */
export type DropReason = (typeof DROP_REASONS)[number];

export type DropTotals = Readonly<Record<DropReason, number>>;

/** Counts values that were not stored, and hands the counts over to be published. */
export class Drops {
  private readonly all = emptyTotals();
  private unpublished = emptyTotals();

  count(reason: DropReason, values: number): void {
    this.all[reason] += values;
    this.unpublished[reason] += values;
  }

  totals(): DropTotals {
    return { ...this.all };
  }

  get isEmpty(): boolean {
    return DROP_REASONS.every((reason) => this.unpublished[reason] === 0);
  }

  /** The counts as metrics, each value once; what is not stored after all goes to `putBack`. */
  take(): DropTotals {
    const taken = this.unpublished;
    this.unpublished = emptyTotals();
    return taken;
  }

  putBack(taken: DropTotals): void {
    for (const reason of DROP_REASONS) this.unpublished[reason] += taken[reason];
  }
}

export function dropSeries(totals: DropTotals): MetricSeries[] {
  return DROP_REASONS.filter((reason) => totals[reason] > 0).map((reason) => ({
    name: DROPPED_METRIC,
    unit: "Count",
    resolution: 60,
    dimensions: new Map([["Reason", reason]]),
    values: new Map([[totals[reason], 1]]),
  }));
}

function emptyTotals(): Record<DropReason, number> {
  return { overflow: 0, refused: 0, unconfirmed: 0, expired: 0, failed: 0 };
}
