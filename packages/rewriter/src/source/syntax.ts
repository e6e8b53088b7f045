import { createRequire } from "node:module";
import type * as TsMorph from "ts-morph";

/**
 * ts-morph, loaded when the first file is parsed: most runs look at files that need no parsing, and loading it is most of
 * what a run costs. The bindings are live, so the rest of the package imports them as if they were always there, and
 * `parseSource` is what makes that true.
 */
export let Node: typeof TsMorph.Node;
export let SyntaxKind: typeof TsMorph.SyntaxKind;
export let ts: typeof TsMorph.ts;
let wrap: typeof TsMorph.createWrappedNode;

type Loader = () => typeof TsMorph;

let load: Loader = () => createRequire(import.meta.url)("ts-morph") as typeof TsMorph;

/** Lets the command line supply the trimmed copy of ts-morph that the package carries. Call before the first parse. */
export function loadSyntaxWith(loader: Loader): void {
  load = loader;
}

export function wrapSourceFile(
  create: (compiler: typeof TsMorph.ts) => TsMorph.ts.SourceFile,
): TsMorph.SourceFile {
  if (ts === undefined) {
    const loaded = load();
    ({ Node, SyntaxKind, ts } = loaded);
    wrap = loaded.createWrappedNode;
  }
  return wrap(create(ts));
}
