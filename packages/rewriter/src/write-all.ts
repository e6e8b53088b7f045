import { rename } from "node:fs/promises";
import { dirname, join } from "node:path";
import {
  checkUnchanged,
  checkWritable,
  createLike,
  failed,
  syncFolder,
  writeBack,
  type OpenFile,
} from "./file.js";
import { complete, forget, record, removeTemporaries, sweep, type Change, type Entry } from "./journal.js";

// Waiting for the disk is most of a write, and disks take many requests at once.
const AT_ONCE = 32;

/**
 * Writes all changes or none. The originals are on the disk before the first file is touched, so that a run which is
 * killed half-way can be reverted like any other; the new texts are, too, before the first is put in its place.
 * @throws RewriteError of `writeBack`
 */
export async function writeAll(changes: readonly Change[], cwd: string): Promise<void> {
  await sweep(cwd);
  await each(changes, ({ file }) => checkWritable(file));
  const write = await record(changes, cwd);
  const pairs = changes.map((change, index) => ({ ...change, entry: write.files[index]! }));
  const done: Change[] = [];
  try {
    await each(pairs, ({ file, text, entry }) => prepare(file, text, entry));
    for (const { file, text, entry } of pairs) {
      await put(file, text, entry);
      done.push({ file, text });
    }
    await each([...new Set(changes.map(({ file }) => dirname(file.location)))], syncFolder);
  } catch (error) {
    await takeBack(done);
    await removeTemporaries(write, cwd);
    await forget(write);
    throw error;
  }
  await complete(write);
}

async function takeBack(done: readonly Change[]): Promise<void> {
  for (const { file, text } of [...done].reverse())
    await writeBack({ ...file, bytes: Buffer.from(text) }, file.bytes);
}

/** Puts the new text beside the file, with its mode and owner. */
async function prepare(file: OpenFile, text: string, { temporary }: Entry): Promise<void> {
  if (temporary === undefined) return;
  const beside = join(dirname(file.location), temporary);
  await failed(file, () => createLike(file, beside, text));
}

async function put(file: OpenFile, text: string, { temporary }: Entry): Promise<void> {
  await checkUnchanged(file);
  if (temporary === undefined) await writeBack(file, text);
  else await failed(file, () => rename(join(dirname(file.location), temporary), file.location));
}

async function each<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < items.length) await work(items[next++]!);
  };
  const ended = await Promise.allSettled(Array.from({ length: Math.min(AT_ONCE, items.length) }, worker));
  for (const one of ended) if (one.status === "rejected") throw one.reason;
}
