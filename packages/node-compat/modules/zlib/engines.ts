import { Buffer } from "node:buffer";
import type { Any } from "../internal/any.js";
import { nodeError } from "../internal/errors.js";
import {
  bytesOf,
  codecParameters,
  commonOptions,
  dictionaryOf,
  inRange,
  type CommonOptions,
  type Flushes,
} from "./options.js";

/** A codec with the options by which it is driven, in a stream or at one go. */
export interface Engine extends CommonOptions {
  readonly codec: LaconicCodec;
  readonly fullFlush: number;
  readonly level?: number;
  readonly strategy?: number;
  readonly mode?: number;
}

/** Makes the engine of a kind of codec from an options object. */
export type Open = (options: Any) => Engine;

export const MODE = {
  deflate: 1,
  inflate: 2,
  gzip: 3,
  gunzip: 4,
  deflateRaw: 5,
  inflateRaw: 6,
  unzip: 7,
} as const;

const ZLIB_FLUSHES: Flushes = { flush: 0, finishFlush: 4, fullFlush: 3, least: 0, most: 5 };
/** Brotli and zstd number theirs alike: process, flush, end. */
const OTHER_FLUSHES: Flushes = { flush: 0, finishFlush: 2, fullFlush: 1, least: 0, most: 2 };
const BROTLI_FLUSHES: Flushes = { ...OTHER_FLUSHES, most: 3 };

const DEFAULT_WINDOW = 15;

export function openZlib(open: typeof import("laconic:zlib").open, mode: number): Open {
  const detectsWindow = mode === MODE.inflate || mode === MODE.gunzip || mode === MODE.unzip;
  return (options) => {
    if (mode === MODE.deflateRaw && options?.windowBits === 8) options = { ...options, windowBits: 9 };
    const common = commonOptions(options, ZLIB_FLUSHES);
    const { windowBits, level, memLevel, strategy } = options ?? {};
    const parameters = {
      // The header says it, unless the program does.
      windowBits:
        detectsWindow && (windowBits === undefined || windowBits === null || windowBits === 0)
          ? 0
          : inRange(
              windowBits,
              "options.windowBits",
              mode === MODE.gzip ? 9 : 8,
              DEFAULT_WINDOW,
              DEFAULT_WINDOW,
            ),
      level: inRange(level, "options.level", -1, 9, -1),
      memLevel: inRange(memLevel, "options.memLevel", 1, 9, 8),
      strategy: inRange(strategy, "options.strategy", 0, 4, 0),
    };
    const dictionary = dictionaryOf(options);
    const codec = opened(
      open(
        mode,
        parameters.windowBits,
        parameters.level,
        parameters.memLevel,
        parameters.strategy,
        dictionary,
      ),
    );
    const { fullFlush } = ZLIB_FLUSHES;
    return { ...common, fullFlush, codec, mode, level: parameters.level, strategy: parameters.strategy };
  };
}

const LAST_BROTLI_PARAMETER = 9;

export function openBrotli(open: typeof import("laconic:brotli").open, isCompressor: boolean): Open {
  return (options) => {
    const isKnown = (number: number): boolean => number >= 0 && number <= LAST_BROTLI_PARAMETER;
    const parameters = codecParameters(options, isKnown, "Brotli");
    const common = commonOptions(options, BROTLI_FLUSHES);
    return { ...common, fullFlush: BROTLI_FLUSHES.fullFlush, codec: opened(open(isCompressor, parameters)) };
  };
}

/** Compression parameters go from 100 to 402 with gaps, of decompression there is one. */
const isZstdCompression = (number: number): boolean =>
  (number >= 100 && number <= 107) ||
  (number >= 160 && number <= 164) ||
  (number >= 200 && number <= 202) ||
  (number >= 400 && number <= 402);

export function openZstd(open: typeof import("laconic:zstd").open, isCompressor: boolean): Open {
  return (options) => {
    const isKnown = isCompressor ? isZstdCompression : (number: number) => number === 100;
    const parameters = codecParameters(options, isKnown, "zstd");
    const common = commonOptions(options, OTHER_FLUSHES);
    const codec = opened(open(isCompressor, parameters, options?.pledgedSrcSize, dictionaryOf(options)));
    return { ...common, fullFlush: OTHER_FLUSHES.fullFlush, codec };
  };
}

function opened(codec: LaconicCodec | LaconicCodecFailure): LaconicCodec {
  if ("write" in codec) return codec;
  throw codec.code.startsWith("Z_")
    ? codecError(codec)
    : nodeError(Error, "ERR_ZLIB_INITIALIZATION_FAILED", "Initialization failed");
}

/** The error of a codec, with Node's fields in Node's order. */
export function codecError({ message, errno, code }: LaconicCodecFailure): Error {
  return Object.assign(new Error(message), { errno, code });
}

export function trailingJunk(): Error {
  return nodeError(
    TypeError,
    "ERR_TRAILING_JUNK_AFTER_STREAM_END",
    "Trailing junk found after the end of the compressed stream",
  );
}

/** All of the output for all of the input. */
export function processAll(engine: Engine, input: Uint8Array): Buffer {
  const { codec, chunkSize, maxOutputLength } = engine;
  const left = new Uint32Array(2);
  const pieces: Uint8Array[] = [];
  let length = 0;
  let offset = 0;
  try {
    for (let room = 0; room === 0;) {
      const output = Buffer.allocUnsafeSlow(chunkSize);
      const failure = codec.write(engine.finishFlush, input, offset, input.length - offset, output, 0, left);
      if (failure) throw codecError(failure);
      room = left[0]!;
      offset = input.length - left[1]!;
      if (room < chunkSize) pieces.push(room === 0 ? output : output.subarray(0, chunkSize - room));
      length += chunkSize - room;
      if (length > maxOutputLength) throw bufferTooLarge(maxOutputLength);
    }
    if (offset < input.length && engine.rejectGarbageAfterEnd) throw trailingJunk();
  } finally {
    codec.close();
  }
  return pieces.length === 1 ? (pieces[0] as Buffer) : Buffer.concat(pieces, length);
}

export function bufferTooLarge(most: number): Error {
  return nodeError(RangeError, "ERR_BUFFER_TOO_LARGE", `Cannot create a Buffer larger than ${most} bytes`);
}

export { bytesOf };
