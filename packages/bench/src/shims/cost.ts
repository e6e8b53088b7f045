import { readFileSync } from "node:fs";

interface Prices {
  readonly asOf: string;
  readonly region: string;
  readonly source: string;
  readonly requestsPerMillion: number;
  /** Dollars, by architecture. */
  readonly gigabyteSecond: Readonly<Record<"x86_64" | "arm64", number>>;
  readonly snapStart: { readonly cacheGigabyteSecond: number; readonly restoreGigabyte: number };
}

/** Lambda's prices of one day, in one place. */
export const PRICES = JSON.parse(
  readFileSync(new URL("../../data/prices.json", import.meta.url), "utf8"),
) as Prices;

export interface Usage {
  /** Milliseconds of the init phase, which is billed since August 2025. */
  readonly initMs: number;
  /** Milliseconds of the first request, after init. */
  readonly firstMs: number;
  readonly warmMs: number;
  readonly memoryMb: number;
  /** Share of requests that start a sandbox, 0 to 1. */
  readonly coldShare: number;
  readonly architecture: "x86_64" | "arm64";
}

/** Dollars for a million requests, requests' own price included; durations are billed by the millisecond begun. */
export function costPerMillion({
  initMs,
  firstMs,
  warmMs,
  memoryMb,
  coldShare,
  architecture,
}: Usage): number {
  const coldMs = Math.ceil(initMs + firstMs);
  const meanMs = coldShare * coldMs + (1 - coldShare) * Math.ceil(warmMs);
  const gigabyteSeconds = (meanMs / 1000) * (memoryMb / 1024);
  return PRICES.requestsPerMillion + 1e6 * gigabyteSeconds * PRICES.gigabyteSecond[architecture];
}

/** Dollars a month that keeping a version's snapshot costs, beside what each restore does. */
export function snapStartPerMonth(memoryMb: number): number {
  return (memoryMb / 1024) * PRICES.snapStart.cacheGigabyteSecond * 30 * 24 * 3600;
}
