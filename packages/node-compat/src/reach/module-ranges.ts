/** Where in a bundle the modules lie whose path matches: esbuild writes a comment with the path before each. */
export function moduleRanges(
  code: string,
  inputs: readonly string[],
  path: Pick<RegExp, "test">,
): [start: number, end: number][] {
  const known = new Set(inputs);
  const heads = [...code.matchAll(/^\/\/ (.+)$/gm)].filter((head) => known.has(head[1]!));
  return heads.flatMap((head, at) =>
    path.test(head[1]!) ? [[head.index, heads[at + 1]?.index ?? code.length] as [number, number]] : [],
  );
}
