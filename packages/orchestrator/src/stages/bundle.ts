import { bundle as bundleApp, type BundleInput, traceMap } from "@laconic/node-compat";
import type { ArtifactFolder } from "../artifact-folder.js";
import type { Rewritten } from "./rewrite.js";

/** The app and all it imports, as one ES module on disk. */
export interface Bundle {
  /** Staged path. */
  readonly path: string;
  /** Staged path of the source map that stack traces need. */
  readonly traceMap: string;
  readonly bytes: number;
  readonly inputs: readonly BundleInput[];
  readonly warnings: readonly string[];
}

export async function bundle(rewritten: Rewritten, folder: ArtifactFolder): Promise<Bundle> {
  const { source } = rewritten;
  const file = `${source.name}.mjs`;
  const { code, map, inputs, warnings } = await bundleApp({
    entry: source.entry,
    source: rewritten.text,
    sourceMap: rewritten.map,
    outfile: folder.final(file),
    root: source.project,
  });
  const trace = `${source.name}.trace.map`;
  await folder.write(file, code);
  await folder.write(`${file}.map`, map);
  await folder.write(trace, traceMap(map, { outfile: folder.final(file), root: source.project }));
  return {
    path: folder.staged(file),
    traceMap: folder.staged(trace),
    bytes: Buffer.byteLength(code),
    inputs,
    warnings,
  };
}
