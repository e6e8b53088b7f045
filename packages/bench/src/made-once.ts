import { existsSync } from "node:fs";
import { mkdtemp, readdir, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { withCreationLock } from "./creation-lock.js";

/** Older drafts were left by a process that was killed: nothing here takes so long to make. */
const ABANDONED_MS = 3_600_000;

/**
 * A folder that is made on first use and found again afterwards. It is made beside its place and renamed, so that
 * nobody finds half of one. Processes that want it at the same time wait for the first; should two make it all the same,
 * the first to finish wins and the other takes its result.
 *
 * @param folder its name must say everything that it depends on
 * @param make fills an empty folder
 */
export async function madeOnce(folder: string, make: (draft: string) => Promise<void>): Promise<void> {
  if (existsSync(folder)) return;
  await withCreationLock(`${folder}.lock`, async () => {
    if (existsSync(folder)) return;
    await removeAbandoned(folder);
    const draft = await mkdtemp(`${folder}.draft-`);
    try {
      await make(draft);
      await rename(draft, folder);
    } catch (error) {
      if (!["ENOTEMPTY", "EEXIST"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
    } finally {
      await rm(draft, { recursive: true, force: true });
    }
  });
}

async function removeAbandoned(folder: string): Promise<void> {
  for (const name of await readdir(dirname(folder))) {
    if (!name.startsWith(`${basename(folder)}.draft-`)) continue;
    const draft = join(dirname(folder), name);
    const { mtimeMs } = await stat(draft).catch(() => ({ mtimeMs: Infinity }));
    if (Date.now() - mtimeMs > ABANDONED_MS) await rm(draft, { recursive: true, force: true });
  }
}
