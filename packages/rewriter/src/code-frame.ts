import { positionOf, type Range } from "./source.js";

const CONTEXT_LINES = 2;
const WIDEST = 160;

/** The lines around a range, numbered, with carets under it: what a terminal and a log both can show. */
export function codeFrame(text: string, range: Range): string {
  const { line, column } = positionOf(text, range.start);
  const lines = text.replace(/^\uFEFF/, "").split(/\r\n|[\n\r\u2028\u2029]/);
  const first = Math.max(1, line - CONTEXT_LINES);
  const last = Math.min(lines.length, line + CONTEXT_LINES);
  const gutter = String(last).length;
  const frame: string[] = [];
  for (let number = first; number <= last; number++) {
    const content = clip(lines[number - 1] ?? "");
    frame.push(`${number === line ? ">" : " "} ${String(number).padStart(gutter)} | ${content}`.trimEnd());
    if (number === line)
      frame.push(`  ${" ".repeat(gutter)} | ${pad(content, column)}${carets(content, column, range)}`);
  }
  return frame.join("\n");
}

function clip(content: string): string {
  return content.length > WIDEST ? `${content.slice(0, WIDEST)}…` : content;
}

// Tabs stay tabs, so that the carets line up whatever width the terminal gives them.
function pad(content: string, column: number): string {
  return content.slice(0, column - 1).replace(/[^\t]/g, " ");
}

function carets(content: string, column: number, range: Range): string {
  const room = Math.max(1, content.length - column + 1);
  return "^".repeat(Math.min(Math.max(1, range.end - range.start), room));
}
