/** A file as the core sees it: a path to name it by and its text. Nothing here reads or writes a disk. */
export interface Source {
  /** Path as it should be printed; its extension chooses the language (.ts, .tsx, .mts, .cts, .js, .jsx, .mjs, .cjs). */
  readonly path: string;
  readonly text: string;
}

/** A range of UTF-16 offsets in a text, end exclusive. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** One replacement; ranges are in the original text and never overlap. */
export interface Edit extends Range {
  readonly newText: string;
}

/** A place for people: 1-based line and column, the column counted in UTF-16 units without a byte order mark. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export function positionOf(text: string, offset: number): Position {
  const before = text.slice(0, offset);
  const lines = before.split(/\r\n|[\n\r\u2028\u2029]/);
  const last = lines.at(-1) ?? "";
  const mark = lines.length === 1 && last.startsWith("\uFEFF") ? 1 : 0;
  return { line: lines.length, column: last.length - mark + 1 };
}
