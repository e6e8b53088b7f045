import { createWriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import { dirname, join, sep } from "node:path";
import { pipeline } from "node:stream/promises";
import yauzl from "yauzl";
import { BenchError } from "./errors.js";

/** Unpack a zip into a folder, which is made when it is not there, with the entries' permissions. */
export async function unpack(zipPath: string, folder: string): Promise<void> {
  const zip = await open(zipPath);
  try {
    for await (const entry of entries(zip)) await write(zip, entry, folder);
  } catch (error) {
    if (error instanceof BenchError) throw error;
    throw unreadable(zipPath, error);
  } finally {
    zip.close();
  }
}

function unreadable(zipPath: string, error: unknown): BenchError {
  const { message } = error as Error;
  return new BenchError(
    "LAC7004",
    `${zipPath} is not a readable zip: ${message}`,
    "build the package again",
    error,
  );
}

function open(zipPath: string): Promise<yauzl.ZipFile> {
  return new Promise((resolve, reject) => {
    yauzl.open(zipPath, { lazyEntries: true, autoClose: false }, (error, zip) => {
      if (error) reject(unreadable(zipPath, error));
      else resolve(zip);
    });
  });
}

async function* entries(zip: yauzl.ZipFile): AsyncGenerator<yauzl.Entry> {
  for (;;) {
    const entry = await new Promise<yauzl.Entry | undefined>((resolve, reject) => {
      zip
        .once("entry", resolve)
        .once("end", () => resolve(undefined))
        .once("error", reject);
      zip.readEntry();
    });
    zip.removeAllListeners();
    if (!entry) return;
    yield entry;
  }
}

async function write(zip: yauzl.ZipFile, entry: yauzl.Entry, folder: string): Promise<void> {
  const path = join(folder, entry.fileName);
  if (path !== folder && !path.startsWith(folder + sep)) {
    const hint = "do not run it: no build makes such a package";
    throw new BenchError("LAC7005", `entry ${JSON.stringify(entry.fileName)} lies outside the package`, hint);
  }
  if (entry.fileName.endsWith("/")) {
    await mkdir(path, { recursive: true });
    return;
  }
  await mkdir(dirname(path), { recursive: true });
  const content = await new Promise<NodeJS.ReadableStream>((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => (error ? reject(error) : resolve(stream)));
  });
  // The upper half of the attributes is Unix's mode; a zip made elsewhere has none.
  const mode = (entry.externalFileAttributes >>> 16) & 0o777;
  await pipeline(content, createWriteStream(path, { mode: mode || 0o644 }));
}
