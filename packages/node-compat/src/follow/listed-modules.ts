import { statSync } from "node:fs";
import { join } from "node:path";
import type { BundleProblem } from "../errors.js";
import { askedKey, type Asked } from "./asked.js";
import { globbedFiles } from "./globbed-files.js";
import { ANY } from "./possible-names.js";

/** What the user lists for a `require` whose names only the running app knows: packages, files, and the modules of folders. */
export function listedModules(requires: readonly string[], root: string): Asked[] {
  const importer = join(root, "package.json");
  return requires.flatMap((name) => {
    const specifiers =
      isFolder(join(root, name)) && /^\.{1,2}\//.test(name) ? globbedFiles(join(root, name, ANY)) : [name];
    return specifiers.map((specifier) => ({ importer, specifier }));
  });
}

/** Those that are not there. */
export function listedProblems(listed: readonly Asked[], missing: ReadonlySet<string>): BundleProblem[] {
  return listed
    .filter((one) => missing.has(askedKey(one)))
    .map(({ specifier }) => ({
      code: "LAC2002",
      message: `"laconic.require" in package.json lists "${specifier}", which could not be found.`,
      hint: /^[./]/.test(specifier)
        ? "Check the path: it is relative to the folder of package.json."
        : `Install it: npm install ${specifier}`,
    }));
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
