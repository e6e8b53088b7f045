import { Buffer } from "node:buffer";
import { Readable, Writable } from "node:stream";
import type { Any } from "../internal/any.js";
import { invalidArgType, outOfRange } from "../internal/errors.js";
import { validateFunction, validateInteger } from "../internal/validate.js";
import { toOptions, toPath } from "./arguments.js";
import * as callbacks from "./callbacks.js";
import process from "../process/node-process.js";

const READ_CHUNK = 64 * 1024;

/** How a stream calls the file system: `fs`, what the options give in its place, or a FileHandle. */
function fileSystem(stream: Any, options: Any, names: readonly string[]): void {
  const { fd, fs } = options;
  if (fd !== undefined && fd !== null && typeof fd !== "number") {
    stream.fd = fd.fd;
    stream._handle = fd;
    stream._fs = handleCalls(fd);
    fd.on?.("close", () => stream.destroy());
    return;
  }
  stream.fd = fd === undefined || fd === null ? null : fd;
  stream._fs = fs ?? callbacks;
  if (fs) for (const name of names) validateFunction(fs[name], `options.fs.${name}`);
}

function handleCalls(handle: Any): Any {
  const pass = (promise: Promise<Any>, callback: Any, pick: (result: Any) => Any[]): void => {
    promise.then(
      (result) => callback(null, ...pick(result)),
      (error) => callback(error),
    );
  };
  return {
    read: (_: Any, buffer: Any, offset: Any, length: Any, position: Any, callback: Any) =>
      pass(handle.read(buffer, offset, length, position), callback, (result) => [result.bytesRead, buffer]),
    write: (_: Any, buffer: Any, offset: Any, length: Any, position: Any, callback: Any) =>
      pass(handle.write(buffer, offset, length, position), callback, (result) => [
        result.bytesWritten,
        buffer,
      ]),
    fsync: (_: Any, callback: Any) => pass(handle.sync(), callback, () => []),
    close: (_: Any, callback: Any) => pass(handle.close(), callback, () => []),
  };
}

function open(stream: Any, callback: Any): void {
  if (stream.fd !== null) return callback();
  stream._fs.open(stream.path, stream.flags, stream.mode, (error: Any, fd: number) => {
    if (error) return callback(error);
    stream.fd = fd;
    callback();
    stream.emit("open", fd);
    stream.emit("ready");
  });
}

function close(stream: Any, error: Any, callback: Any): void {
  const fd = stream.fd;
  stream.fd = null;
  if (fd === null) return callback(error);
  stream._fs.close(fd, (closing: Any) => callback(closing || error));
}

const common: Any = {
  _construct(this: Any, callback: Any): void {
    open(this, callback);
  },

  close(this: Any, callback: Any): void {
    if (callback) {
      if (this.closed) return process.nextTick(callback);
      this.on("close", callback);
    }
    if (!this.autoClose && (this as unknown) instanceof WriteStream) this.on("finish", this.destroy);
    if ((this as unknown) instanceof WriteStream) this.end();
    else this.destroy();
  },
};

function begin(stream: Any, path: Any, options: Any): void {
  if (options.fd === undefined || options.fd === null) {
    stream.path = toPath(path);
    if (options.mode !== undefined) stream.mode = options.mode;
  } else {
    stream.path = path;
  }
}

function checkStart(start: Any, end: Any): void {
  if (start !== undefined) validateInteger(start, "start", 0);
  if (end === undefined || end === Infinity) return;
  validateInteger(end, "end", 0);
  if (start !== undefined && start > end) throw outOfRange("start", `<= "end" (here: ${end})`, start);
}

export function ReadStream(this: Any, path: Any, options?: Any): Any {
  if (!((this as unknown) instanceof ReadStream)) return new (ReadStream as Any)(path, options);
  options = { highWaterMark: READ_CHUNK, emitClose: true, autoClose: true, ...toOptions(options) };
  const { start, end, autoClose, signal, encoding } = options;
  checkStart(start, end);
  this.flags = options.flags ?? "r";
  this.mode = options.mode ?? 0o666;
  fileSystem(this, options, ["open", "read", "close"]);
  begin(this, path, options);
  this.start = start;
  this.end = end ?? Infinity;
  this.pos = start;
  this.bytesRead = 0;
  (Readable as Any).call(this, { ...options, autoDestroy: autoClose !== false, signal, encoding });
  this.autoClose = autoClose !== false;
}
Object.setPrototypeOf(ReadStream.prototype, Readable.prototype);
Object.setPrototypeOf(ReadStream, Readable);

Object.assign(ReadStream.prototype, common, {
  _read(this: Any, size: number): void {
    const wanted = this.pos === undefined ? this.end - this.bytesRead + 1 : this.end - this.pos + 1;
    const length = Math.min(wanted, size);
    if (length <= 0) return void this.push(null);
    const buffer = Buffer.allocUnsafeSlow(length);
    this._fs.read(this.fd, buffer, 0, length, this.pos ?? null, (error: Any, count: number) => {
      if (error) return this.destroy(error);
      if (this.destroyed || count === 0) return void this.push(null);
      if (this.pos !== undefined) this.pos += count;
      this.bytesRead += count;
      this.push(buffer.subarray(0, count));
    });
  },

  _destroy(this: Any, error: Any, callback: Any): void {
    close(this, error, callback);
  },
});

export function WriteStream(this: Any, path: Any, options?: Any): Any {
  if (!((this as unknown) instanceof WriteStream)) return new (WriteStream as Any)(path, options);
  options = { decodeStrings: true, emitClose: true, autoClose: true, ...toOptions(options) };
  const { start, autoClose, flush, encoding } = options;
  if (start !== undefined) validateInteger(start, "start", 0);
  if (flush !== undefined && flush !== null && typeof flush !== "boolean") {
    throw invalidArgType("options.flush", "boolean", flush);
  }
  this.flags = options.flags ?? "w";
  this.mode = options.mode ?? 0o666;
  fileSystem(this, options, ["open", "write", "close"]);
  begin(this, path, options);
  this.start = start;
  this.pos = start;
  this.bytesWritten = 0;
  (Writable as Any).call(this, { ...options, autoDestroy: autoClose !== false });
  this.autoClose = autoClose !== false;
  this._flush_ = flush === true;
  if (encoding) this.setDefaultEncoding(encoding);
}
Object.setPrototypeOf(WriteStream.prototype, Writable.prototype);
Object.setPrototypeOf(WriteStream, Writable);

function writeAll(stream: Any, bytes: Uint8Array, callback: Any): void {
  stream._fs.write(stream.fd, bytes, 0, bytes.length, stream.pos ?? null, (error: Any, count: number) => {
    if (error) return callback(error);
    stream.bytesWritten += count;
    if (stream.pos !== undefined) stream.pos += count;
    if (count < bytes.length) return writeAll(stream, bytes.subarray(count), callback);
    callback();
  });
}

Object.assign(WriteStream.prototype, common, {
  _write(this: Any, chunk: Uint8Array, _encoding: Any, callback: Any): void {
    writeAll(this, chunk, callback);
  },

  _writev(this: Any, chunks: Any[], callback: Any): void {
    writeAll(this, Buffer.concat(chunks.map(({ chunk }) => chunk)), callback);
  },

  _destroy(this: Any, error: Any, callback: Any): void {
    if (!this._flush_ || this.fd === null || error) return close(this, error, callback);
    this._fs.fsync(this.fd, (syncing: Any) => close(this, syncing ?? error, callback));
  },
});
WriteStream.prototype.destroySoon = WriteStream.prototype.end;

for (const Stream of [ReadStream, WriteStream]) {
  Object.defineProperty(Stream.prototype, "pending", {
    configurable: true,
    get(this: Any) {
      return this.fd === null;
    },
  });
}

export function createReadStream(path: Any, options?: Any): Any {
  return new (ReadStream as Any)(path, options);
}

export function createWriteStream(path: Any, options?: Any): Any {
  return new (WriteStream as Any)(path, options);
}
