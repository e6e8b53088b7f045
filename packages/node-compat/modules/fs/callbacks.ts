import type { Any } from "../internal/any.js";
import { validateFunction } from "../internal/validate.js";
import { cpSync } from "./copy.js";
import { globSync, opendirSync } from "./dir.js";
import { withCallback } from "./later.js";
import * as sync from "./sync.js";

const count = (result: Any, args: readonly Any[]): Any[] => [result, args[1]];

export const access: Any = /* @__PURE__ */ withCallback(sync.accessSync);
export const appendFile: Any = /* @__PURE__ */ withCallback(sync.appendFileSync);
export const chmod: Any = /* @__PURE__ */ withCallback(sync.chmodSync);
export const chown: Any = /* @__PURE__ */ withCallback(sync.chownSync);
export const close: Any = /* @__PURE__ */ withCallback(sync.closeSync);
export const copyFile: Any = /* @__PURE__ */ withCallback(sync.copyFileSync);
export const fchmod: Any = /* @__PURE__ */ withCallback(sync.fchmodSync);
export const fchown: Any = /* @__PURE__ */ withCallback(sync.fchownSync);
export const fdatasync: Any = /* @__PURE__ */ withCallback(sync.fdatasyncSync);
export const fstat: Any = /* @__PURE__ */ withCallback(sync.fstatSync);
export const fsync: Any = /* @__PURE__ */ withCallback(sync.fsyncSync);
export const ftruncate: Any = /* @__PURE__ */ withCallback(sync.ftruncateSync);
export const futimes: Any = /* @__PURE__ */ withCallback(sync.futimesSync);
export const lchown: Any = /* @__PURE__ */ withCallback(sync.lchownSync);
export const link: Any = /* @__PURE__ */ withCallback(sync.linkSync);
export const lstat: Any = /* @__PURE__ */ withCallback(sync.lstatSync);
export const lutimes: Any = /* @__PURE__ */ withCallback(sync.lutimesSync);
export const mkdir: Any = /* @__PURE__ */ withCallback(sync.mkdirSync);
export const mkdtemp: Any = /* @__PURE__ */ withCallback(sync.mkdtempSync);
export const open: Any = /* @__PURE__ */ withCallback(sync.openSync);
export const readFile: Any = /* @__PURE__ */ withCallback(sync.readFileSync);
export const readdir: Any = /* @__PURE__ */ withCallback(sync.readdirSync);
export const readlink: Any = /* @__PURE__ */ withCallback(sync.readlinkSync);
export const realpath: Any = /* @__PURE__ */ withCallback(sync.realpathSync);
export const rename: Any = /* @__PURE__ */ withCallback(sync.renameSync);
export const rm: Any = /* @__PURE__ */ withCallback(sync.rmSync);
export const rmdir: Any = /* @__PURE__ */ withCallback(sync.rmdirSync);
export const stat: Any = /* @__PURE__ */ withCallback(sync.statSync);
export const statfs: Any = /* @__PURE__ */ withCallback(sync.statfsSync);
export const symlink: Any = /* @__PURE__ */ withCallback(sync.symlinkSync);
export const truncate: Any = /* @__PURE__ */ withCallback(sync.truncateSync);
export const unlink: Any = /* @__PURE__ */ withCallback(sync.unlinkSync);
export const utimes: Any = /* @__PURE__ */ withCallback(sync.utimesSync);
export const writeFile: Any = /* @__PURE__ */ withCallback(sync.writeFileSync);
export const read: Any = /* @__PURE__ */ withCallback(sync.readSync, count);
export const readv: Any = /* @__PURE__ */ withCallback(sync.readvSync, count);
export const write: Any = /* @__PURE__ */ withCallback(sync.writeSync, count);
export const writev: Any = /* @__PURE__ */ withCallback(sync.writevSync, count);
export const cp: Any = /* @__PURE__ */ withCallback(cpSync);
export const opendir: Any = /* @__PURE__ */ withCallback(opendirSync);
export const glob: Any = /* @__PURE__ */ withCallback(globSync);

export function exists(path: Any, callback: Any): void {
  validateFunction(callback, "cb");
  const answer = sync.existsSync(path);
  setImmediate(() => callback(answer));
}
