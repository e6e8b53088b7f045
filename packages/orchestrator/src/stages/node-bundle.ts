import { relative } from "node:path";
import { bundleForNode, traceMap } from "@laconic/node-compat";
import { describeNodeApp, type NodeServiceDescription } from "@laconic/node-shim";
import type { ArtifactFolder } from "../artifact-folder.js";
import type { Steps } from "../steps.js";
import { size } from "../text.js";
import { listedRequires } from "./listed-requires.js";
import type { PackageEntry } from "./package.js";
import type { Source } from "./source.js";
import { besidePackages, tracePackages } from "./traced-packages.js";

/** The app as one ES module for Node, and what it needs beside it. */
export interface NodeBundle {
  /** Name of its file, in the folder and in the package. */
  readonly file: string;
  readonly description: NodeServiceDescription;
  /** The bundle, its map for stack traces, and the packages that stay outside of it. */
  readonly entries: readonly PackageEntry[];
  readonly warnings: readonly string[];
}

/** Bundles the author's own entry: in Node, nothing of it has to be rewritten. */
export async function bundleNodeApp(
  source: Source,
  folder: ArtifactFolder,
  steps: Steps,
  signal: AbortSignal,
): Promise<NodeBundle> {
  const file = `${source.name}.node.mjs`;
  const map = `${file}.map`;
  const made = await steps.run(
    "bundle",
    async () => {
      const place = { outfile: folder.final(file), root: source.project };
      const bundle = await bundleForNode({
        ...place,
        entry: source.entry,
        source: source.text,
        requires: await listedRequires(source),
        ...(source.runtimeFrom && { runtimeFrom: source.runtimeFrom }),
      });
      await folder.write(file, bundle.code);
      await folder.write(map, traceMap(bundle.map, place));
      return bundle;
    },
    ({ inputs, code, external }) =>
      [
        `${inputs.length} modules, ${size(Buffer.byteLength(code))}`,
        ...external.map((path) => `beside it ${relative(source.project, path)}`),
      ].join(", "),
  );
  const packages = await tracePackages(made, source.project);
  const description = await steps.run(
    "describe",
    () =>
      besidePackages(made, source.project, folder.staged(file), (place) => describeNodeApp(place, signal)),
    ({ functions }) => functions.map((fn) => fn.name).join(", "),
  );
  const own = [file, map].map((path) => ({ artifact: path, path, mode: 0o644 }));
  return { file, description, entries: [...own, ...packages], warnings: made.warnings };
}
