import { Finder } from "./finder.js";
import { moduleRanges } from "./module-ranges.js";
import { Places } from "./places.js";

/** What of its host a bundle can use, as far as its text tells. */
export interface Reach {
  /** Modules that it imports, without `node:`. */
  readonly modules: ReadonlySet<string>;
  /** Names that it reads from the global object, or may read. */
  readonly globals: ReadonlySet<string>;
  /** Those of them that it surely names; the others only occur in its texts, of which code or names are made. */
  readonly certain: ReadonlySet<string>;
  /** Names of properties that it reads from any object. */
  readonly properties: ReadonlySet<string>;
  /** Where something is decided at run time, each place once. */
  readonly doubts: readonly RuntimeDoubt[];
  /** Where the app's own code may use anything at all; nothing above holds when there is such a place. */
  readonly unknowable: readonly RuntimeDoubt[];
  /** The first place that names a module, a global or a property, in this order, for example `src/app.ts:12:7`. */
  readonly placeOf: (name: string) => string | undefined;
}

/** A place whose effect is decided at run time. */
export interface RuntimeDoubt {
  /** For example `src/app.ts:12:7`; counts from 1. */
  readonly place: string;
  /** The package that it is in; none when it is the app's own. */
  readonly package?: string;
  /** What is done there, for example `eval of code made at run time`. */
  readonly what: string;
}

/** A finished bundle: its text, its source map as JSON, and the paths of its modules as esbuild has them. */
export interface ReadBundle {
  readonly code: string;
  readonly map: string;
  readonly inputs?: readonly string[];
  /** Globals that it brings along itself, so that only what this package ships asks the engine for its own. */
  readonly provided?: readonly string[];
}

/**
 * Finds what a bundle can use of its host, from its syntax.
 *
 * Code that packages make at run time is taken to use no global that no text of the app and its packages names: that is
 * how they generate validators and wrappers. Code of the app's own may come from anywhere, so it is reported. The
 * texts of this package's own modules become neither.
 *
 * @param withoutShipped whether to leave out what only this package's own modules use
 */
export function findReach(bundle: ReadBundle, withoutShipped = false): Reach {
  const reads = outside(bundle, { test: (path) => SHIPPED.test(path) && !VM.test(path) });
  const finder = new Finder({ speaks: outside(bundle, SHIPPED), ...(withoutShipped && { reads }) });
  finder.read(bundle.code, "module");
  const places = new Places(bundle);
  const doubts = finder.doubts
    .map((doubt) => ({ ...doubt, place: places.find(doubt.at) }))
    .filter(({ place }) => !HARMLESS.test(place));
  const has = (...kinds: string[]) => doubts.some(({ kind }) => kinds.includes(kind));
  const { modules, globals, silent, properties } = finder;
  const provided = new Set(bundle.provided);
  const asked = (names: Iterable<string>) =>
    [...names].filter((name) => silent.has(name) || !provided.has(name));
  const certain = asked(globals.keys());
  const at = (name: string) => modules.get(name) ?? globals.get(name) ?? properties.get(name);
  return {
    modules: new Set(modules.keys()),
    properties: new Set(properties.keys()),
    certain: new Set(certain),
    globals: new Set([
      ...certain,
      ...asked([
        ...(has("object") ? finder.mentioned() : []),
        ...(has("code") ? finder.spoken() : []),
        ...(has("name", "list") ? finder.listed() : []),
      ]),
    ]),
    doubts: once(doubts),
    unknowable: once(
      doubts.filter(({ place, kind }) => packageOf(place) === undefined && /^(code|name)$/.test(kind)),
    ),
    placeOf: (name) => {
      const offset = at(name);
      return offset === undefined ? undefined : places.find(offset);
    },
  };
}

function once(doubts: readonly { readonly place: string; readonly what: string }[]): RuntimeDoubt[] {
  const byPlace = new Map(
    doubts.map(({ place, what }) => {
      const from = packageOf(place);
      return [`${place} ${what}`, { place, ...(from !== undefined && { package: from }), what }];
    }),
  );
  return [...byPlace.values()];
}

function packageOf(place: string): string | undefined {
  if (SHIPPED.test(place) && !VM.test(place)) return "@laconic/node-compat";
  const installed = place.replaceAll("\\", "/").split("node_modules/");
  return installed.length > 1 ? /^(@[^/]+\/)?[^/]+/.exec(installed.at(-1)!)?.[0] : undefined;
}

/**
 * Packages that name globals at run time, and `eval` and `Function`, only to recognise JavaScript's own built-ins by them.
 * They come with the built-ins that this package ships.
 */
const HARMLESS = /[\\/]node_modules[\\/](node-inspect-extracted|readable-stream)[\\/]/;

/** Modules that this package ships, and what it makes itself. */
export const SHIPPED =
  /\bnode-compat\/dist\/modules\/|\bnode_modules\/node-inspect-extracted\/|^laconic[\w-]*:/;

/** Among them the one that runs whatever code the app gives it. */
const VM = /\/modules\/vm\.js\b/;

/** Tells of an offset whether it is outside of the modules whose path matches. */
function outside(
  { code, inputs = [] }: ReadBundle,
  modules: Pick<RegExp, "test">,
): (offset: number) => boolean {
  const ranges = moduleRanges(code, inputs, modules);
  return (offset) => {
    let [low, high] = [0, ranges.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (ranges[middle]![0] <= offset) low = middle + 1;
      else high = middle;
    }
    return low === 0 || offset >= ranges[low - 1]![1];
  };
}
