import { Buffer } from "node:buffer";
import type { Any } from "../internal/any.js";
import { invalidArgType, nodeError, outOfRange } from "../internal/errors.js";
import { validateNumber } from "../internal/validate.js";

/** The part of an options object that every codec knows. */
export interface CommonOptions {
  readonly chunkSize: number;
  readonly flush: number;
  readonly finishFlush: number;
  readonly maxOutputLength: number;
  readonly info: boolean;
  readonly rejectGarbageAfterEnd: boolean;
}

const LARGEST_BUFFER = 2 ** 53 - 1;
const LEAST_CHUNK = 64;
const DEFAULT_CHUNK = 16 * 1024;

/** The flushes of a codec, by which they are limited and given when the options do not say. */
export interface Flushes {
  readonly flush: number;
  readonly finishFlush: number;
  readonly fullFlush: number;
  readonly least: number;
  readonly most: number;
}

export function commonOptions(options: Any, { flush, finishFlush, least, most }: Flushes): CommonOptions {
  if (options === undefined || options === null) {
    return {
      chunkSize: DEFAULT_CHUNK,
      flush,
      finishFlush,
      maxOutputLength: LARGEST_BUFFER,
      info: false,
      rejectGarbageAfterEnd: false,
    };
  }
  const { chunkSize } = options;
  const isChunkGiven = isFiniteNumber(chunkSize, "options.chunkSize");
  if (isChunkGiven && chunkSize < LEAST_CHUNK) {
    throw outOfRange("options.chunkSize", `>= ${LEAST_CHUNK}`, chunkSize);
  }
  return {
    chunkSize: isChunkGiven ? chunkSize : DEFAULT_CHUNK,
    flush: inRange(options.flush, "options.flush", least, most, flush),
    finishFlush: inRange(options.finishFlush, "options.finishFlush", least, most, finishFlush),
    maxOutputLength: inRange(
      options.maxOutputLength,
      "options.maxOutputLength",
      1,
      LARGEST_BUFFER,
      LARGEST_BUFFER,
    ),
    info: !!options.info,
    rejectGarbageAfterEnd: options.rejectGarbageAfterEnd === true,
  };
}

/** False for what stands for "not given"; throws for what is no finite number. */
function isFiniteNumber(value: Any, name: string): boolean {
  if (value === undefined || Number.isNaN(value)) return false;
  if (Number.isFinite(value)) return true;
  validateNumber(value, name);
  throw outOfRange(name, "a finite number", value);
}

export function inRange(value: Any, name: string, least: number, most: number, fallback: number): number {
  if (!isFiniteNumber(value, name)) return fallback;
  if (value < least || value > most) throw outOfRange(name, `>= ${least} and <= ${most}`, value);
  return value;
}

export function isAnyArrayBuffer(value: Any): boolean {
  return (
    value instanceof ArrayBuffer ||
    (typeof SharedArrayBuffer === "function" && value instanceof SharedArrayBuffer)
  );
}

/** The dictionary as bytes, if there is one. */
export function dictionaryOf(options: Any): Uint8Array | undefined {
  const dictionary = options?.dictionary;
  if (dictionary === undefined) return undefined;
  if (ArrayBuffer.isView(dictionary)) return bytesOf(dictionary);
  if (isAnyArrayBuffer(dictionary)) return Buffer.from(dictionary);
  throw invalidArgType("options.dictionary", ["Buffer", "TypedArray", "DataView", "ArrayBuffer"], dictionary);
}

export function bytesOf(view: ArrayBufferView): Uint8Array {
  if (view instanceof Uint8Array) return view;
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
}

/** `options.params` as pairs of number and value. */
export function codecParameters(options: Any, known: (number: number) => boolean, what: string): number[] {
  const pairs: number[] = [];
  for (const [name, value] of Object.entries<Any>(options?.params ?? {})) {
    const number = +name;
    if (Number.isNaN(number) || !known(number)) {
      const code = what === "Brotli" ? "ERR_BROTLI_INVALID_PARAM" : "ERR_ZSTD_INVALID_PARAM";
      throw nodeError(RangeError, code, `${name} is not a valid ${what} parameter`);
    }
    if (typeof value !== "number" && typeof value !== "boolean") {
      throw invalidArgType("options.params[key]", "number", value);
    }
    pairs.push(number, +value);
  }
  return pairs;
}
