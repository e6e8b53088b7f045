// Writes dist/bundled/<name>.json of a package: the files that a bundle was made of, in the shape of esbuild's metafile. The
// notices of the packed package are made of it. Run in the package's folder.
import { mkdirSync, writeFileSync } from "node:fs";
import { isAbsolute, join, relative } from "node:path";

/** @param inputs files, absolute or relative to the current folder */
export function recordBundled(name, inputs) {
  const folder = "dist/bundled";
  mkdirSync(folder, { recursive: true });
  const paths = inputs.map((input) => [isAbsolute(input) ? relative("", input) : input, {}]);
  writeFileSync(
    join(folder, `${name}.json`),
    `${JSON.stringify({ inputs: Object.fromEntries(paths) }, null, 2)}\n`,
  );
}
