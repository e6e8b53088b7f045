// The author's files, lines and columns in the place of the bundle's. Its map is read at the first error, not at a start.
import { readFileSync } from "node:fs";
import { SourceMap } from "node:module";

/** A place in a bundle: its path, line and column. */
const PLACE = /(?:file:\/\/)?(\/[^\s()]+\.node\.mjs):(\d+):(\d+)/;

/** @type {Map<string, SourceMap | undefined>} */
const maps = new Map();

/** @param {string} frame a line of a stack @returns {string} */
export function original(frame) {
  return frame.replace(PLACE, (found, path, line, column) => {
    const entry = mapOf(path)?.findEntry(Number(line) - 1, Number(column) - 1);
    if (!entry || !("originalSource" in entry)) return found;
    return `${entry.originalSource}:${entry.originalLine + 1}:${entry.originalColumn + 1}`;
  });
}

/** @param {string} path */
function mapOf(path) {
  if (!maps.has(path)) maps.set(path, read(`${path}.map`));
  return maps.get(path);
}

/** @param {string} path */
function read(path) {
  try {
    return new SourceMap(JSON.parse(readFileSync(path, "utf8")));
  } catch {
    return undefined; // a package without one: the bundle's own places stay
  }
}
