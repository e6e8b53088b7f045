import { Buffer } from "node:buffer";
import type { Any } from "../internal/any.js";
import { inRange } from "./options.js";
import { bufferTooLarge, codecError, trailingJunk, type Engine, type Open } from "./engines.js";
import process from "../process/node-process.js";

/** Marks the empty chunks by which `flush()` gets in line behind what was written before. */
const FLUSH = Symbol("kFlushFlag");
/** Flushes, the weaker first. */
const FLUSH_ORDER = [0, 5, 1, 2, 3, 4];
const SYNC_FLUSH = 2;

interface StreamKinds {
  readonly Transform: Any;
  readonly finished: (stream: Any, callback: Any) => void;
}

let streams: StreamKinds | undefined;

/** An app that compresses at one go does not evaluate the streams. */
function inheritFromTransform(): StreamKinds {
  if (streams === undefined) {
    streams = require("node:stream") as StreamKinds;
    Object.setPrototypeOf(ZlibBase.prototype, streams.Transform.prototype);
    Object.setPrototypeOf(ZlibBase, streams.Transform);
  }
  return streams;
}

function ZlibBase(this: Any, options: Any, engine: Engine): void {
  const { Transform } = inheritFromTransform();
  if (options?.encoding || options?.objectMode || options?.writableObjectMode) {
    options = { ...options, encoding: null, objectMode: false, writableObjectMode: false };
  }
  Transform.call(this, { autoDestroy: true, ...options });
  this._writeState = new Uint32Array(2);
  this.bytesWritten = 0;
  this._handle = Object.assign(engine.codec, { writeSync: writeByHand.bind(this) });
  this._outBuffer = Buffer.allocUnsafe(engine.chunkSize);
  this._outOffset = 0;
  this._chunkSize = engine.chunkSize;
  this._defaultFlushFlag = engine.flush;
  this._finishFlushFlag = engine.finishFlush;
  this._defaultFullFlushFlag = engine.fullFlush;
  this._info = engine.info;
  this._maxOutputLength = engine.maxOutputLength;
  this._rejectGarbageAfterEnd = engine.rejectGarbageAfterEnd;
}

/**
 * The call of Node's own handle, for packages that decompress in a loop of their own: the room that is left for output and
 * the input that is left are in `_writeState` then.
 */
function writeByHand(
  this: Any,
  flush: number,
  input: Uint8Array | null | undefined,
  inputStart: number,
  inputLength: number,
  output: Uint8Array,
  outputStart: number,
  outputLength: number,
): void {
  const room = output.subarray(0, outputStart + outputLength);
  const bytes = input ?? new Uint8Array();
  const failure = this._handle.write(
    flush,
    bytes,
    inputStart,
    inputLength,
    room,
    outputStart,
    this._writeState,
  );
  if (failure) this.destroy(codecError(failure));
}

const base: Any = {
  get _closed(): boolean {
    return !(this as Any)._handle;
  },

  get bytesRead(): number {
    return (this as Any).bytesWritten;
  },

  set bytesRead(count: number) {
    (this as Any).bytesWritten = count;
  },

  reset(this: Any): void {
    if (!this._handle) throw new Error("zlib binding closed");
    const failure = this._handle.reset();
    if (failure) this.destroy(codecError(failure));
  },

  _flush(this: Any, callback: Any): void {
    this._transform(Buffer.alloc(0), "", callback);
  },

  _final(this: Any, callback: Any): void {
    callback();
  },

  flush(this: Any, kind: Any, callback: Any): void {
    if (typeof kind === "function" || (kind === undefined && !callback)) {
      callback = kind;
      kind = this._defaultFullFlushFlag;
    }
    if (this.writableFinished) {
      if (callback) process.nextTick(callback);
    } else if (this.writableEnded) {
      if (callback) this.once("end", callback);
    } else {
      const chunk: Any = Buffer.alloc(0);
      chunk[FLUSH] = kind;
      this.write(chunk, "", callback);
    }
  },

  close(this: Any, callback: Any): void {
    if (callback) streams?.finished(this, callback);
    this.destroy();
  },

  _destroy(this: Any, error: Any, callback: Any): void {
    closeCodec(this);
    callback(error);
  },

  _transform(this: Any, chunk: Any, _encoding: Any, callback: Any): void {
    let flush: number = typeof chunk[FLUSH] === "number" ? chunk[FLUSH] : this._defaultFlushFlag;
    if (this.writableEnded && this.writableLength === chunk.byteLength) {
      flush = stronger(flush, this._finishFlushFlag);
    }
    if (!this._handle) return void process.nextTick(callback);
    processChunk(this, chunk, flush, 0, callback);
  },

  _processChunk(this: Any, chunk: Any, flush: number, callback: Any): Any {
    if (typeof callback === "function") return processChunk(this, chunk, flush, 0, callback);
    return processChunkAtOnce(this, chunk, flush);
  },
};

Object.defineProperties(ZlibBase.prototype, Object.getOwnPropertyDescriptors(base));
for (const name of Object.keys(base)) Object.defineProperty(ZlibBase.prototype, name, { enumerable: true });

function stronger(left: number, right: number): number {
  return FLUSH_ORDER.indexOf(left) > FLUSH_ORDER.indexOf(right) ? left : right;
}

function closeCodec(stream: Any): void {
  stream._handle?.close();
  stream._handle = null;
}

/** One call of the codec; returns what it put out, or nothing when the stream was destroyed for it. */
function step(stream: Any, chunk: Uint8Array, flush: number, offset: number): Uint8Array | undefined {
  const { _handle: codec, _writeState: left, _outBuffer: output, _outOffset: start } = stream;
  const failure = codec.write(flush, chunk, offset, chunk.byteLength - offset, output, start, left);
  if (failure) {
    stream.destroy(codecError(failure));
    return undefined;
  }
  const end = stream._chunkSize - left[0];
  stream._outOffset = end;
  if (left[0] === 0) {
    stream._outBuffer = Buffer.allocUnsafe(stream._chunkSize);
    stream._outOffset = 0;
  }
  return output.subarray(start, end);
}

/** Goes through a chunk, and waits where the reader has enough for now. */
function processChunk(stream: Any, chunk: Uint8Array, flush: number, offset: number, callback: Any): void {
  for (;;) {
    const output = step(stream, chunk, flush, offset);
    if (output === undefined) return;
    const [room, rest] = stream._writeState;
    stream.bytesWritten += chunk.byteLength - offset - rest;
    offset = chunk.byteLength - rest;
    const isFull = output.length > 0 && !stream.push(output);
    if (stream.destroyed) return callback();
    if (room !== 0) {
      if (rest === 0) return callback();
      return endEarly(stream, callback);
    }
    if (isFull) return waitForReader(stream, () => processChunk(stream, chunk, flush, offset, callback));
  }
}

/** The compressed data is at its end, and there is input left. */
function endEarly(stream: Any, callback: Any): void {
  if (stream._rejectGarbageAfterEnd) {
    const error = trailingJunk();
    stream.destroy(error);
    return callback(error);
  }
  stream.push(null);
}

function waitForReader(stream: Any, proceed: () => void): void {
  const read = stream._read;
  stream._read = function (this: Any, size: number): void {
    this._read = read;
    proceed();
    this._read(size);
  };
}

function processChunkAtOnce(stream: Any, chunk: Uint8Array, flush: number): Buffer {
  const pieces: Uint8Array[] = [];
  let length = 0;
  let offset = 0;
  let failed: unknown;
  stream.on("error", (error: unknown) => (failed = error));
  for (;;) {
    const output = step(stream, chunk, flush, offset);
    if (output === undefined) throw failed ?? stream.errored;
    const [room, rest] = stream._writeState;
    offset = chunk.byteLength - rest;
    if (output.length > 0) pieces.push(output);
    length += output.length;
    if (length > stream._maxOutputLength) {
      closeCodec(stream);
      throw bufferTooLarge(stream._maxOutputLength);
    }
    if (room !== 0) break;
  }
  stream.bytesWritten = offset;
  closeCodec(stream);
  return Buffer.concat(pieces, length);
}

function Zlib(this: Any, options: Any, engine: Engine): void {
  (ZlibBase as Any).call(this, options, engine);
  this._level = engine.level;
  this._strategy = engine.strategy;
  this._mode = engine.mode;
}
inherit(Zlib, ZlibBase);

Zlib.prototype.params = function params(this: Any, level: number, strategy: number, callback: Any): void {
  inRange(level, "level", -1, 9, NaN);
  inRange(strategy, "strategy", 0, 4, NaN);
  if (this._level === level && this._strategy === strategy) return process.nextTick(callback);
  this.flush(SYNC_FLUSH, () => {
    if (!this._handle) return;
    const failure = this._handle.params(level, strategy);
    if (failure) return this.destroy(codecError(failure));
    this._level = level;
    this._strategy = strategy;
    callback?.();
  });
};

function Brotli(this: Any, options: Any, engine: Engine): void {
  (ZlibBase as Any).call(this, options, engine);
}
inherit(Brotli, Zlib);

function Zstd(this: Any, options: Any, engine: Engine): void {
  (ZlibBase as Any).call(this, options, engine);
}
inherit(Zstd, ZlibBase);

function inherit(child: Any, parent: Any): void {
  Object.setPrototypeOf(child.prototype, parent.prototype);
  Object.setPrototypeOf(child, parent);
}

const PARENTS: Record<"zlib" | "brotli" | "zstd", Any> = { zlib: Zlib, brotli: Brotli, zstd: Zstd };

/** A stream class in Node's old style, which works without `new` too. */
export function streamClass(name: string, family: keyof typeof PARENTS, open: Open): Any {
  const parent = PARENTS[family];
  const Stream = function (this: Any, options: Any): Any {
    if (!(this instanceof Stream)) return new (Stream as Any)(options);
    parent.call(this, options, open(options));
  };
  Object.defineProperty(Stream, "name", { value: name, configurable: true });
  inherit(Stream, parent);
  return Stream;
}
