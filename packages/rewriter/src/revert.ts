import { mkdir, writeFile } from "node:fs/promises";
import { dirname, relative, resolve } from "node:path";
import { fileProblem, type Diagnostic } from "./diagnostics.js";
import { RewriteError } from "./errors.js";
import { failure, openFile, writeBack, type OpenFile } from "./file.js";
import {
  forget,
  JOURNAL,
  originalOf,
  removeTemporaries,
  sweep,
  writesIn,
  type Entry,
  type Write,
} from "./journal.js";

export interface Reverted {
  /** The paths put back, relative to the folder of the run. */
  readonly paths: readonly string[];
  /** Files that are not there any more, or are no files: they stay so. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Puts back the originals of the last write and forgets it. Files that already have their original bytes are left.
 * @throws RewriteError LAC1020 when there is none, LAC1021 when a file was edited since and `force` is not set
 */
export async function revertLast(cwd: string, force: boolean): Promise<Reverted> {
  await sweep(cwd);
  const write = (await writesIn(cwd)).at(-1);
  if (write === undefined) throw failure("LAC1020", cwd);
  const diagnostics: Diagnostic[] = [];
  const pending: { file: OpenFile; entry: Entry }[] = [];
  for (const entry of write.files) {
    const file = await openIfThere(entry, cwd);
    if (file === undefined) diagnostics.push(await restoreOrSay(write, entry, cwd, force));
    else if (file.sha256 !== entry.before) {
      // Written in place by a run that was killed, it may hold a part of both.
      const isTorn = write.pid !== undefined && entry.temporary === undefined && entry.at !== undefined;
      if (file.sha256 !== entry.after && !force && !isTorn)
        throw failure("LAC1021", entry.path, { backup: backupOf(write, cwd) });
      pending.push({ file, entry });
    }
  }
  await removeTemporaries(write, cwd);
  for (const { file, entry } of pending)
    await writeBack(file, await originalOf(write, entry), entry.temporary);
  await forget(write);
  return { paths: pending.map(({ file }) => file.source.path), diagnostics };
}

function backupOf({ folder }: Write, cwd: string): string {
  return relative(cwd, folder);
}

async function openIfThere({ path }: Entry, cwd: string): Promise<OpenFile | undefined> {
  try {
    return await openFile(path, cwd, Number.POSITIVE_INFINITY);
  } catch (error) {
    const gone = error instanceof RewriteError && /^LAC10(13|16|17)$/.test(error.code);
    if (gone) return undefined;
    throw error;
  }
}

/** A file that was deleted since: only `force` makes it again; else its original is kept beside the journals. */
async function restoreOrSay(write: Write, entry: Entry, cwd: string, force: boolean): Promise<Diagnostic> {
  const original = await originalOf(write, entry);
  const kept = force ? entry.path : `${JOURNAL}/deleted/${entry.path.replace(/\.\.\//g, "")}`;
  const location = resolve(cwd, kept);
  await mkdir(dirname(location), { recursive: true });
  await writeFile(location, original);
  return fileProblem("LAC1026", entry.path, { kept });
}
