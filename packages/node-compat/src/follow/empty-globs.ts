import { dirname, resolve } from "node:path";
import type { Message } from "esbuild";
import type { Asked } from "./asked.js";
import { globbedFiles } from "./globbed-files.js";
import { ANY } from "./possible-names.js";

const EMPTY = /^The glob pattern require\("(.+)"\) did not match any files$/;

/** The modules that a path with unknown parts may mean when it names no extension, which the bundler's own patterns need. */
export function askedByEmptyGlobs(warnings: readonly Message[], root: string): Asked[] {
  return warnings.flatMap(({ text, location }) => {
    const pattern = EMPTY.exec(text)?.[1];
    if (pattern === undefined || location === null) return [];
    const importer = resolve(root, location.file);
    const path = resolve(dirname(importer), pattern.replaceAll(/\*\*\/\*|\*/g, ANY));
    return globbedFiles(path).map((specifier) => ({ importer, specifier, isGuess: true }));
  });
}
