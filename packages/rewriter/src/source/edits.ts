import MagicString, { type SourceMap } from "magic-string";
import type { Edit, Range, Source } from "../source.js";

/** Collects replacements and applies them at once, so that all of them are made against the original text. */
export class Edits {
  readonly #edits: Edit[] = [];

  constructor(private readonly source: Source) {}

  get isEmpty(): boolean {
    return this.#edits.length === 0;
  }

  replace(range: Range, newText: string): void {
    const { start, end } = range;
    if (!this.#edits.some((edit) => edit.start === start && edit.end === end && edit.newText === newText)) {
      this.#edits.push({ start, end, newText });
    }
  }

  insert(at: number, newText: string): void {
    this.#edits.push({ start: at, end: at, newText });
  }

  /** In source order; insertions at one place stay in the order in which they were asked for. */
  list(): Edit[] {
    return this.#edits
      .map((edit, order) => ({ edit, order }))
      .sort((a, b) => a.edit.start - b.edit.start || a.edit.end - b.edit.end || a.order - b.order)
      .map(({ edit }) => edit);
  }

  /** The first two edits of the same text; both cannot be made. */
  overlap(): Range | undefined {
    let end = 0;
    for (const edit of this.list()) {
      if (edit.start < end) return edit;
      end = Math.max(end, edit.end);
    }
    return undefined;
  }

  apply(): { text: string; map: () => SourceMap } {
    const magic = new MagicString(this.source.text, { filename: this.source.path });
    for (const { start, end, newText } of this.list()) {
      if (start === end) magic.appendLeft(start, newText);
      else if (newText === "") magic.remove(start, end);
      else magic.update(start, end, newText);
    }
    const map = (): SourceMap =>
      magic.generateMap({ source: this.source.path, includeContent: true, hires: "boundary" });
    return { text: magic.toString(), map };
  }
}
