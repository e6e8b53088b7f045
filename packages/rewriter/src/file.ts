import { isUtf8 } from "node:buffer";
import { createHash, randomBytes } from "node:crypto";
import {
  chmod,
  chown,
  constants,
  lstat,
  open,
  readFile,
  readlink,
  rename,
  rm,
  access,
} from "node:fs/promises";
import { basename, dirname, extname, join, relative, resolve } from "node:path";
import { fileProblem, type Details } from "./diagnostics.js";
import { RewriteError } from "./errors.js";
import type { Code } from "./rules.js";
import type { Source } from "./source.js";

/** A file as it was read: what is written back later is checked against these bytes. */
export interface OpenFile {
  readonly source: Source;
  /** Absolute. */
  readonly location: string;
  readonly bytes: Uint8Array;
  readonly sha256: string;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** How many names the file has: with more than one it is written in place, so that they stay one file. */
  readonly links: number;
}

export const MAX_BYTES = 2_000_000;

const EXTENSIONS = new Set([".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs"]);

/**
 * Reads a source file, refusing what could not be written back unharmed.
 * @param path as it is to be printed, relative to `cwd`
 * @throws RewriteError with LAC1010 to LAC1018 or LAC1025
 */
export async function openFile(path: string, cwd: string, maxBytes = MAX_BYTES): Promise<OpenFile> {
  const location = resolve(cwd, path);
  const stat = await lstat(location).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === "ENOENT" || cause.code === "ENOTDIR") throw failure("LAC1016", path, { cwd }, cause);
    throw failure("LAC1025", path, { reason: cause.message }, cause);
  });
  if (stat.isSymbolicLink())
    throw failure("LAC1013", path, {
      target: relative(cwd, resolve(dirname(location), await readlink(location))),
    });
  if (stat.isDirectory()) throw failure("LAC1017", path, { kind: "a folder" });
  if (!stat.isFile()) throw failure("LAC1017", path, { kind: "not a regular file" });
  if (!mayBeSource(path)) throw failure("LAC1018", path);
  if (stat.size > maxBytes) throw failure("LAC1012", path, { size: stat.size, limit: maxBytes });
  const bytes = await readFile(location).catch((cause: Error) => {
    throw failure("LAC1025", path, { reason: cause.message }, cause);
  });
  const { mode, uid, gid, nlink: links } = stat;
  return {
    source: { path, text: decode(bytes, path) },
    location,
    bytes,
    sha256: hash(bytes),
    mode,
    uid,
    gid,
    links,
  };
}

export function isSourceFile(path: string): boolean {
  return EXTENSIONS.has(extname(path).toLowerCase());
}

/** Programs such as `bin/www` have no extension; what such a file holds is taken for JavaScript. */
function mayBeSource(path: string): boolean {
  return isSourceFile(path) || (extname(path) === "" && !basename(path).startsWith("."));
}

/** @internal @throws RewriteError LAC1010 */
export function decode(bytes: Buffer, path: string): string {
  const text = bytes.toString("utf8");
  if (isUtf8(bytes)) return text;
  // What could not be decoded comes back as other bytes, so the first difference is the place.
  const back = Buffer.from(text, "utf8");
  const offset = bytes.findIndex((byte, index) => byte !== back[index]);
  throw failure("LAC1010", path, { offset });
}

/** @internal */
export function hash(bytes: Buffer | string): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/**
 * Replaces a file's contents so that a reader, or a crash, sees the old bytes or the new ones and nothing between. Mode and
 * owner stay. A file that has several names (hard links) is written in place, so that it keeps them.
 * @param beside name of the temporary file, where somebody else has to know it
 * @throws RewriteError LAC1015 when the file is no longer what was opened, LAC1014 when it may not be written, LAC1025
 */
export async function writeBack(
  file: OpenFile,
  contents: string | Uint8Array,
  beside?: string,
): Promise<void> {
  const path = file.source.path;
  await checkWritable(file);
  if (file.links > 1) return await failed(file, () => writeInPlace(file, contents));
  const name = beside ?? `.${basename(file.location)}.${randomBytes(4).toString("hex")}.tmp`;
  const temporary = join(dirname(file.location), name);
  try {
    await createLike(file, temporary, contents);
    await checkUnchanged(file);
    await rename(temporary, file.location);
    await syncFolder(dirname(file.location));
  } catch (cause) {
    await rm(temporary, { force: true });
    throw cause instanceof RewriteError ? cause : writeFailure(path, cause as NodeJS.ErrnoException);
  }
}

/** A file of several names keeps them only when its bytes are replaced where they are. */
async function writeInPlace(file: OpenFile, contents: string | Uint8Array): Promise<void> {
  const bytes = Buffer.from(contents as string);
  const handle = await open(file.location, "r+");
  try {
    await handle.write(bytes, 0, bytes.length, 0);
    await handle.truncate(bytes.length);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** @internal Names the file in what the operating system refused. @throws RewriteError LAC1014 or LAC1025 */
export async function failed(file: OpenFile, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (cause) {
    throw cause instanceof RewriteError
      ? cause
      : writeFailure(file.source.path, cause as NodeJS.ErrnoException);
  }
}

/** The checks of `writeBack` alone, so that a run can make them for all of its files before it writes the first. */
export async function checkWritable(file: OpenFile): Promise<void> {
  const path = file.source.path;
  await checkUnchanged(file);
  const { mode } = await lstat(file.location);
  // Asked of the mode too: to root everything is writable, and a file is read-only for a reason.
  if ((mode & 0o222) === 0) throw failure("LAC1014", path, { reason: "its mode is read-only" });
  for (const place of [file.location, dirname(file.location)]) {
    await access(place, constants.W_OK).catch((cause: Error) => {
      throw failure("LAC1014", path, { reason: cause.message }, cause);
    });
  }
}

/** @internal @throws RewriteError LAC1015 */
export async function checkUnchanged(file: OpenFile): Promise<void> {
  const path = file.source.path;
  const stat = await lstat(file.location).catch(() => undefined);
  if (!stat?.isFile()) throw failure("LAC1015", path);
  const now = await readFile(file.location);
  if (!now.equals(file.bytes)) throw failure("LAC1015", path);
}

/** @internal The rename itself is only on the disk once its folder is; not every file system lets a folder be opened for that. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r").catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}

function writeFailure(path: string, cause: NodeJS.ErrnoException): RewriteError {
  const readOnly = cause.code === "EACCES" || cause.code === "EPERM" || cause.code === "EROFS";
  return failure(readOnly ? "LAC1014" : "LAC1025", path, { reason: cause.message }, cause);
}

/** @internal */
export function failure(code: Code, path: string, details?: Details, cause?: unknown): RewriteError {
  return new RewriteError(fileProblem(code, path, details), cause === undefined ? {} : { cause });
}

/** Creates a file with the mode and the owner of another one. Its contents are on the disk when this returns. */
export async function createLike(
  { mode, uid, gid }: OpenFile,
  path: string,
  contents: string | Uint8Array,
): Promise<void> {
  const handle = await open(path, "wx", mode & 0o777);
  try {
    await handle.writeFile(contents);
    await handle.datasync();
  } finally {
    await handle.close();
  }
  await chmod(path, mode & 0o7777);
  // Only root may give files away; for everyone else the owner is right already.
  await chown(path, uid, gid).catch(() => undefined);
}
