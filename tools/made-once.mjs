import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/** Older drafts were left by a process that was killed: nothing here takes so long to make. */
const ABANDONED_MS = 3_600_000;

/**
 * A folder of a cache that is made on first use. It is made beside its place and renamed, so that nobody finds half of
 * one. Of several processes that make it at once, the first to finish wins and the others take its result.
 *
 * @param {string} folder its name must say everything that it depends on
 * @param {(draft: string) => void} make fills an empty folder; what it writes must not contain the folder's name
 */
export function madeOnce(folder, make) {
  if (existsSync(folder)) return;
  mkdirSync(dirname(folder), { recursive: true });
  removeAbandoned(folder);
  const draft = mkdtempSync(`${folder}.draft-`);
  try {
    make(draft);
    renameSync(draft, folder);
  } catch (error) {
    if (!["ENOTEMPTY", "EEXIST"].includes(error.code)) throw error;
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

function removeAbandoned(folder) {
  for (const name of readdirSync(dirname(folder))) {
    if (!name.startsWith(`${basename(folder)}.draft-`)) continue;
    const draft = join(dirname(folder), name);
    const age = Date.now() - (statSync(draft, { throwIfNoEntry: false })?.mtimeMs ?? Infinity);
    if (age > ABANDONED_MS) rmSync(draft, { recursive: true, force: true });
  }
}
