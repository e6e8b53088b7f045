import { Buffer } from "node:buffer";
import type { Any } from "../internal/any.js";
import { isFd, toData } from "./arguments.js";
import { cpSync } from "./copy.js";
import { globSync, opendirSync } from "./dir.js";
import { withPromise } from "./later.js";
import * as sync from "./sync.js";

/** A FileHandle may stand for a path; its descriptor is what the functions take. */
function fileOf(file: Any): Any {
  return typeof file === "object" && file !== null && isFd(file.fd) ? file.fd : file;
}

export const access: Any = /* @__PURE__ */ withPromise(sync.accessSync);
export const chmod: Any = /* @__PURE__ */ withPromise(sync.chmodSync);
export const chown: Any = /* @__PURE__ */ withPromise(sync.chownSync);
export const copyFile: Any = /* @__PURE__ */ withPromise(sync.copyFileSync);
export const lchown: Any = /* @__PURE__ */ withPromise(sync.lchownSync);
export const link: Any = /* @__PURE__ */ withPromise(sync.linkSync);
export const lstat: Any = /* @__PURE__ */ withPromise(sync.lstatSync);
export const lutimes: Any = /* @__PURE__ */ withPromise(sync.lutimesSync);
export const mkdir: Any = /* @__PURE__ */ withPromise(sync.mkdirSync);
export const mkdtemp: Any = /* @__PURE__ */ withPromise(sync.mkdtempSync);
export const readdir: Any = /* @__PURE__ */ withPromise(sync.readdirSync);
export const readlink: Any = /* @__PURE__ */ withPromise(sync.readlinkSync);
export const realpath: Any = /* @__PURE__ */ withPromise(sync.realpathSync);
export const rename: Any = /* @__PURE__ */ withPromise(sync.renameSync);
export const rm: Any = /* @__PURE__ */ withPromise(sync.rmSync);
export const rmdir: Any = /* @__PURE__ */ withPromise(sync.rmdirSync);
export const stat: Any = /* @__PURE__ */ withPromise(sync.statSync);
export const statfs: Any = /* @__PURE__ */ withPromise(sync.statfsSync);
export const symlink: Any = /* @__PURE__ */ withPromise(sync.symlinkSync);
export const truncate: Any = /* @__PURE__ */ withPromise(sync.truncateSync);
export const unlink: Any = /* @__PURE__ */ withPromise(sync.unlinkSync);
export const utimes: Any = /* @__PURE__ */ withPromise(sync.utimesSync);
export const cp: Any = /* @__PURE__ */ withPromise(cpSync);
export const opendir: Any = /* @__PURE__ */ withPromise(opendirSync);

export const readFile: Any = /* @__PURE__ */ withPromise((path, options) => {
  options?.signal?.throwIfAborted();
  return sync.readFileSync(fileOf(path), options);
});

export async function writeFile(path: Any, data: Any, options?: Any): Promise<void> {
  options?.signal?.throwIfAborted();
  await store(fileOf(path), await collected(data, options), options);
}

export async function appendFile(path: Any, data: Any, options?: Any): Promise<void> {
  const given = typeof options === "string" ? { encoding: options } : options;
  await writeFile(path, data, { ...given, flag: given?.flag ?? "a" });
}

const store = /* @__PURE__ */ withPromise(sync.writeFileSync);

/** The data, or all that an iterable or stream gives. */
async function collected(data: Any, options: Any): Promise<Any> {
  const isIterable = typeof data === "object" && data !== null && !ArrayBuffer.isView(data);
  if (!isIterable || !(data[Symbol.asyncIterator] || data[Symbol.iterator])) return data;
  const encoding = typeof options === "string" ? options : options?.encoding;
  const pieces: Uint8Array[] = [];
  for await (const piece of data) pieces.push(toData(piece, encoding));
  return Buffer.concat(pieces);
}

export function open(path: Any, flags?: Any, mode?: Any): Any {
  return require("./file-handle.js").openHandle(path, flags, mode);
}

export async function* glob(pattern: Any, options?: Any): AsyncGenerator<Any> {
  yield* globSync(pattern, options);
}
