import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { LaconicError } from "../errors.js";
import type { Source } from "./source.js";

/**
 * What the project's package.json lists for a `require` whose names only the running app knows: `"laconic": { "require": ["pg"] }`.
 *
 * @throws {LaconicError} LAC8017 when it is no list of names
 */
export async function listedRequires({ project }: Pick<Source, "project">): Promise<readonly string[]> {
  const text = await readFile(join(project, "package.json"), "utf8").catch(() => "{}");
  const requires = (JSON.parse(text) as { laconic?: { require?: unknown } }).laconic?.require ?? [];
  const isList = Array.isArray(requires) && requires.every((name) => typeof name === "string" && name !== "");
  if (isList) return requires as string[];
  throw new LaconicError("LAC8017", '"laconic.require" in package.json is not a list of names.', {
    hint: 'List packages, and files and folders beside package.json: "laconic": { "require": ["pg", "./plugins"] }.',
  });
}
