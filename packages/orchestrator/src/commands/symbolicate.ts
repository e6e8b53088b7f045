import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { symbolicate } from "@laconic/node-compat";
import { LaconicError } from "../errors.js";
import { bundleName } from "../stages/library.js";
import { loadSource } from "../stages/source.js";

export interface SymbolicateOptions {
  /** Folder of the build that the stack traces come from; normally `.laconic` in the entry's project. */
  readonly outDir?: string;
}

/**
 * Reads text with stack traces of a library and names the author's files, lines and columns in them.
 *
 * @param file path of the text; standard input when it is not given
 * @throws {LaconicError} LAC8006 when there is no build, LAC8010 when the file cannot be read
 */
export async function symbolicateText(
  entry: string,
  file: string | undefined,
  { outDir }: SymbolicateOptions,
): Promise<string> {
  const { name, project } = await loadSource(entry);
  const path = join(outDir ?? join(project, ".laconic"), `${name}.trace.map`);
  const map = await readFile(path, "utf8").catch((cause: unknown) => {
    throw new LaconicError("LAC8006", `There is no build to use: ${path} cannot be read.`, {
      hint: "Name the folder of the build that was deployed with --out-dir, or run `npx @laconic/cli build` for the same sources.",
      cause,
    });
  });
  return symbolicate(await readText(file), map, bundleName(name));
}

async function readText(file: string | undefined): Promise<string> {
  if (file === undefined) return text(process.stdin);
  return readFile(file, "utf8").catch((cause: NodeJS.ErrnoException) => {
    throw new LaconicError("LAC8010", `The text ${file} cannot be read: ${cause.message}.`, { cause });
  });
}
