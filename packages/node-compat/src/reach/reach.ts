import { SourceMap } from "node:module";
import { Finder } from "./finder.js";

/** What of its host a bundle can use, as far as its text tells. */
export interface Reach {
  /** Modules that it imports, without `node:`. */
  readonly modules: ReadonlySet<string>;
  /** Names that it reads from the global object, or may read. */
  readonly globals: ReadonlySet<string>;
  /** Names of properties that it reads from any object. */
  readonly properties: ReadonlySet<string>;
  /** Where the app's own code may use anything at all; nothing above holds when there is such a place. */
  readonly unknowable: readonly UnknowableCode[];
}

/** A place whose effect is decided at run time. */
export interface UnknowableCode {
  /** For example `src/app.ts:12:7`; counts from 1. */
  readonly place: string;
  /** What is done there, for example `eval of code made at run time`. */
  readonly what: string;
}

/**
 * Finds what a bundle can use of its host, from its syntax.
 *
 * Code that packages make at run time is taken to use no global that no text of the bundle names: that is how
 * they generate validators and wrappers. Code of the app's own may come from anywhere, so it is reported.
 *
 * @param bundle its text, and its source map as JSON
 */
export function findReach({ code, map }: { readonly code: string; readonly map: string }): Reach {
  const finder = new Finder();
  finder.read(code, "module");
  const { modules, globals, properties } = finder;
  const places = new Places(code, map);
  const unknowable = finder.unknowable.map(({ at, what }) => ({ what, place: places.find(at) }));
  const own = unknowable.filter(({ place }) => !/(^|[\\/])node_modules[\\/]/.test(place));
  const passesOn = finder.passesGlobalObjectOn || unknowable.length > own.length;
  return {
    modules,
    properties,
    globals: passesOn ? new Set([...globals, ...properties, ...finder.words()]) : globals,
    unknowable: own,
  };
}

/** Places in the sources, by their offset in the bundle. */
class Places {
  private sourceMap: SourceMap | undefined;

  constructor(
    private readonly code: string,
    private readonly map: string,
  ) {}

  find(offset: number): string {
    this.sourceMap ??= new SourceMap(JSON.parse(this.map));
    const before = this.code.slice(0, offset).split("\n");
    const entry = this.sourceMap.findEntry(before.length - 1, before.at(-1)?.length ?? 0);
    if (!("originalSource" in entry)) return `the bundle:${before.length}`;
    return `${entry.originalSource}:${entry.originalLine + 1}:${entry.originalColumn + 1}`;
  }
}
