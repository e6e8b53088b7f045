import Table from "cli-table3";
import type { ColdStartResult } from "./bench-cold-start.js";
import type { MemoryResult } from "./bench-memory.js";
import type { WarmResult } from "./bench-warm.js";
import type { Beside } from "./subject.js";

export interface BenchReport {
  coldStart?: readonly ColdStartResult[] | undefined;
  warm?: readonly WarmResult[] | undefined;
  memory?: readonly MemoryResult[] | undefined;
}

/** The report as text tables without colour; its JSON is the report itself. */
export function reportTable({ coldStart, warm, memory }: BenchReport): string {
  const tables: string[] = [];
  if (coldStart) {
    const rows = coldStart.map(({ name, coldStartMs: { p10, p50, p90 }, ratio, beside }) => [
      name,
      ...[p50, p10, p90].map((ms) => ms.toFixed(1)),
      ratio.toFixed(3),
      besideText(beside),
    ]);
    tables.push(table(["cold start", "p50 ms", "p10 ms", "p90 ms", "x baseline", BESIDE], rows));
  }
  if (warm) {
    const rows = warm.map(({ name, callUs: { p50, p99 }, overBaselineUs, beside }) => [
      name,
      ...[p50, p99].map((us) => us.toFixed(0)),
      ...[overBaselineUs.p50, overBaselineUs.p99].map((us) => (us > 0 ? "+" : "") + us.toFixed(0)),
      besideText(beside),
    ]);
    const head = ["warm call", "p50 us", "p99 us", "p50 over baseline", "p99 over baseline", BESIDE];
    tables.push(table(head, rows));
  }
  if (memory) {
    const rows = memory.map(({ name, requests, settledKib, endKib, growthKib }) =>
      [name, requests, settledKib, endKib, growthKib].map(String),
    );
    tables.push(table(["memory", "requests", "settled KiB", "end KiB", "growth KiB"], rows));
  }
  return tables.join("\n\n");
}

const BESIDE = "beside";

function besideText(beside: Beside | undefined): string {
  return beside ? `${beside.ratio.toFixed(2)} x ${beside.name}` : "";
}

/** A column that no row fills is left out. */
function table(columns: string[], cells: string[][]): string {
  const isNeeded = (_: unknown, column: number): boolean => cells.some((row) => row[column] !== "");
  const head = columns.filter(isNeeded);
  const rows = cells.map((row) => row.filter(isNeeded));
  const colAligns = head.map((_, column) => (column === 0 ? "left" : "right"));
  const style = { head: [], border: [] };
  const text = new Table({ head, colAligns, style });
  text.push(...rows);
  return text.toString();
}
