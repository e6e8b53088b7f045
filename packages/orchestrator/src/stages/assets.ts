import { readdir, readFile, stat } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { LaconicError } from "../errors.js";
import type { PackageEntry } from "./package.js";
import type { Source } from "./source.js";

const HINT =
  'List files and folders beside package.json: "laconic": { "assets": ["templates", "data/countries.json"] }.';

/**
 * Files that the app reads while it runs. They are packed as they are, where they lie in the project, so that
 * `join(import.meta.dirname, "../templates/mail.html")` in `src/app.ts` finds `templates/mail.html`.
 *
 * @throws {LaconicError} LAC8011 naming what is listed and cannot be packed
 */
export async function findAssets({ project }: Pick<Source, "project">): Promise<PackageEntry[]> {
  const found = new Map<string, PackageEntry>();
  for (const name of await listed(project)) {
    const top = join(project, name);
    if (name === "" || relative(project, top).startsWith(".."))
      throw refused(name, "it is not inside the project");
    for (const file of await filesOf(top, name)) {
      const path = relative(project, file).split(sep).join("/");
      found.set(path, { artifact: path, origin: file, path, mode: 0o644 });
    }
  }
  return [...found.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

async function listed(project: string): Promise<readonly string[]> {
  const text = await readFile(join(project, "package.json"), "utf8").catch(() => "{}");
  const assets = (JSON.parse(text) as { laconic?: { assets?: unknown } }).laconic?.assets ?? [];
  const isList = Array.isArray(assets) && assets.every((name) => typeof name === "string");
  if (!isList) throw refused("laconic.assets", "it is no list of paths");
  return assets as string[];
}

async function filesOf(path: string, name: string): Promise<string[]> {
  const state = await stat(path).catch((cause: NodeJS.ErrnoException) => {
    throw refused(name, cause.code === "ENOENT" ? "there is no such file" : cause.message);
  });
  if (!state.isDirectory()) return [path];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => !entry.isDirectory()).map((entry) => join(entry.parentPath, entry.name));
}

function refused(name: string, reason: string): LaconicError {
  return new LaconicError("LAC8011", `The asset ${name} cannot be packed: ${reason}.`, { hint: HINT });
}
