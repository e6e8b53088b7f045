import { Buffer } from "node:buffer";
import { EventEmitter } from "node:events";
import type { Any } from "../internal/any.js";
import { fsError } from "./errors.js";
import { withPromise } from "./later.js";
import * as sync from "./sync.js";

const EBADF = -9;

/** An open file, closed by its owner. */
export class FileHandle extends EventEmitter {
  #fd: number;

  constructor(fd: number) {
    super();
    this.#fd = fd;
  }

  get fd(): number {
    return this.#fd;
  }

  getAsyncId(): number {
    return -1;
  }

  /** Calls on a later turn, with the descriptor. */
  #call(syscall: string, act: (fd: number) => Any): Promise<Any> {
    if (this.#fd === -1) {
      const error: Any = fsError(EBADF, syscall);
      error.message = "file closed";
      delete error.errno;
      return Promise.reject(error);
    }
    return withPromise(() => act(this.#fd))() as Promise<Any>;
  }

  appendFile(data: Any, options?: Any): Promise<void> {
    return this.writeFile(data, options);
  }

  chmod(mode: Any): Promise<void> {
    return this.#call("fchmod", (fd) => sync.fchmodSync(fd, mode));
  }

  chown(uid: Any, gid: Any): Promise<void> {
    return this.#call("fchown", (fd) => sync.fchownSync(fd, uid, gid));
  }

  datasync(): Promise<void> {
    return this.#call("fdatasync", sync.fdatasyncSync);
  }

  sync(): Promise<void> {
    return this.#call("fsync", sync.fsyncSync);
  }

  async read(buffer?: Any, offset?: Any, length?: Any, position?: Any): Promise<Any> {
    if (!ArrayBuffer.isView(buffer)) {
      // (options), with a buffer of Node's making.
      const options: Any = buffer ?? {};
      ({ offset, length, position = null } = options);
      buffer = options.buffer ?? Buffer.alloc(16_384);
    }
    const bytesRead = await this.#call("read", (fd) => sync.readSync(fd, buffer, offset, length, position));
    return { bytesRead, buffer };
  }

  async readv(buffers: Any, position?: Any): Promise<Any> {
    return { bytesRead: await this.#call("read", (fd) => sync.readvSync(fd, buffers, position)), buffers };
  }

  readFile(options?: Any): Promise<Any> {
    return this.#call("read", (fd) => sync.readFileSync(fd, options));
  }

  async *readLines(options?: Any): AsyncGenerator<string> {
    let rest = "";
    for await (const chunk of this.createReadStream({ encoding: "utf8", ...options })) {
      const lines = (rest + chunk).split(/\r\n|\n|\r(?!$)/);
      rest = lines.pop()!;
      yield* lines;
    }
    if (rest !== "") yield rest;
  }

  readableWebStream(options?: Any): Any {
    const { Readable } = require("node:stream");
    return Readable.toWeb(this.createReadStream({ autoClose: false, ...options }));
  }

  stat(options?: Any): Promise<Any> {
    return this.#call("fstat", (fd) => sync.fstatSync(fd, options));
  }

  truncate(length?: Any): Promise<void> {
    return this.#call("ftruncate", (fd) => sync.ftruncateSync(fd, length));
  }

  utimes(atime: Any, mtime: Any): Promise<void> {
    return this.#call("futime", (fd) => sync.futimesSync(fd, atime, mtime));
  }

  async write(buffer: Any, offset?: Any, length?: Any, position?: Any): Promise<Any> {
    const write = (fd: number): number => sync.writeSync(fd, buffer, offset, length, position);
    return { bytesWritten: await this.#call("write", write), buffer };
  }

  async writev(buffers: Any, position?: Any): Promise<Any> {
    return {
      bytesWritten: await this.#call("write", (fd) => sync.writevSync(fd, buffers, position)),
      buffers,
    };
  }

  async writeFile(data: Any, options?: Any): Promise<void> {
    const { writeFile } = require("./promise-functions.js");
    if (this.#fd === -1) await this.#call("write", () => undefined);
    await writeFile(this, data, options);
  }

  close(): Promise<void> {
    if (this.#fd === -1) return Promise.resolve();
    const closing = this.#call("close", sync.closeSync).finally(() => this.emit("close"));
    this.#fd = -1;
    return closing;
  }

  createReadStream(options?: Any): Any {
    return require("./streams.js").createReadStream(undefined, { ...options, fd: this });
  }

  createWriteStream(options?: Any): Any {
    return require("./streams.js").createWriteStream(undefined, { ...options, fd: this });
  }

  async [Symbol.asyncDispose ?? Symbol.for("nodejs.asyncDispose")](): Promise<void> {
    await this.close();
  }
}

const openFile = withPromise(sync.openSync);

export async function openHandle(path: Any, flags?: Any, mode?: Any): Promise<FileHandle> {
  return new FileHandle((await openFile(path, flags ?? "r", mode)) as number);
}
