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
 * @param isOfInterest tells of an offset whether the code there counts; all of it when left out
 */
export function findReach(
  { code, map }: { readonly code: string; readonly map: string },
  isOfInterest?: (offset: number) => boolean,
): Reach {
  const finder = new Finder(isOfInterest);
  finder.read(code, "module");
  const places = new Places(code, map);
  const doubts = finder.unknowable
    .map((doubt) => ({ ...doubt, place: places.find(doubt.at) }))
    .filter(({ place }) => !HARMLESS.test(place));
  const own = doubts.filter(({ place }) => !PACKAGE.test(place));
  const kinds = new Set(doubts.map(({ kind }) => kind));
  const { modules, globals, properties } = finder;
  return {
    modules,
    properties,
    globals: new Set([
      ...globals,
      ...(finder.passesGlobalObjectOn || kinds.has("code") ? finder.mentioned() : []),
      ...(kinds.has("name") ? finder.listed() : []),
    ]),
    unknowable: own.map(({ what, place }) => ({ what, place })),
  };
}

const PACKAGE = /(^|[\\/])node_modules[\\/]/;

/**
 * Packages that name globals at run time, and `eval` and `Function`, only to recognise JavaScript's own built-ins by them.
 * They come with the built-ins that this package ships.
 */
const HARMLESS = /[\\/]node_modules[\\/](node-inspect-extracted|readable-stream)[\\/]/;

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
