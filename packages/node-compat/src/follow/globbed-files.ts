import { readdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { ANY } from "./possible-names.js";

/** Modules, but for declarations of types. */
const MODULE = /(?<!\.d)\.(?:[cm]?[jt]s|[jt]sx|json)$/;

/**
 * The modules that a path with unknown parts may stand for, as Node would find them: without the extension, or a folder's index.
 * An unknown part is a part of one name, not a path.
 *
 * @param path absolute, with {@link ANY} for what is not known
 */
export function globbedFiles(path: string): string[] {
  const known = path.slice(0, path.indexOf(ANY));
  const folder = known.endsWith("/") ? resolve(known) : dirname(known);
  const pattern = new RegExp(
    `^${path.split(ANY).map(escape).join("[^/]*")}(?:/index)?(?:${MODULE.source}|$)`,
  );
  return modulesIn(folder, path.slice(folder.length + 1).split("/").length).filter((file) =>
    [file, file.replace(MODULE, "")].some((name) => pattern.test(name)),
  );
}

/** @param depth how many folders deep; the index of a folder is one deeper */
function modulesIn(folder: string, depth: number): string[] {
  let entries;
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory())
      return depth > 0 && entry.name !== "node_modules" ? modulesIn(path, depth - 1) : [];
    return MODULE.test(entry.name) && (depth > 0 || /^index\./.test(entry.name)) ? [path] : [];
  });
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
}
