import { spawnSync } from "node:child_process";
import { isAbsolute, join } from "node:path";
import { build, type BuildOptions } from "esbuild";
import { boundary } from "../../src/check/boundary.js";
import { esbuildOptions } from "../../src/esbuild-options.js";
import { buildWithoutOptional } from "../../src/optional-package.js";

/** One `import` or `require` of a module, and the file that it was resolved to. */
export interface Resolution {
  readonly kind: string;
  readonly importer: string;
  readonly specifier: string;
  readonly file: string;
}

/** What no bundle holds as a module, but packages name. */
const EMPTY = {
  ".css": "empty",
  ".html": "empty",
  ".md": "empty",
  ".txt": "empty",
} satisfies BuildOptions["loader"];

/** Every resolution of an app's bundle, but those of built-ins. All paths absolute. */
export async function resolvedInBundle(root: string, entry: string, source?: string): Promise<Resolution[]> {
  const options = { root, entry, outfile: join(root, "out.mjs"), ...(source !== undefined && { source }) };
  const { metafile } = await buildWithoutOptional(
    (...plugins) => build({ ...esbuildOptions(options, ...plugins, boundary()), loader: EMPTY }),
    root,
  );
  return Object.entries(metafile.inputs).flatMap(([importer, { imports }]) =>
    imports.flatMap(({ kind, original, path, external }) =>
      external || original === undefined || path.includes(":")
        ? []
        : [{ kind, importer: join(root, importer), specifier: original, file: join(root, path) }],
    ),
  );
}

const ASK_NODE = `
import { createRequire } from "node:module";
import { readFileSync, realpathSync, statSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";

const answers = JSON.parse(readFileSync(0, "utf8")).map(({ kind, importer, specifier }) => {
  try {
    if (kind === "require-call") return createRequire(importer).resolve(specifier);
    const file = fileURLToPath(import.meta.resolve(specifier, pathToFileURL(importer).href));
    return statSync(file).isFile() ? realpathSync(file) : "a folder";
  } catch (error) {
    return String(error.code);
  }
});
console.log(JSON.stringify(answers));`;

/** What Node resolves each to; an error's code where it does not. */
export function resolvedByNode(asked: readonly Resolution[]): string[] {
  const flags = ["--experimental-import-meta-resolve", "--no-warnings", "--input-type=module", "-e"];
  const { stdout, stderr, status } = spawnSync(process.execPath, [...flags, ASK_NODE], {
    input: JSON.stringify(asked),
    encoding: "utf8",
    maxBuffer: 1 << 30,
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as string[];
}

/** One line for each that Node resolves otherwise, with paths relative to the root. */
export function differences(root: string, resolutions: readonly Resolution[]): string[] {
  const byNode = resolvedByNode(resolutions);
  const short = (path: string): string => (isAbsolute(path) ? path.replace(`${root}/`, "") : path);
  return resolutions.flatMap(({ kind, importer, specifier, file }, index) =>
    byNode[index] === file
      ? []
      : [
          `${kind} "${specifier}" of ${short(importer)}: ${short(file)}, and in Node ${short(byNode[index]!)}`,
        ],
  );
}
