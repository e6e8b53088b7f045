// Writes dist/bundled/<name>.json: the files that a bundle was made of, in the shape of esbuild's metafile. The notices of the
// packed package are made of it.
import { mkdirSync, writeFileSync } from "node:fs";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";

/** @param inputs files, absolute or relative to the current folder, which is the package's */
export function recordBundled(name, inputs) {
  const [home, folder] = ["..", "../dist/bundled/"].map((path) =>
    fileURLToPath(new URL(path, import.meta.url)),
  );
  mkdirSync(folder, { recursive: true });
  const paths = inputs.map((input) => [input.startsWith("/") ? relative(home, input) : input, {}]);
  writeFileSync(
    `${folder}${name}.json`,
    `${JSON.stringify({ inputs: Object.fromEntries(paths) }, null, 2)}\n`,
  );
}
