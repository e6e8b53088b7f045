import pc from "picocolors";
import type { EmittedMetric } from "./emf-line.js";

const NAME_WIDTH = 28;
const INDENT = "  ";

/** Metrics of one line, as a person reads them: a head for each namespace and sets of dimensions, and under it the metrics. */
export function metricText(metrics: readonly EmittedMetric[]): string {
  const lines: string[] = [];
  let last = "";
  for (const metric of metrics) {
    const head = headOf(metric);
    if (head !== last) lines.push(head);
    last = head;
    lines.push(`${INDENT}${metric.name.padEnd(NAME_WIDTH)}  ${valueText(metric)}`);
  }
  return lines.join("\n");
}

function headOf({ timestamp, namespace, dimensions }: EmittedMetric): string {
  const at = Number.isFinite(timestamp) ? new Date(timestamp).toISOString() : "no time";
  const sets = dimensions.map((set) =>
    Object.entries(set)
      .map(([name, value]) => `${name}=${value}`)
      .join(" "),
  );
  const told = sets.filter((set) => set !== "").join(" | ");
  return `${pc.dim(at)} ${pc.cyan(namespace)}${told && `  ${told}`}`;
}

function valueText({ values, unit, resolution }: EmittedMetric): string {
  const measure = `${unit === "None" ? "" : ` ${unit}`}${resolution === 1 ? pc.dim(" (by the second)") : ""}`;
  if (values.length <= 1) return `${number(values[0] ?? NaN)}${measure}`;
  const sum = values.reduce((all, value) => all + value, 0);
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return `${number(least)} to ${number(most)}${measure}, ${values.length} values, sum ${number(sum)}`;
}

/** As precise as a person compares. */
const number = (value: number): string => String(Number(value.toPrecision(6)));
