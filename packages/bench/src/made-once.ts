import { existsSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { withCreationLock } from "./creation-lock.js";

/**
 * A folder that is made on first use and found again afterwards. It is made beside its place and renamed, so that a
 * half-made one is never found; processes that want it at the same time wait for the first.
 */
export async function madeOnce(folder: string, make: (draft: string) => Promise<void>): Promise<void> {
  if (existsSync(folder)) return;
  await withCreationLock(`${folder}.lock`, async () => {
    if (existsSync(folder)) return;
    const draft = `${folder}.${process.pid}`;
    await rm(draft, { recursive: true, force: true });
    try {
      await make(draft);
      await rename(draft, folder);
    } finally {
      await rm(draft, { recursive: true, force: true });
    }
  });
}
