import type { Any } from "./any.js";
import { inspect } from "../util/inspect.js";

const INDEX = "(index)";
const ITERATION = "(iteration index)";
const KEY = "Key";
const VALUES = "Values";

/** A column's heading and its cells by row; a row may have none. */
type Column = readonly [heading: string, cells: readonly (string | undefined)[]];

/**
 * The text that `console.table` prints.
 *
 * @param data an object; its properties, entries or elements are the rows
 * @param columns the properties to show; all of them when left out
 */
export function table(data: Any, columns?: readonly string[]): string {
  if (data instanceof Map) {
    const entries = [...data];
    const [keys, values] = [0, 1].map((part) => entries.map((entry) => cell(entry[part])));
    return draw([indices(entries), [KEY, keys!], [VALUES, values!]]);
  }
  if (data instanceof Set || isIterator(data)) {
    const values = [...data];
    return draw([indices(values), [VALUES, values.map(cell)]]);
  }
  return draw(columnsOf(data, columns));
}

function isIterator(data: Any): boolean {
  return /^\[object (Map|Set) Iterator\]$/.test(Object.prototype.toString.call(data));
}

function indices(rows: readonly unknown[]): Column {
  return [ITERATION, rows.map((_, index) => String(index))];
}

function columnsOf(data: Any, wanted: readonly string[] | undefined): Column[] {
  const rows = Object.keys(data);
  const cells = new Map<string, (string | undefined)[]>(wanted?.map((name) => [name, []]));
  const values: string[] = [];
  rows.forEach((name, row) => {
    const item = data[name];
    if (item === null || (typeof item !== "object" && typeof item !== "function")) {
      values[row] = cell(item);
      return;
    }
    for (const key of wanted ?? Object.keys(item)) {
      if (!cells.has(key)) cells.set(key, []);
      if (Object.hasOwn(item, key)) cells.get(key)![row] = cell(item[key]);
    }
  });
  return [[INDEX, rows], ...cells, ...(values.length > 0 ? [[VALUES, values] as const] : [])];
}

/** A value in one line: what is nested deeper only by its kind. */
function cell(value: Any): string {
  const isLarge =
    typeof value === "object" && value !== null && !Array.isArray(value) && Object.keys(value).length > 2;
  return inspect(value, { depth: isLarge ? -1 : 0, maxArrayLength: 3, breakLength: Infinity });
}

function draw(columns: readonly Column[]): string {
  const height = Math.max(...columns.map(([, cells]) => cells.length));
  const widths = columns.map(([heading, cells]) =>
    Math.max(...[heading, ...Array.from(cells, (text) => text ?? "")].map((text) => width(text) + 2)),
  );
  const line = (texts: readonly string[]): string =>
    `│${texts.map((text, index) => ` ${text}${" ".repeat(widths[index]! - width(text) - 1)}`).join("│")}│`;
  const rule = (left: string, middle: string, right: string): string =>
    left + widths.map((columnWidth) => "─".repeat(columnWidth)).join(middle) + right;
  const rows = Array.from({ length: height }, (_, row) => line(columns.map(([, cells]) => cells[row] ?? "")));
  return [
    rule("┌", "┬", "┐"),
    line(columns.map(([heading]) => heading)),
    rule("├", "┼", "┤"),
    ...rows,
    rule("└", "┴", "┘"),
  ].join("\n");
}

/** Columns on a terminal, with two for the characters of East Asia and for emoji. */
function width(text: string): number {
  let columns = 0;
  for (const character of text.normalize("NFC")) {
    if (/\p{Mn}|\p{Cf}/u.test(character)) continue;
    columns +=
      /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u.test(
        character,
      )
        ? 2
        : 1;
  }
  return columns;
}
