import { mkdir, open, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import { failure, hash, openFile, writeBack, type OpenFile } from "./file.js";

/** Where the originals of the last writes are kept, relative to the folder that the run was started in. */
export const JOURNAL = ".laconic/rewrite";

interface Entry {
  /** Relative to the folder of the run. */
  readonly path: string;
  readonly before: string;
  readonly after: string;
  /** File name of the original beside the journal. */
  readonly original: string;
}

export interface Change {
  readonly file: OpenFile;
  readonly text: string;
}

/**
 * Writes all changes or none. The originals are on the disk before the first file is touched, so that a run which is
 * killed half-way can be reverted like any other.
 * @throws RewriteError of `writeBack`
 */
export async function writeAll(changes: readonly Change[], cwd: string): Promise<void> {
  const folder = await record(changes, cwd);
  const written: Change[] = [];
  try {
    for (const change of changes) {
      await writeBack(change.file, change.text);
      written.push(change);
    }
  } catch (error) {
    for (const { file, text } of written.reverse()) {
      const bytes = Buffer.from(text);
      await writeBack({ ...file, bytes }, file.bytes);
    }
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

async function record(changes: readonly Change[], cwd: string): Promise<string> {
  const root = resolve(cwd, JOURNAL);
  await mkdir(root, { recursive: true });
  await writeFile(join(root, ".gitignore"), "*\n");
  const last = (await writes(root)).at(-1) ?? "0";
  const folder = join(root, String(Number(last) + 1).padStart(6, "0"));
  await mkdir(folder);
  const entries: Entry[] = [];
  for (const [index, { file, text }] of changes.entries()) {
    const original = `${index}.original`;
    await writeSynced(join(folder, original), file.bytes);
    entries.push({ path: relative(cwd, file.location), before: file.sha256, after: hash(text), original });
  }
  await writeSynced(
    join(folder, "journal.json"),
    Buffer.from(JSON.stringify({ version: 1, files: entries }, null, 2)),
  );
  return folder;
}

async function writeSynced(path: string, bytes: Uint8Array): Promise<void> {
  const handle = await open(path, "wx");
  await handle.writeFile(bytes);
  await handle.sync();
  await handle.close();
}

async function writes(root: string): Promise<string[]> {
  const names = await readdir(root).catch(() => []);
  return names.filter((name) => /^\d+$/.test(name)).sort();
}

/**
 * Puts back the originals of the last write and forgets it. Files that already have their original bytes are left.
 * @returns the paths put back, relative to `cwd`
 * @throws RewriteError LAC1020 when there is none, LAC1021 when a file was edited since and `force` is not set
 */
export async function revertLast(cwd: string, force: boolean): Promise<string[]> {
  const root = resolve(cwd, JOURNAL);
  const last = (await writes(root)).at(-1);
  if (last === undefined) throw failure("LAC1020", cwd);
  const folder = join(root, last);
  const { files } = JSON.parse(await readFile(join(folder, "journal.json"), "utf8")) as { files: Entry[] };
  const pending: { file: OpenFile; original: Buffer }[] = [];
  for (const entry of files) {
    const file = await openFile(entry.path, cwd, Number.POSITIVE_INFINITY);
    if (file.sha256 === entry.before) continue;
    const backup = relative(cwd, join(folder, entry.original));
    if (file.sha256 !== entry.after && !force) throw failure("LAC1021", entry.path, { backup });
    pending.push({ file, original: await readFile(join(folder, entry.original)) });
  }
  for (const { file, original } of pending) await writeBack(file, original);
  await rm(folder, { recursive: true });
  return pending.map(({ file }) => file.source.path);
}
