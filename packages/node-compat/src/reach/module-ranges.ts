import type { Metafile } from "esbuild";

/** Where in a bundle the modules lie whose path matches: esbuild writes a comment with the path before each. */
export function moduleRanges(
  code: string,
  inputs: Metafile["inputs"],
  path: RegExp,
): [start: number, end: number][] {
  const heads = [...code.matchAll(/^\/\/ (.+)$/gm)].filter((head) => head[1]! in inputs);
  return heads.flatMap((head, at) =>
    path.test(head[1]!) ? [[head.index, heads[at + 1]?.index ?? code.length] as [number, number]] : [],
  );
}
