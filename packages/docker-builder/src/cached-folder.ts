import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

/** Older drafts were left by a process that was killed: nothing here takes so long to make. */
const ABANDONED_MS = 3_600_000;

/**
 * A folder of a cache that is made on first use and found again afterwards. It is made beside its place and renamed, so
 * that nobody finds half of one. Of several processes that make it at once, the first to finish wins and the others take
 * its result.
 *
 * @param folder its name must say everything that it depends on
 * @param make fills an empty folder and answers it, or the part of it that counts
 */
export async function cachedFolder(
  folder: string,
  make: (draft: string) => Promise<string>,
): Promise<string> {
  if (existsSync(folder)) return folder;
  await mkdir(dirname(folder), { recursive: true });
  await removeAbandoned(folder);
  const draft = await mkdtemp(`${folder}.draft-`);
  try {
    await rename(await make(draft), folder);
  } catch (error) {
    if (!["ENOTEMPTY", "EEXIST"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  return folder;
}

async function removeAbandoned(folder: string): Promise<void> {
  for (const name of await readdir(dirname(folder))) {
    if (!name.startsWith(`${basename(folder)}.draft-`)) continue;
    const draft = join(dirname(folder), name);
    const { mtimeMs } = await stat(draft).catch(() => ({ mtimeMs: Infinity }));
    if (Date.now() - mtimeMs > ABANDONED_MS) await rm(draft, { recursive: true, force: true });
  }
}
