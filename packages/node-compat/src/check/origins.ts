import { dirname, relative, resolve } from "node:path";
import { originalPositionFor, sourceContentFor, TraceMap } from "@jridgewell/trace-mapping";
import type { Node } from "estree";
import type { SourceLocation } from "../errors.js";

/** Finds the place in the app's sources that a place in the bundle comes from. */
export class Origins {
  readonly #map: TraceMap;

  /** @param outfile absolute path that the map's sources are relative to */
  constructor(
    map: string,
    private readonly outfile: string,
    private readonly root: string,
  ) {
    this.#map = new TraceMap(map);
  }

  /**
   * @param words what stands there, so that the column is the word's and not the statement's
   * @returns undefined for what the bundler itself wrote
   */
  locate(node: Node, words: RegExp): SourceLocation | undefined {
    const at = node.loc?.start;
    const found = at && originalPositionFor(this.#map, at);
    if (!found || found.source === null) return undefined;
    const text = sourceContentFor(this.#map, found.source) ?? "";
    const lines = text.split("\n");
    const { line, column } = closest(lines, found, words);
    const file = relative(this.root, resolve(dirname(this.outfile), found.source));
    return { file, line, column: column + 1, lineText: (lines[line - 1] ?? "").replace(/\r$/, "") };
  }
}

interface Place {
  /** From 1. */
  readonly line: number;
  /** From 0. */
  readonly column: number;
}

/** How far below its beginning the words of a statement are looked for: imports by name may take many lines. */
const LINES = 60;

function closest(lines: readonly string[], { line, column }: Place, words: RegExp): Place {
  for (let at = line; at < line + LINES && at <= lines.length; at++) {
    const from = at === line ? column : 0;
    const index = lines[at - 1]!.slice(from).search(words);
    if (index >= 0) return { line: at, column: from + index };
  }
  return { line, column };
}
