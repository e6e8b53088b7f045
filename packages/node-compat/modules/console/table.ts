import type { Any } from "../internal/any.js";
import { inspect } from "../util/inspect.js";

const INDEX = "(index)";
const ITERATION = "(iteration index)";
const VALUES = "Values";

interface Columns {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** The lines of `console.table`, or undefined for what has no rows. */
export function table(value: Any, only?: readonly string[]): string | undefined {
  if (value === null || typeof value !== "object") return undefined;
  const columns =
    value instanceof Map ? ofMap(value) : value instanceof Set ? ofSet(value) : ofRows(value, only);
  return draw(columns);
}

/** Of an object with more than two properties only the kind is shown. */
function shown(value: Any): string {
  const isLarge =
    value !== null &&
    typeof value === "object" &&
    !Array.isArray(value) &&
    Object.keys(value as object).length > 2;
  return inspect(value, { maxArrayLength: 3, breakLength: Infinity, depth: isLarge ? -1 : 0 });
}

function ofMap(map: Map<unknown, unknown>): Columns {
  const rows = Array.from(map, ([key, value], index) => [String(index), shown(key), shown(value)]);
  return { head: [ITERATION, "Key", VALUES], rows };
}

function ofSet(set: Set<unknown>): Columns {
  return {
    head: [ITERATION, VALUES],
    rows: Array.from(set, (value, index) => [String(index), shown(value)]),
  };
}

function ofRows(value: Record<string, Any>, only?: readonly string[]): Columns {
  const keys: string[] = only ? [...only] : [];
  let hasValues = false;
  const rows = Object.entries(value).map(([index, row]) => {
    const isRow = row !== null && (typeof row === "object" || typeof row === "function");
    if (!isRow) hasValues = true;
    else if (!only) for (const key of Object.keys(row as object)) if (!keys.includes(key)) keys.push(key);
    return { index, row: row as Any, isRow };
  });
  const cell = (row: Any, key: string): string => (Object.hasOwn(row as object, key) ? shown(row[key]) : "");
  return {
    head: [INDEX, ...keys, ...(hasValues ? [VALUES] : [])],
    rows: rows.map(({ index, row, isRow }) => [
      index,
      ...keys.map((key) => (isRow ? cell(row, key) : "")),
      ...(hasValues ? [isRow ? "" : shown(row)] : []),
    ]),
  };
}

function draw({ head, rows }: Columns): string {
  const widths = head.map((name, at) => Math.max(name.length, ...rows.map((row) => row[at]!.length)) + 2);
  const rule = (left: string, middle: string, right: string): string =>
    left + widths.map((width) => "─".repeat(width)).join(middle) + right;
  const line = (cells: readonly string[]): string =>
    `│${cells.map((cell, at) => ` ${cell.padEnd(widths[at]! - 1)}`).join("│")}│`;
  return [rule("┌", "┬", "┐"), line(head), rule("├", "┼", "┤"), ...rows.map(line), rule("└", "┴", "┘")].join(
    "\n",
  );
}
