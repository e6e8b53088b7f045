import { numbers } from "./data.js";

/** How one language writes numbers; see tools/intl-data.mjs. */
export interface NumberData {
  readonly decimal: string;
  readonly group: string;
  /** Digits of the last group, and of those before. */
  readonly sizes: readonly [number, number];
  /** Digits that the first group has at least. */
  readonly minimum: number;
  readonly minus: string;
  readonly nan: string;
  readonly percent: string;
  /** For positive and negative numbers, where there are two. */
  readonly patterns: {
    readonly percent: string;
    readonly currency: readonly [string, string];
    readonly accounting: readonly [string, string];
    readonly code: readonly [string, string];
  };
  readonly symbols: Readonly<Record<string, string>>;
  readonly narrow: Readonly<Record<string, string>>;
  readonly money: readonly [decimal: string, group: string];
}

const read = new Map<string, NumberData>();

export function numberData(table: string): NumberData {
  let data = read.get(table);
  if (data === undefined) read.set(table, (data = JSON.parse(numbers[table]!) as NumberData));
  return data;
}
