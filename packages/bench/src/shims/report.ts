import Table from "cli-table3";
import type { Change } from "./baseline.js";
import type { BenchResult, BenchRow } from "./summary.js";

const HEAD = [
  "",
  "cold p50 ms",
  "p90",
  "p99",
  "init p50 ms",
  "first p50 ms",
  "warm p50 ms",
  "p90",
  "p99",
  "memory MB",
  "package",
  "$ a million",
  "answer",
];

/** As a table for a terminal, with what it was measured under and which shim to take. */
export function textReport(result: BenchResult): string {
  return [table(HEAD, result.rows.map(cells)), ...notes(result), "", result.verdict].join("\n");
}

/** The same in Markdown, for a pull request or a README. */
export function markdownReport(result: BenchResult): string {
  const line = (columns: readonly string[]): string => `| ${columns.join(" | ")} |`;
  const head = [line(HEAD), line(HEAD.map((_, at) => (at === 0 ? "---" : "---:")))];
  const rows = result.rows.map((row) => line(cells(row)));
  return [result.verdict, "", ...head, ...rows, "", ...notes(result).map((note) => `${note}  `), ""].join(
    "\n",
  );
}

/** What has changed since a baseline. */
export function changesReport(changes: readonly Change[], failAbove: number): string {
  const rows = changes.map(({ subject, figure, ratio, interval: [low, high], failed }) => [
    subject,
    figure,
    `${ratio.toFixed(3)} x`,
    `${low.toFixed(3)} to ${high.toFixed(3)}`,
    failed ? `above ${(failAbove * 100).toFixed(0)} %` : "",
  ]);
  return table(["", "figure", "beside the baseline", "95 % interval", ""], rows);
}

function cells(row: BenchRow): string[] {
  const { name, coldMs, initMs, firstMs, warmMs, memoryMb, packageBytes, costPerMillion, answer, role } = row;
  const cold = [coldMs.p50, coldMs.p90, coldMs.p99, initMs.p50, firstMs.p50].map((ms) => ms.toFixed(1));
  const warm = [warmMs.p50, warmMs.p90, warmMs.p99].map((ms) => ms.toFixed(2));
  return [
    name,
    ...cold,
    ...warm,
    memoryMb.toFixed(1),
    packageBytes > 0 ? size(packageBytes) : "",
    `$${costPerMillion.toFixed(2)}`,
    role === "floor" ? "" : answer,
  ];
}

export function notes({ setup, prices, samples }: BenchResult): string[] {
  const { subject, memoryMb, cage, rounds, requests, coldShare, machine, coldCache } = setup;
  const failures = samples.flatMap(({ name, failure }) =>
    failure ? [`${name} is left out: ${failure}`] : [],
  );
  return [
    `${subject}, ${memoryMb} MB: ${cage}.`,
    `${rounds} cold starts of each, in turns${coldCache ? ", the page cache emptied before each" : ""}; ${requests} warm requests after each. ` +
      `${machine.model}, ${machine.cpus} processors, load ${machine.load.toFixed(1)}.`,
    `Cost with ${(coldShare * 100).toFixed(2)} % of requests cold, init billed, ${prices.region} as of ${prices.asOf}.`,
    ...failures,
  ];
}

function size(bytes: number): string {
  return bytes < 1_000_000 ? `${(bytes / 1000).toFixed(0)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const colAligns = head.map((_, column) => (column === 0 ? "left" : "right") as "left" | "right");
  const made = new Table({ head: [...head], colAligns, style: { head: [], border: [] } });
  made.push(...rows.map((row) => [...row]));
  return made.toString();
}
