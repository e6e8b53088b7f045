import { dirname, join, resolve } from "node:path";
import type { Any } from "../internal/any.js";
import { validateBoolean, validateFunction, validateObject } from "../internal/validate.js";
import { toPath } from "./arguments.js";
import {
  chmodSync,
  copyFileSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  statSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
} from "./sync.js";

interface CopyOptions {
  readonly dereference: boolean;
  readonly errorOnExist: boolean;
  readonly filter?: (from: string, to: string) => Any;
  readonly force: boolean;
  readonly preserveTimestamps: boolean;
  readonly recursive: boolean;
  readonly verbatimSymlinks: boolean;
  readonly mode: number;
}

const DEFAULTS: CopyOptions = {
  dereference: false,
  errorOnExist: false,
  force: true,
  preserveTimestamps: false,
  recursive: false,
  verbatimSymlinks: false,
  mode: 0,
};

export function copyOptions(options: Any): CopyOptions {
  if (options === undefined || options === null) return DEFAULTS;
  validateObject(options, "options");
  const all = { ...DEFAULTS, ...options } as Any;
  for (const name of Object.keys(DEFAULTS))
    if (name !== "mode") validateBoolean(all[name], `options.${name}`);
  if (all.filter !== undefined) validateFunction(all.filter, "options.filter");
  return all;
}

/** What Node itself refuses, with its code. */
function refuse(code: string, message: string): never {
  throw Object.assign(new Error(message), { code });
}

/** Copies a file, or a folder with all that is in it. */
export function cpSync(from: Any, to: Any, options?: Any): void {
  const given = copyOptions(options);
  copyEntry(String(toPath(from, "src")), String(toPath(to, "dest")), given, true);
}

function copyEntry(from: string, to: string, options: CopyOptions, isFirst: boolean): void {
  if (options.filter && !options.filter(from, to)) return;
  const source = options.dereference ? statSync(from) : lstatSync(from);
  const target = lstatSync(to, { throwIfNoEntry: false });
  check(from, to, source, target, options);
  if (isFirst && target === undefined) mkdirSync(dirname(to), { recursive: true });
  if (source.isDirectory()) {
    copyFolder(from, to, source, target, options);
  } else if (source.isSymbolicLink()) {
    copyLink(from, to, target, options);
  } else {
    copyContent(from, to, source, target, options);
  }
}

function check(from: string, to: string, source: Any, target: Any, options: CopyOptions): void {
  if (target && target.ino === source.ino && target.dev === source.dev) {
    refuse("ERR_FS_CP_EINVAL", `src and dest cannot be the same ${to}`);
  }
  if (!source.isDirectory()) {
    if (!target?.isDirectory()) return;
    refuse("ERR_FS_CP_NON_DIR_TO_DIR", `Cannot overwrite directory ${to} with non-directory ${from}`);
  }
  if (!options.recursive) {
    refuse("ERR_FS_EISDIR", `Recursive option not enabled, cannot copy a directory: ${from}`);
  }
  if (target && !target.isDirectory()) {
    refuse("ERR_FS_CP_DIR_TO_NON_DIR", `Cannot overwrite non-directory ${to} with directory ${from}`);
  }
  if (`${resolve(to)}/`.startsWith(`${resolve(from)}/`)) {
    refuse("ERR_FS_CP_EINVAL", `Cannot copy ${from} to a subdirectory of self ${to}`);
  }
}

function copyFolder(from: string, to: string, source: Any, target: Any, options: CopyOptions): void {
  if (target === undefined) mkdirSync(to);
  for (const name of readdirSync(from)) copyEntry(join(from, name), join(to, name), options, false);
  if (target === undefined) chmodSync(to, source.mode & 0o7777);
}

function copyLink(from: string, to: string, target: Any, options: CopyOptions): void {
  const read: string = readlinkSync(from);
  const link = options.verbatimSymlinks ? read : resolve(dirname(from), read);
  if (target) unlinkSync(to);
  symlinkSync(link, to);
}

function copyContent(from: string, to: string, source: Any, target: Any, options: CopyOptions): void {
  if (target) {
    if (!options.force)
      return options.errorOnExist ? refuse("ERR_FS_CP_EEXIST", `Target already exists: ${to}`) : undefined;
    unlinkSync(to);
  }
  copyFileSync(from, to, options.mode);
  if (options.preserveTimestamps) utimesSync(to, source.atime, source.mtime);
}
