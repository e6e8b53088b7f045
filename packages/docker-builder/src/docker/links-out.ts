import { readdir, realpath } from "node:fs/promises";
import { join, relative } from "node:path";
import { isInside } from "./mounts.js";

/** Folders that are large and whose links nobody compiles through. */
const PASSED_OVER = new Set(["node_modules", ".git", ".laconic"]);

/** More would not be read, and a folder with so many is no workspace of anybody's own. */
const MOST = 10_000;

/**
 * The links in a workspace that lead out of it, each as `name -> place`: a container does not see what they name.
 * Looked for only when a build has failed, to say why.
 */
export async function linksOut(workspace: string): Promise<readonly string[]> {
  const root = await realpath(workspace);
  const found: string[] = [];
  const folders = [root];
  for (let seen = 0; folders.length > 0 && seen < MOST;) {
    const folder = folders.pop()!;
    for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
      seen += 1;
      const path = join(folder, entry.name);
      if (entry.isDirectory() && !PASSED_OVER.has(entry.name)) folders.push(path);
      if (!entry.isSymbolicLink()) continue;
      const place = await realpath(path).catch(() => undefined);
      if (place && !isInside(place, root)) found.push(`${relative(root, path)} -> ${place}`);
    }
  }
  return found.sort();
}
