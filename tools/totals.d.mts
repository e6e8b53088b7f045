export interface Totals {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly reports: readonly string[];
  readonly problems: readonly string[];
}
export declare function readTotals(folder: string, expected?: readonly string[]): Totals;
