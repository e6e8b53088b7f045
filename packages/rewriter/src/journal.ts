import { randomBytes } from "node:crypto";
import { mkdir, open, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join, relative, resolve } from "node:path";
import type { OpenFile } from "./file.js";
import { hash, syncFolder } from "./file.js";

/** Where the originals of the last writes are kept, relative to the folder that the run was started in. */
export const JOURNAL = ".laconic/rewrite";

export interface Change {
  readonly file: OpenFile;
  readonly text: string;
}

export interface Entry {
  /** Relative to the folder of the run. */
  readonly path: string;
  readonly before: string;
  readonly after: string;
  /** Where the original is in the file of originals; absent in journals of earlier versions, which had a file for each. */
  readonly at?: { readonly offset: number; readonly length: number };
  /** File name of the original beside the journal, in journals of earlier versions. */
  readonly original?: string;
  /** Name of the file beside it that is renamed onto it; absent where it is written in place. */
  readonly temporary?: string;
}

/** One write: what it changed, and the bytes from before. */
export interface Write {
  readonly folder: string;
  readonly files: readonly Entry[];
  /** The process that wrote, for as long as it had not ended by itself. */
  readonly pid?: number;
}

const ORIGINALS = "originals";
const COMPLETE = "complete";

/**
 * Puts the originals on the disk before the first file is touched. The folder gets its number when all of it is there, so a
 * run that is killed leaves a whole journal or none, and two runs at once get two.
 */
export async function record(changes: readonly Change[], cwd: string): Promise<Write> {
  const root = resolve(cwd, JOURNAL);
  await mkdir(root, { recursive: true });
  await writeFile(join(root, ".gitignore"), "*\n");
  const run = randomBytes(4).toString("hex");
  let offset = 0;
  const files = changes.map(({ file, text }): Entry => {
    const at = { offset, length: file.bytes.length };
    offset += at.length;
    const path = relative(cwd, file.location);
    const temporary = file.links > 1 ? {} : { temporary: `.${basename(file.location)}.${run}.tmp` };
    return { path, before: file.sha256, after: hash(text), at, ...temporary };
  });
  const pending = join(root, `pending-${process.pid}-${run}`);
  await mkdir(pending);
  await writeSynced(join(pending, ORIGINALS), Buffer.concat(changes.map(({ file }) => file.bytes)));
  const journal = { version: 2, pid: process.pid, files };
  await writeSynced(join(pending, "journal.json"), Buffer.from(JSON.stringify(journal)));
  const folder = await takeNumber(root, pending);
  await syncFolder(root);
  return { folder, files, pid: process.pid };
}

/** Says that every file of a write is written, so that nothing of it is left to clean up. */
export async function complete(write: Write): Promise<void> {
  await writeFile(join(write.folder, COMPLETE), "");
}

// A folder that exists is not replaced: it holds another write.
async function takeNumber(root: string, pending: string): Promise<string> {
  for (let number = Number((await numbers(root)).at(-1) ?? "0") + 1; ; number++) {
    const folder = join(root, String(number).padStart(6, "0"));
    try {
      await rename(pending, folder);
      return folder;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== "EEXIST" && code !== "ENOTEMPTY" && code !== "EPERM" && code !== "ENOTDIR") throw error;
    }
  }
}

async function writeSynced(path: string, bytes: Uint8Array): Promise<void> {
  const handle = await open(path, "wx");
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function numbers(root: string): Promise<string[]> {
  const names = await readdir(root).catch(() => []);
  return names.filter((name) => /^\d+$/.test(name)).sort((a, b) => Number(a) - Number(b));
}

/** The writes that can be taken back, the last one last. What is no whole journal has changed no file, and is passed over. */
export async function writesIn(cwd: string): Promise<Write[]> {
  const root = resolve(cwd, JOURNAL);
  const found = await Promise.all((await numbers(root)).map((name) => read(join(root, name))));
  return found.filter((write) => write !== undefined);
}

async function read(folder: string): Promise<Write | undefined> {
  try {
    const journal = JSON.parse(await readFile(join(folder, "journal.json"), "utf8")) as Partial<Write>;
    const { files, pid } = journal;
    if (!Array.isArray(files) || !files.every(isEntry)) return undefined;
    const isComplete = (await readdir(folder)).includes(COMPLETE);
    return { folder, files, ...(pid !== undefined && !isComplete && { pid }) };
  } catch {
    return undefined;
  }
}

function isEntry(entry: unknown): entry is Entry {
  const { path, before, after, at, original } = (entry ?? {}) as Partial<Entry>;
  const texts = [path, before, after].every((text) => typeof text === "string");
  return texts && (typeof original === "string" || typeof at?.offset === "number");
}

/** The bytes that a file had before a write. */
export async function originalOf({ folder }: Write, { at, original }: Entry): Promise<Buffer> {
  if (at === undefined) return await readFile(join(folder, original!));
  const handle = await open(join(folder, ORIGINALS), "r");
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(at.length), 0, at.length, at.offset);
    if (bytesRead !== at.length) throw new Error(`${folder} does not hold all of the original`);
    return buffer;
  } finally {
    await handle.close();
  }
}

/** Forgets a write. Renamed first: a folder that is half removed is no journal. */
export async function forget({ folder }: Write): Promise<void> {
  const gone = join(dirname(folder), `pending-${process.pid}-${randomBytes(4).toString("hex")}`);
  await rename(folder, gone);
  await rm(gone, { recursive: true, force: true });
}

/** Removes what killed runs left behind: temporary files beside the files that they wrote, and journals not yet begun. */
export async function sweep(cwd: string): Promise<void> {
  const root = resolve(cwd, JOURNAL);
  for (const name of await readdir(root).catch(() => [])) {
    const pid = /^pending-(\d+)-/.exec(name)?.[1];
    if (pid && !isAlive(Number(pid))) await rm(join(root, name), { recursive: true, force: true });
  }
  for (const write of await writesIn(cwd)) {
    if (write.pid !== undefined && !isAlive(write.pid)) await removeTemporaries(write, cwd);
  }
}

export async function removeTemporaries({ files }: Write, cwd: string): Promise<void> {
  for (const { path, temporary } of files) {
    if (temporary) await rm(join(dirname(resolve(cwd, path)), temporary), { force: true });
  }
}

function isAlive(pid: number): boolean {
  if (pid === process.pid) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
