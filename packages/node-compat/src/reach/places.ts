import { SourceMap } from "node:module";

/** Places in the sources, by their offset in the bundle. */
export class Places {
  private sourceMap: SourceMap | undefined;
  private starts: number[] | undefined;

  constructor(private readonly bundle: { readonly code: string; readonly map: string }) {}

  /** For example `src/app.ts:12:7`, which counts from 1. */
  find(offset: number): string {
    this.sourceMap ??= new SourceMap(JSON.parse(this.bundle.map));
    this.starts ??= [0, ...[...this.bundle.code.matchAll(/\n/g)].map(({ index }) => index + 1)];
    const line = this.starts.findLastIndex((start) => start <= offset);
    const entry = this.sourceMap.findEntry(line, offset - this.starts[line]!);
    if (!("originalSource" in entry)) return `the bundle:${line + 1}`;
    return `${entry.originalSource}:${entry.originalLine + 1}:${entry.originalColumn + 1}`;
  }
}
