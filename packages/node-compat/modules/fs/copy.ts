import { dirname, join, resolve } from "node:path";
import type { Any } from "../internal/any.js";
import { validateBoolean, validateFunction, validateObject } from "../internal/validate.js";
import { toPath } from "./arguments.js";
import { systemError } from "./errors.js";
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

const REFUSALS = {
  isFolder: {
    code: "ERR_FS_EISDIR",
    what: "Recursive option not enabled, cannot copy a directory",
    syscall: "cp",
    errno: 21,
    errorCode: "EISDIR",
    message: "",
  },
  exists: {
    code: "ERR_FS_CP_EEXIST",
    what: "Target already exists",
    syscall: "cp",
    errno: 17,
    errorCode: "EEXIST",
    message: "",
  },
  same: {
    code: "ERR_FS_CP_EINVAL",
    what: "Invalid src or dest",
    syscall: "cp",
    errno: 22,
    errorCode: "EINVAL",
    message: "src and dest cannot be the same",
  },
  folderOverFile: {
    code: "ERR_FS_CP_DIR_TO_NON_DIR",
    what: "Cannot overwrite non-directory with directory",
    syscall: "cp",
    errno: 20,
    errorCode: "ENOTDIR",
    message: "",
  },
  fileOverFolder: {
    code: "ERR_FS_CP_NON_DIR_TO_DIR",
    what: "Cannot overwrite directory with non-directory",
    syscall: "cp",
    errno: 21,
    errorCode: "EISDIR",
    message: "",
  },
} as const;

function refuse(kind: keyof typeof REFUSALS, path: string, message?: string): never {
  const refusal = REFUSALS[kind];
  throw systemError({ ...refusal, message: message ?? (refusal.message || `${path} `.trim()) }, path);
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
  if (target && target.ino === source.ino && target.dev === source.dev) refuse("same", to);
  if (source.isDirectory()) {
    if (!options.recursive) refuse("isFolder", from, `${from} is a directory (not copied)`);
    if (target && !target.isDirectory())
      refuse("folderOverFile", to, `cannot overwrite non-directory ${to} with directory ${from}`);
    if (`${resolve(to)}/`.startsWith(`${resolve(from)}/`)) {
      refuse("same", to, `cannot copy ${from} to a subdirectory of self ${to}`);
    }
  } else if (target?.isDirectory()) {
    refuse("fileOverFolder", to, `cannot overwrite directory ${to} with non-directory ${from}`);
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
      return options.errorOnExist ? refuse("exists", to, `${to} already exists`) : undefined;
    unlinkSync(to);
  }
  copyFileSync(from, to, options.mode);
  if (options.preserveTimestamps) utimesSync(to, source.atime, source.mtime);
}
