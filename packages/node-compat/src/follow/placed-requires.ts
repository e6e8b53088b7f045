import { moduleHeads, placeOf } from "../module-places.js";

/** A `require` of a computed name, as esbuild writes it. */
const COMPUTED = /(?<![\w$.]|function )__require(?=\((?!["'`)]))/g;

/** The `require` of the library, or of the head of a bundle for Node, by the name that the bundle has for it. */
const LOOKUP = /^function (laconicRequire\d*)\(/m;

/**
 * Tells each `require` of a computed name which module asks, so that a relative path and the version of a package are that
 * module's. Every letter of the rest stays in its place, so that the source map holds.
 *
 * @param inputs paths of the modules, relative to the project
 */
export function withPlacedRequires(code: string, inputs: Readonly<Record<string, unknown>>): string {
  const lookup = LOOKUP.exec(code)?.[1];
  if (lookup === undefined) return code;
  const heads = moduleHeads(code, inputs);
  const names = new Map<string, string>();
  const placed = code.replace(COMPUTED, (written, offset: number) => {
    const head = heads.findLast(({ index }) => index < offset);
    if (head === undefined) return written;
    const place = `/${placeOf(head.path)}`;
    if (!names.has(place))
      names.set(place, `$req${names.size.toString(36).padStart(written.length - 4, "0")}`);
    return names.get(place)!;
  });
  // Functions, which are there from the beginning.
  const functions = [...names].map(
    ([place, name]) => `function ${name}(name) { return ${lookup}(name, ${JSON.stringify(place)}); }\n`,
  );
  return placed + functions.join("");
}
