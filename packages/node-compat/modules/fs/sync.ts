import { Buffer } from "node:buffer";
import { join } from "node:path";
import * as system from "laconic:fs";
import type { Any } from "../internal/any.js";
import { invalidArgType, invalidArgValue, outOfRange } from "../internal/errors.js";
import { validateBoolean, validateInteger, validateObject } from "../internal/validate.js";
import {
  inEncoding,
  isFd,
  toData,
  toFd,
  toFlags,
  toId,
  toMode,
  toOptions,
  toPath,
  toPosition,
  toSeconds,
  viewBytes,
} from "./arguments.js";
import { constants } from "./constants.js";
import { done, systemError } from "./errors.js";
import { Dirent, makeBigIntStats, makeStatFs, makeStats } from "./stats.js";
import process from "../process/node-process.js";

const { R_OK, W_OK, X_OK, F_OK, COPYFILE_EXCL, UV_DIRENT_DIR } = constants as Record<string, number>;

export function accessSync(path: Any, mode: Any = F_OK): void {
  path = toPath(path);
  validateInteger(mode, "mode", F_OK, R_OK! | W_OK! | X_OK!);
  done(system.access(path, mode), "access", path);
}

export function existsSync(path: Any): boolean {
  try {
    return system.access(toPath(path), F_OK!) === 0;
  } catch {
    return false;
  }
}

export function openSync(path: Any, flags?: Any, mode?: Any): number {
  path = toPath(path);
  return done(system.open(path, toFlags(flags), toMode(mode, "mode", 0o666)), "open", path);
}

export function closeSync(fd: Any): void {
  done(system.close(toFd(fd)), "close");
}

/** Calls with an open descriptor, and closes it when it was opened here. */
function withFile<T>(file: Any, flags: Any, mode: Any, act: (fd: number) => T): T {
  if (isFd(file)) return act(file);
  const fd = openSync(file, flags, mode);
  try {
    return act(fd);
  } finally {
    system.close(fd);
  }
}

export function readFileSync(path: Any, options?: Any): Any {
  const { encoding, flag } = toOptions(options, { flag: "r" });
  const bytes = withFile(path, flag, 0o666, (fd) => done(system.readAll(fd), "read"));
  const content = Buffer.from(bytes as ArrayBuffer);
  return encoding && encoding !== "buffer" ? content.toString(encoding) : content;
}

function writeAll(fd: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length;) {
    at += done(system.write(fd, bytes, at, bytes.length - at, -1), "write");
  }
}

export function writeFileSync(path: Any, data: Any, options?: Any): void {
  const { encoding, mode, flag, flush } = toOptions(options, {
    encoding: "utf8",
    mode: 0o666,
    flag: "w",
    flush: false,
  });
  if (flush !== undefined && flush !== null) validateBoolean(flush, "options.flush");
  const bytes = toData(data, encoding);
  withFile(path, flag, mode, (fd) => {
    writeAll(fd, bytes);
    if (flush) done(system.fsync(fd), "fsync");
  });
}

export function appendFileSync(path: Any, data: Any, options?: Any): void {
  const given = toOptions(options, { encoding: "utf8", mode: 0o666, flag: "a" });
  writeFileSync(path, data, { ...given, flag: given.flag || "a" });
}

interface Range {
  readonly bytes: Uint8Array;
  readonly offset: number;
  readonly length: number;
  readonly position: number;
}

/** The arguments of read and write: buffer, offset, length, position, or options in their place. */
function range(buffer: Any, offset: Any, length: Any, position: Any): Range {
  if (!ArrayBuffer.isView(buffer))
    throw invalidArgType("buffer", ["Buffer", "TypedArray", "DataView"], buffer);
  if (offset !== null && typeof offset === "object") ({ offset = 0, length, position = null } = offset);
  const bytes = viewBytes(buffer);
  offset ??= 0;
  validateInteger(offset, "offset", 0);
  length ??= bytes.length - offset;
  if (offset > bytes.length) throw outOfRange("offset", `<= ${bytes.length}`, offset);
  validateInteger(length, "length", 0);
  if (length > bytes.length - offset) throw outOfRange("length", `<= ${bytes.length - offset}`, length);
  return { bytes, offset, length, position: toPosition(position) };
}

export function readSync(fd: Any, buffer: Any, offset?: Any, length?: Any, position?: Any): number {
  fd = toFd(fd);
  if (length === undefined && position === undefined && offset !== undefined && typeof offset !== "object") {
    throw invalidArgType("options", "object", offset);
  }
  const wanted = range(buffer, offset, length, position);
  if (wanted.length === 0) return 0;
  if (wanted.bytes.length === 0) throw invalidArgValue("buffer", buffer, "is empty and cannot be written");
  return done(system.read(fd, wanted.bytes, wanted.offset, wanted.length, wanted.position), "read");
}

export function writeSync(fd: Any, data: Any, offset?: Any, length?: Any, position?: Any): number {
  fd = toFd(fd);
  if (typeof data === "string") {
    // (fd, text, position, encoding)
    const bytes = Buffer.from(data, length ?? "utf8");
    return done(system.write(fd, bytes, 0, bytes.length, toPosition(offset ?? null)), "write");
  }
  if (!ArrayBuffer.isView(data)) {
    throw invalidArgType("buffer", ["string", "Buffer", "TypedArray", "DataView"], data);
  }
  const wanted = range(data, offset ?? null, length, position);
  return done(system.write(fd, wanted.bytes, wanted.offset, wanted.length, wanted.position), "write");
}

function views(buffers: Any): Uint8Array[] {
  if (!Array.isArray(buffers) || !buffers.every((buffer) => ArrayBuffer.isView(buffer))) {
    throw invalidArgType("buffers", "ArrayBufferView[]", buffers);
  }
  return buffers.map(viewBytes);
}

export function readvSync(fd: Any, buffers: Any, position?: Any): number {
  fd = toFd(fd);
  let at = typeof position === "number" ? position : -1;
  let total = 0;
  for (const bytes of views(buffers)) {
    const count = done(system.read(fd, bytes, 0, bytes.length, at), "read");
    total += count;
    if (at >= 0) at += count;
    if (count < bytes.length) break;
  }
  return total;
}

export function writevSync(fd: Any, buffers: Any, position?: Any): number {
  fd = toFd(fd);
  let at = typeof position === "number" ? position : -1;
  let total = 0;
  for (const bytes of views(buffers)) {
    const count = done(system.write(fd, bytes, 0, bytes.length, at), "write");
    total += count;
    if (at >= 0) at += count;
    if (count < bytes.length) break;
  }
  return total;
}

function stat(path: Any, options: Any, follows: boolean): Any {
  const { bigint = false, throwIfNoEntry = true } = options ?? {};
  path = toPath(path);
  const fields = bigint ? system.statExact(path, follows) : system.stat(path, follows);
  if (typeof fields === "number" && !throwIfNoEntry && fields === ENOENT) return undefined;
  const given = done(fields, follows ? "stat" : "lstat", path);
  return bigint ? makeBigIntStats(given as BigInt64Array) : makeStats(given as number[]);
}

export function statSync(path: Any, options?: Any): Any {
  return stat(path, options, true);
}

export function lstatSync(path: Any, options?: Any): Any {
  return stat(path, options, false);
}

export function fstatSync(fd: Any, options?: Any): Any {
  fd = toFd(fd);
  if (options?.bigint) return makeBigIntStats(done(system.fstatExact(fd), "fstat") as BigInt64Array);
  return makeStats(done(system.fstat(fd), "fstat") as number[]);
}

export function statfsSync(path: Any, options?: Any): Any {
  path = toPath(path);
  return makeStatFs(done(system.statfs(path), "statfs", path) as number[], !!options?.bigint);
}

function asText(path: string | Uint8Array): string {
  return typeof path === "string" ? path : Buffer.from(path).toString();
}

export function readdirSync(path: Any, options?: Any): Any[] {
  const { encoding, withFileTypes, recursive } = toOptions(options);
  path = toPath(path);
  if (recursive !== undefined && recursive !== null) validateBoolean(recursive, "options.recursive");
  const root = asText(path);
  const results: Any[] = [];
  const folders = [""];
  for (let folder = folders.shift(); folder !== undefined; folder = folders.shift()) {
    const at = folder === "" ? path : join(root, folder);
    const [names, types] = done(system.readDirectory(at), "scandir", path) as [string[], number[]];
    for (const [index, name] of names.entries()) {
      const inside = folder === "" ? name : join(folder, name);
      if (recursive && types[index] === UV_DIRENT_DIR) folders.push(inside);
      results.push(
        withFileTypes
          ? new Dirent(inEncoding(name, encoding), folder === "" ? root : join(root, folder), types[index]!)
          : inEncoding(inside, encoding),
      );
    }
  }
  return results;
}

export function mkdirSync(path: Any, options?: Any): string | undefined {
  let mode: Any = 0o777;
  let recursive = false;
  if (typeof options === "number" || typeof options === "string") mode = options;
  else if (options) ({ mode = 0o777, recursive = false } = options);
  path = toPath(path);
  validateBoolean(recursive, "options.recursive");
  mode = toMode(mode, "mode");
  if (recursive) return makeFolders(path, mode);
  done(system.mkdir(path, mode), "mkdir", path);
  return undefined;
}

const ENOENT = -2;
const EEXIST = -17;
const ENOTDIR = -20;

/** Makes a folder with those above it; returns the first that was made. */
function makeFolders(path: string | Uint8Array, mode: number): string | undefined {
  const text = asText(path);
  const missing: string[] = [];
  let folder = text.length > 1 ? text.replace(/\/+$/, "") || "/" : text;
  for (;;) {
    const result = system.mkdir(folder, mode);
    if (result === 0) break;
    if (result === EEXIST) {
      const fields = system.stat(folder, true);
      if (typeof fields !== "number" && makeStats(fields).isDirectory()) {
        if (missing.length === 0) return undefined;
        folder = missing.pop()!;
        return fillFolders(folder, missing, mode, path);
      }
      done(missing.length === 0 ? EEXIST : ENOTDIR, "mkdir", path);
    }
    const parent =
      folder.slice(0, Math.max(folder.lastIndexOf("/"), 0)) || (folder.startsWith("/") ? "/" : "");
    if (result !== ENOENT || parent === folder || parent === "") done(result, "mkdir", path);
    missing.push(folder);
    folder = parent;
  }
  const first = folder;
  if (missing.length > 0) fillFolders(missing.pop()!, missing, mode, path);
  return first;
}

function fillFolders(first: string, rest: string[], mode: number, path: Any): string {
  for (let folder: string | undefined = first; folder !== undefined; folder = rest.pop()) {
    const result = system.mkdir(folder, mode);
    if (result !== EEXIST) done(result, "mkdir", path);
  }
  return first;
}

export function rmdirSync(path: Any, options?: Any): void {
  path = toPath(path);
  if (options?.recursive) return rmSync(path, { recursive: true });
  done(system.rmdir(path), "rmdir", path);
}

export function unlinkSync(path: Any): void {
  path = toPath(path);
  done(system.unlink(path), "unlink", path);
}

export function rmSync(path: Any, options?: Any): void {
  path = toPath(path);
  if (options !== undefined) validateObject(options, "options");
  const { force = false, recursive = false } = (options ?? {}) as Any;
  validateBoolean(force, "options.force");
  validateBoolean(recursive, "options.recursive");
  const fields = system.stat(path, false);
  if (fields === ENOENT && force) return;
  const stats = makeStats(done(fields, "lstat", path) as number[]);
  if (!stats.isDirectory()) return void done(system.unlink(path), "unlink", path);
  if (!recursive) {
    throw systemError(
      {
        code: "ERR_FS_EISDIR",
        what: "Path is a directory",
        syscall: "rm",
        errno: 21,
        errorCode: "EISDIR",
        message: "is a directory",
      },
      asText(path),
    );
  }
  removeTree(asText(path));
}

function removeTree(folder: string): void {
  const [names, types] = done(system.readDirectory(folder), "scandir", folder) as [string[], number[]];
  for (const [index, name] of names.entries()) {
    const path = join(folder, name);
    if (types[index] === UV_DIRENT_DIR) removeTree(path);
    else done(system.unlink(path), "unlink", path);
  }
  done(system.rmdir(folder), "rmdir", folder);
}

export function renameSync(from: Any, to: Any): void {
  from = toPath(from, "oldPath");
  to = toPath(to, "newPath");
  done(system.rename(from, to), "rename", from, to);
}

export function copyFileSync(from: Any, to: Any, mode: Any = 0): void {
  from = toPath(from, "src");
  to = toPath(to, "dest");
  validateInteger(mode, "mode", 0, 7);
  done(system.copyFile(from, to, (mode & COPYFILE_EXCL!) !== 0), "copyfile", from, to);
}

export function linkSync(from: Any, to: Any): void {
  from = toPath(from, "existingPath");
  to = toPath(to, "newPath");
  done(system.link(from, to), "link", from, to);
}

export function symlinkSync(target: Any, path: Any): void {
  target = toPath(target, "target");
  path = toPath(path);
  done(system.symlink(target, path), "symlink", target, path);
}

export function readlinkSync(path: Any, options?: Any): Any {
  const { encoding } = toOptions(options);
  path = toPath(path);
  return inEncoding(done(system.readLink(path), "readlink", path) as string, encoding);
}

export function realpathSync(path: Any, options?: Any): Any {
  const { encoding } = toOptions(options);
  path = toPath(path);
  const real = system.realPath(path);
  // Node walks the path itself, and fails at the part that is missing.
  if (typeof real === "number") done(real, real === ENOENT ? "lstat" : "realpath", missingPart(asText(path)));
  return inEncoding(real as string, encoding);
}
realpathSync.native = realpathSync;

function missingPart(path: string): string {
  const absolute = path.startsWith("/") ? path : join(process.cwd(), path);
  let at = "/";
  for (const part of absolute.split("/").filter(Boolean)) {
    at = join(at, part);
    if (typeof system.stat(at, false) === "number") return at;
  }
  return absolute;
}

export function mkdtempSync(prefix: Any, options?: Any): Any {
  const { encoding } = toOptions(options);
  prefix = toPath(prefix, "prefix");
  const path = system.makeTemporary(prefix);
  return inEncoding(done(path, "mkdtemp", `${asText(prefix)}XXXXXX`) as string, encoding);
}

export function chmodSync(path: Any, mode: Any): void {
  path = toPath(path);
  mode = toMode(mode, "mode");
  done(system.chmod(path, mode), "chmod", path);
}

export function fchmodSync(fd: Any, mode: Any): void {
  done(system.fchmod(toFd(fd), toMode(mode, "mode")), "fchmod");
}

export function chownSync(path: Any, uid: Any, gid: Any): void {
  path = toPath(path);
  done(system.chown(path, toId(uid, "uid"), toId(gid, "gid")), "chown", path);
}

export function lchownSync(path: Any, uid: Any, gid: Any): void {
  path = toPath(path);
  done(system.lchown(path, toId(uid, "uid"), toId(gid, "gid")), "lchown", path);
}

export function fchownSync(fd: Any, uid: Any, gid: Any): void {
  done(system.fchown(toFd(fd), toId(uid, "uid"), toId(gid, "gid")), "fchown");
}

export function utimesSync(path: Any, atime: Any, mtime: Any): void {
  path = toPath(path);
  done(system.setTimes(-1, path, toSeconds(atime), toSeconds(mtime), true), "utime", path);
}

export function lutimesSync(path: Any, atime: Any, mtime: Any): void {
  path = toPath(path);
  done(system.setTimes(-1, path, toSeconds(atime), toSeconds(mtime), false), "lutime", path);
}

export function futimesSync(fd: Any, atime: Any, mtime: Any): void {
  done(system.setTimes(toFd(fd), "", toSeconds(atime, "atime"), toSeconds(mtime, "mtime"), true), "futime");
}

export function fsyncSync(fd: Any): void {
  done(system.fsync(toFd(fd)), "fsync");
}

export function fdatasyncSync(fd: Any): void {
  done(system.fdatasync(toFd(fd)), "fdatasync");
}

export function ftruncateSync(fd: Any, length: Any = 0): void {
  fd = toFd(fd);
  validateInteger(length, "len");
  done(system.ftruncate(fd, Math.max(0, length)), "ftruncate");
}

export function truncateSync(path: Any, length: Any = 0): void {
  withFile(path, "r+", 0o666, (fd) => ftruncateSync(fd, length));
}
