import type { BenchResult, BenchRow } from "./summary.js";
import { notes } from "./report.js";

/** One page that holds all it shows: plots as SVG, no script, nothing fetched. */
export async function htmlReport(result: BenchResult): Promise<string> {
  const { cold, warm, cost } = await plots(result);
  const { setup, verdict, rows } = result;
  const title = `${setup.subject} in Lambda, ${setup.memoryMb} MB`;
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)}</title>
<style>${STYLE}</style>
<main>
<h1>${escape(title)}</h1>
<p class="verdict">${escape(verdict)}</p>
<section><h2>Cold starts</h2><p>Each dot is one: from starting the process until its first answer had arrived. The line is the median.</p>${cold}</section>
<section><h2>Warm requests</h2><p>Share of requests that were answered within a time.</p>${warm}</section>
<section><h2>Cost of a million requests</h2>${cost}</section>
<section><h2>Figures</h2>${figures(rows)}</section>
<footer>${notes(result)
    .map((note) => `<p>${escape(note)}</p>`)
    .join("")}<p>${escape(setup.date)}</p></footer>
</main>
</html>
`;
}

const STYLE = `
:root { color-scheme: light dark; }
body { margin: 0; font: 16px/1.5 system-ui, sans-serif; color: #1c2430; background: #fff; }
main { max-width: 76rem; margin: 0 auto; padding: 2rem 1.5rem 4rem; }
h1 { font-size: 1.6rem; margin: 0 0 0.5rem; } h2 { font-size: 1.15rem; margin: 2.5rem 0 0.25rem; }
.verdict { font-size: 1.1rem; padding: 0.75rem 1rem; border-left: 4px solid #2f6fd6; background: #eef4fd; }
section p { margin: 0 0 0.5rem; color: #56606e; }
svg { max-width: 100%; height: auto; background: #fff; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: 0.85rem; white-space: nowrap; }
th, td { padding: 0.3rem 0.5rem; text-align: right; border-bottom: 1px solid #dfe3e9; }
th:first-child, td:first-child { text-align: left; } tr.floor td { color: #7a8390; }
footer { margin-top: 2.5rem; font-size: 0.85rem; color: #56606e; } footer p { margin: 0.2rem 0; }
@media (prefers-color-scheme: dark) {
  body { color: #e4e8ee; background: #14181f; } .verdict { background: #1d2a40; }
  section p, footer { color: #a3adba; } th, td { border-color: #323a46; } svg { border-radius: 6px; }
}
`;

function figures(rows: readonly BenchRow[]): string {
  const head = [
    "",
    "cold p50",
    "p90",
    "p99",
    "init",
    "first",
    "warm p50",
    "p90",
    "p99",
    "memory",
    "package",
    "a million",
    "answer",
  ];
  const body = rows.map((row) => {
    const cold = [row.coldMs.p50, row.coldMs.p90, row.coldMs.p99, row.initMs.p50, row.firstMs.p50];
    const warm = [row.warmMs.p50, row.warmMs.p90, row.warmMs.p99];
    const cells = [
      row.name,
      ...cold.map((ms) => `${ms.toFixed(1)} ms`),
      ...warm.map((ms) => `${ms.toFixed(2)} ms`),
      `${row.memoryMb.toFixed(1)} MB`,
      row.packageBytes > 0 ? `${(row.packageBytes / 1e6).toFixed(2)} MB` : "",
      `$${row.costPerMillion.toFixed(2)}`,
      row.role === "floor" ? "" : row.answer,
    ];
    return `<tr class="${row.role}">${cells.map((cell) => `<td>${escape(cell)}</td>`).join("")}</tr>`;
  });
  const columns = head.map((name) => `<th>${name}</th>`).join("");
  return `<div class="scroll"><table><thead><tr>${columns}</tr></thead><tbody>${body.join("")}</tbody></table></div>`;
}

interface Plots {
  readonly cold: string;
  readonly warm: string;
  readonly cost: string;
}

/** Observable Plot draws on any DOM; this one needs no browser. Loaded for the page alone. */
async function plots({ samples, rows }: BenchResult): Promise<Plots> {
  const [Plot, { parseHTML }] = await Promise.all([import("@observablehq/plot"), import("linkedom")]);
  const { document } = parseHTML("<!doctype html><html><body></body></html>");
  const names = rows.map(({ name }) => name);
  const measured = samples.filter(({ name }) => names.includes(name));
  const shared = {
    document,
    width: 1080,
    marginLeft: 130,
    marginRight: 56,
    marginBottom: 48,
    style: { fontSize: "13px", color: "#1c2430" },
  };
  const color = { domain: names, range: names.map((_, at) => PALETTE[at % PALETTE.length]!) };
  const y = { domain: names, label: null };
  const height = 60 + 34 * names.length;

  const starts = measured.flatMap(({ name, coldMs }) => coldMs.map((ms) => ({ name, ms })));
  const cold = Plot.plot({
    ...shared,
    height,
    y,
    x: { label: "milliseconds", labelOffset: 42, type: "log", grid: true, tickFormat: String },
    color,
    marks: [
      Plot.dot(starts, { x: "ms", y: "name", fill: "name", fillOpacity: 0.45, r: 4 }),
      Plot.tickX(rows, {
        x: (row: BenchRow) => row.coldMs.p50,
        y: "name",
        stroke: "name",
        strokeWidth: 3,
        insetTop: 2,
        insetBottom: 2,
      }),
      Plot.text(rows, {
        x: (row: BenchRow) => row.coldMs.p50,
        y: "name",
        text: (row: BenchRow) => row.coldMs.p50.toFixed(1),
        dy: -14,
        fontWeight: 600,
      }),
    ],
  });
  const warm = Plot.plot({
    ...shared,
    height: 320,
    x: { label: "milliseconds", labelOffset: 42, type: "log", grid: true, tickFormat: String },
    y: { label: "requests, %", domain: [0, 100], grid: true },
    color: { ...color, legend: false },
    marks: [
      ...measured.map(({ name, warmMs }) =>
        Plot.lineY(cumulative(warmMs), {
          x: "ms",
          y: "share",
          stroke: color.range[names.indexOf(name)]!,
          strokeWidth: 2,
          curve: "step-after",
        }),
      ),
    ],
  });
  const cost = Plot.plot({
    ...shared,
    height,
    y,
    x: { label: "dollars", labelOffset: 42, grid: true },
    color,
    marks: [
      Plot.barX(rows, { x: "costPerMillion", y: "name", fill: "name" }),
      Plot.text(rows, {
        x: "costPerMillion",
        y: "name",
        text: (row: BenchRow) => `$${row.costPerMillion.toFixed(2)}`,
        dx: 6,
        textAnchor: "start",
      }),
    ],
  });
  const legend = names
    .map(
      (name, at) =>
        `<span style="color:${color.range[at]!};white-space:nowrap">&#9679; ${escape(name)}</span>`,
    )
    .join(" &ensp; ");
  return { cold: cold.outerHTML, warm: `<p>${legend}</p>${warm.outerHTML}`, cost: cost.outerHTML };
}

/** Told apart with every common colour blindness. */
const PALETTE = [
  "#0072b2",
  "#d55e00",
  "#009e73",
  "#cc79a7",
  "#e69f00",
  "#56b4e9",
  "#5b5b5b",
  "#8c6d31",
  "#a05195",
];

/** At most so many points, which is what a screen shows. */
const POINTS = 200;

function cumulative(values: readonly number[]): { ms: number; share: number }[] {
  const sorted = [...values].sort((a, b) => a - b);
  const step = Math.max(1, Math.floor(sorted.length / POINTS));
  return sorted
    .map((ms, at) => ({ ms, share: ((at + 1) / sorted.length) * 100 }))
    .filter((_, at) => at % step === 0 || at === sorted.length - 1);
}

function escape(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
