import { relative } from "node:path";
import { bundle as bundleApp, findReach, type BundleInput, type Reach } from "@laconic/node-compat";
import type { ArtifactFolder } from "../artifact-folder.js";
import type { Rewritten } from "./rewrite.js";
import type { Source } from "./source.js";

/** The app and all it imports, as one ES module on disk. */
export interface Bundle {
  /** Staged path. */
  readonly path: string;
  readonly bytes: number;
  readonly inputs: readonly BundleInput[];
  /** What it can use of the engine. */
  readonly reach: Reach;
  readonly warnings: readonly string[];
}

/** @param usesAreKnown whether the user names what code that the app makes at run time uses */
export async function bundle(
  rewritten: Rewritten,
  folder: ArtifactFolder,
  usesAreKnown: boolean,
): Promise<Bundle> {
  const { source } = rewritten;
  const file = `${source.name}.mjs`;
  const { code, map, inputs, warnings, report } = await bundleApp({
    entry: source.entry,
    source: rewritten.text,
    sourceMap: rewritten.map,
    outfile: folder.final(file),
    root: source.project,
    usesAreKnown,
  });
  await folder.write(file, code);
  await folder.write(`${file}.map`, map);
  return {
    path: folder.staged(file),
    bytes: Buffer.byteLength(code),
    inputs,
    reach: findReach({ code, map }),
    warnings: [...warnings, ...lacking(report.findings.length, source)],
  };
}

/** One line, and not all of it at every build: most apps that have such places never reach them. */
function lacking(count: number, { entry, project }: Source): string[] {
  if (count === 0) return [];
  const what = count === 1 ? "one thing is" : `${count} things are`;
  return [
    `${what} lacking in the library where it may be reached: laconic check ${relative(project, entry)} tells which`,
  ];
}
