import type { Metafile } from "esbuild";

/**
 * The shortest way from the entry to a module, over the edges of an esbuild metafile.
 *
 * @returns files from the entry to the module, both included; empty when it is not reached
 */
export function importChain(metafile: Metafile, entry: string, target: string): string[] {
  const cameFrom = new Map<string, string | undefined>([[entry, undefined]]);
  for (const file of cameFrom.keys()) {
    if (file === target) return walkBack(cameFrom, target);
    for (const { path } of metafile.inputs[file]?.imports ?? []) {
      if (!cameFrom.has(path)) cameFrom.set(path, file);
    }
  }
  return [];
}

function walkBack(cameFrom: ReadonlyMap<string, string | undefined>, target: string): string[] {
  const chain = [];
  for (let file: string | undefined = target; file !== undefined; file = cameFrom.get(file))
    chain.unshift(file);
  return chain;
}
