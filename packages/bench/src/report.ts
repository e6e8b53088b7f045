import Table from "cli-table3";
import type { ColdStartResult } from "./bench-cold-start.js";
import type { MemoryResult } from "./bench-memory.js";
import type { WarmResult } from "./bench-warm.js";

export interface BenchReport {
  coldStart?: readonly ColdStartResult[] | undefined;
  warm?: readonly WarmResult[] | undefined;
  memory?: readonly MemoryResult[] | undefined;
}

/** The report as text tables without colour; its JSON is the report itself. */
export function reportTable({ coldStart, warm, memory }: BenchReport): string {
  const tables: string[] = [];
  if (coldStart) {
    const rows = coldStart.map(({ name, coldStartMs: { p10, p50, p90 }, ratio }) => [
      name,
      ...[p50, p10, p90].map((ms) => ms.toFixed(1)),
      ratio.toFixed(3),
    ]);
    tables.push(table(["cold start", "p50 ms", "p10 ms", "p90 ms", "x baseline"], rows));
  }
  if (warm) {
    const rows = warm.map(({ name, callUs: { p50, p99 }, overBaselineUs }) => [
      name,
      ...[p50, p99].map((us) => us.toFixed(0)),
      ...[overBaselineUs.p50, overBaselineUs.p99].map((us) => (us > 0 ? "+" : "") + us.toFixed(0)),
    ]);
    tables.push(table(["warm call", "p50 us", "p99 us", "p50 over baseline", "p99 over baseline"], rows));
  }
  if (memory) {
    const rows = memory.map(({ name, requests, settledKib, endKib, growthKib }) =>
      [name, requests, settledKib, endKib, growthKib].map(String),
    );
    tables.push(table(["memory", "requests", "settled KiB", "end KiB", "growth KiB"], rows));
  }
  return tables.join("\n\n");
}

function table(head: string[], rows: string[][]): string {
  const colAligns = head.map((_, column) => (column === 0 ? "left" : "right"));
  const style = { head: [], border: [] };
  const text = new Table({ head, colAligns, style });
  text.push(...rows);
  return text.toString();
}
