import { Buffer } from "node:buffer";
import { open as brotli } from "laconic:brotli";
import { crc32 as checksum, open as zlib } from "laconic:zlib";
import { open as zstd } from "laconic:zstd";
import type { Any } from "./internal/any.js";
import { invalidArgType } from "./internal/errors.js";
import { validateFunction, validateInteger } from "./internal/validate.js";
import { codes, constants } from "./zlib/constants.js";
import { bytesOf, MODE, openBrotli, openZlib, openZstd, processAll, type Open } from "./zlib/engines.js";
import { isAnyArrayBuffer } from "./zlib/options.js";
import { streamClass } from "./zlib/streams.js";

type Callback = (error: Error | null, result?: Any) => void;
type Convenience = (buffer: Any, options: Any, callback?: Callback) => void;

function toBytes(buffer: Any): Uint8Array {
  if (typeof buffer === "string") return Buffer.from(buffer);
  if (ArrayBuffer.isView(buffer)) return bytesOf(buffer);
  if (isAnyArrayBuffer(buffer)) return Buffer.from(buffer);
  throw invalidArgType("buffer", ["string", "Buffer", "TypedArray", "DataView", "ArrayBuffer"], buffer);
}

/** `engine` of a result with `info`. */
function result(output: Buffer, input: Uint8Array, isInfo: boolean, Stream: Any, options: Any): Any {
  if (!isInfo) return output;
  const engine = new Stream(options);
  engine.bytesWritten = input.length;
  engine.close();
  return { buffer: output, engine };
}

function atOnce(open: Open, Stream: Any): (buffer: Any, options?: Any) => Any {
  return (buffer, options) => {
    const engine = open(options);
    const input = toBytes(buffer);
    return result(processAll(engine, input), input, engine.info, Stream, options);
  };
}

function later(open: Open, Stream: Any): Convenience {
  return (buffer, options, callback) => {
    if (typeof options === "function") {
      callback = options as Callback;
      options = {};
    }
    const engine = open(options);
    validateFunction(callback, "callback");
    const input = toBytes(buffer);
    setImmediate(() => {
      let output;
      try {
        output = result(processAll(engine, input), input, engine.info, Stream, options);
      } catch (error) {
        return callback(error as Error);
      }
      callback(null, output);
    });
  };
}

const named = <T extends object>(name: string, value: T): T =>
  Object.defineProperty(value, "name", { value: name, configurable: true });

const openDeflate = /* @__PURE__ */ openZlib(zlib, MODE.deflate);
const openInflate = /* @__PURE__ */ openZlib(zlib, MODE.inflate);
const openGzip = /* @__PURE__ */ openZlib(zlib, MODE.gzip);
const openGunzip = /* @__PURE__ */ openZlib(zlib, MODE.gunzip);
const openDeflateRaw = /* @__PURE__ */ openZlib(zlib, MODE.deflateRaw);
const openInflateRaw = /* @__PURE__ */ openZlib(zlib, MODE.inflateRaw);
const openUnzip = /* @__PURE__ */ openZlib(zlib, MODE.unzip);
const openBrotliCompress = /* @__PURE__ */ openBrotli(brotli, true);
const openBrotliDecompress = /* @__PURE__ */ openBrotli(brotli, false);
const openZstdCompress = /* @__PURE__ */ openZstd(zstd, true);
const openZstdDecompress = /* @__PURE__ */ openZstd(zstd, false);

export const Deflate: Any = /* @__PURE__ */ streamClass("Deflate", "zlib", openDeflate);
export const Inflate: Any = /* @__PURE__ */ streamClass("Inflate", "zlib", openInflate);
export const Gzip: Any = /* @__PURE__ */ streamClass("Gzip", "zlib", openGzip);
export const Gunzip: Any = /* @__PURE__ */ streamClass("Gunzip", "zlib", openGunzip);
export const DeflateRaw: Any = /* @__PURE__ */ streamClass("DeflateRaw", "zlib", openDeflateRaw);
export const InflateRaw: Any = /* @__PURE__ */ streamClass("InflateRaw", "zlib", openInflateRaw);
export const Unzip: Any = /* @__PURE__ */ streamClass("Unzip", "zlib", openUnzip);
export const BrotliCompress: Any = /* @__PURE__ */ streamClass(
  "BrotliCompress",
  "brotli",
  openBrotliCompress,
);
export const BrotliDecompress: Any = /* @__PURE__ */ streamClass(
  "BrotliDecompress",
  "brotli",
  openBrotliDecompress,
);
export const ZstdCompress: Any = /* @__PURE__ */ streamClass("ZstdCompress", "zstd", openZstdCompress);
export const ZstdDecompress: Any = /* @__PURE__ */ streamClass("ZstdDecompress", "zstd", openZstdDecompress);

export const deflate = /* @__PURE__ */ named("deflate", later(openDeflate, Deflate));
export const deflateSync = /* @__PURE__ */ named("deflateSync", atOnce(openDeflate, Deflate));
export const inflate = /* @__PURE__ */ named("inflate", later(openInflate, Inflate));
export const inflateSync = /* @__PURE__ */ named("inflateSync", atOnce(openInflate, Inflate));
export const gzip = /* @__PURE__ */ named("gzip", later(openGzip, Gzip));
export const gzipSync = /* @__PURE__ */ named("gzipSync", atOnce(openGzip, Gzip));
export const gunzip = /* @__PURE__ */ named("gunzip", later(openGunzip, Gunzip));
export const gunzipSync = /* @__PURE__ */ named("gunzipSync", atOnce(openGunzip, Gunzip));
export const deflateRaw = /* @__PURE__ */ named("deflateRaw", later(openDeflateRaw, DeflateRaw));
export const deflateRawSync = /* @__PURE__ */ named("deflateRawSync", atOnce(openDeflateRaw, DeflateRaw));
export const inflateRaw = /* @__PURE__ */ named("inflateRaw", later(openInflateRaw, InflateRaw));
export const inflateRawSync = /* @__PURE__ */ named("inflateRawSync", atOnce(openInflateRaw, InflateRaw));
export const unzip = /* @__PURE__ */ named("unzip", later(openUnzip, Unzip));
export const unzipSync = /* @__PURE__ */ named("unzipSync", atOnce(openUnzip, Unzip));
export const brotliCompress = /* @__PURE__ */ named(
  "brotliCompress",
  later(openBrotliCompress, BrotliCompress),
);
export const brotliCompressSync = /* @__PURE__ */ named(
  "brotliCompressSync",
  atOnce(openBrotliCompress, BrotliCompress),
);
export const brotliDecompress = /* @__PURE__ */ named(
  "brotliDecompress",
  later(openBrotliDecompress, BrotliDecompress),
);
export const brotliDecompressSync = /* @__PURE__ */ named(
  "brotliDecompressSync",
  atOnce(openBrotliDecompress, BrotliDecompress),
);
export const zstdCompress = /* @__PURE__ */ named("zstdCompress", later(openZstdCompress, ZstdCompress));
export const zstdCompressSync = /* @__PURE__ */ named(
  "zstdCompressSync",
  atOnce(openZstdCompress, ZstdCompress),
);
export const zstdDecompress = /* @__PURE__ */ named(
  "zstdDecompress",
  later(openZstdDecompress, ZstdDecompress),
);
export const zstdDecompressSync = /* @__PURE__ */ named(
  "zstdDecompressSync",
  atOnce(openZstdDecompress, ZstdDecompress),
);

export function createDeflate(options?: Any): Any {
  return new Deflate(options);
}

export function createInflate(options?: Any): Any {
  return new Inflate(options);
}

export function createGzip(options?: Any): Any {
  return new Gzip(options);
}

export function createGunzip(options?: Any): Any {
  return new Gunzip(options);
}

export function createDeflateRaw(options?: Any): Any {
  return new DeflateRaw(options);
}

export function createInflateRaw(options?: Any): Any {
  return new InflateRaw(options);
}

export function createUnzip(options?: Any): Any {
  return new Unzip(options);
}

export function createBrotliCompress(options?: Any): Any {
  return new BrotliCompress(options);
}

export function createBrotliDecompress(options?: Any): Any {
  return new BrotliDecompress(options);
}

export function createZstdCompress(options?: Any): Any {
  return new ZstdCompress(options);
}

export function createZstdDecompress(options?: Any): Any {
  return new ZstdDecompress(options);
}

/** The CRC-32 of the data, going on from `value`. */
export function crc32(data: Any, value = 0): number {
  if (typeof data !== "string" && !ArrayBuffer.isView(data)) {
    throw invalidArgType("data", ["Buffer", "TypedArray", "DataView", "string"], data);
  }
  validateInteger(value, "value", 0, 2 ** 32 - 1);
  return checksum(toBytes(data), value);
}

export { codes, constants };

const everything: Any = {
  crc32,
  Deflate,
  Inflate,
  Gzip,
  Gunzip,
  DeflateRaw,
  InflateRaw,
  Unzip,
  BrotliCompress,
  BrotliDecompress,
  ZstdCompress,
  ZstdDecompress,
  deflate,
  deflateSync,
  inflate,
  inflateSync,
  gzip,
  gzipSync,
  gunzip,
  gunzipSync,
  deflateRaw,
  deflateRawSync,
  inflateRaw,
  inflateRawSync,
  unzip,
  unzipSync,
  brotliCompress,
  brotliCompressSync,
  brotliDecompress,
  brotliDecompressSync,
  zstdCompress,
  zstdCompressSync,
  zstdDecompress,
  zstdDecompressSync,
  createDeflate,
  createInflate,
  createGzip,
  createGunzip,
  createDeflateRaw,
  createInflateRaw,
  createUnzip,
  createBrotliCompress,
  createBrotliDecompress,
  createZstdCompress,
  createZstdDecompress,
};
Object.defineProperties(everything, {
  constants: { enumerable: true, value: constants },
  codes: { enumerable: true, writable: true, value: codes },
});
// Older programs look for the numbers of zlib here; those of Brotli never were.
for (const [name, value] of Object.entries(constants)) {
  if (!name.startsWith("BROTLI")) Object.defineProperty(everything, name, { value });
}

export default everything;
