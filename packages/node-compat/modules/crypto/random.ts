import { Buffer } from "node:buffer";
import { randomBytes as freshBytes, randomFill as fillWith, randomUUID as freshUUID } from "laconic:crypto";
import type { Any } from "../internal/any.js";
import { domException } from "../internal/dom-exception.js";
import { invalidArgType, outOfRange } from "../internal/errors.js";
import { validateBoolean, validateFunction, validateNumber, validateObject } from "../internal/validate.js";
import { isAnyArrayBuffer } from "./bytes.js";
import process from "../process/node-process.js";

type Callback = (error: Error | null, result?: Any) => void;

const LARGEST = 2 ** 31 - 1;
/** Numbers that 48 random bits can give. */
const RANDOM_RANGE = 2 ** 48;

function checkSize(size: Any, width: number, offset: number, length: number): number {
  validateNumber(size, "size");
  size *= width;
  if (Number.isNaN(size) || size > LARGEST || size < 0) {
    throw outOfRange("size", `>= 0 && <= ${LARGEST}`, size);
  }
  if (size + offset > length) throw outOfRange("size + offset", `<= ${length}`, size + offset);
  return size >>> 0;
}

function checkOffset(offset: Any, width: number, length: number): number {
  validateNumber(offset, "offset");
  offset *= width;
  const most = Math.min(length, LARGEST);
  if (Number.isNaN(offset) || offset > most || offset < 0)
    throw outOfRange("offset", `>= 0 && <= ${most}`, offset);
  return offset >>> 0;
}

export function randomBytes(size: Any, callback?: Callback): Any {
  size = checkSize(size, 1, 0, Infinity);
  if (callback !== undefined) validateFunction(callback, "callback");
  const bytes = Buffer.from(freshBytes(size));
  if (callback === undefined) return bytes;
  setImmediate(() => callback(null, bytes));
}

function target(array: Any): { width: number; length: number } {
  if (!isAnyArrayBuffer(array) && !ArrayBuffer.isView(array)) {
    throw invalidArgType("buf", ["ArrayBuffer", "ArrayBufferView"], array);
  }
  return { width: array.BYTES_PER_ELEMENT ?? 1, length: array.byteLength };
}

function fill(array: Any, offset: number, size: number): void {
  if (size === 0) return;
  const bytes = ArrayBuffer.isView(array)
    ? new Uint8Array(array.buffer, array.byteOffset + offset, size)
    : new Uint8Array(array, offset, size);
  fillWith(bytes);
}

export function randomFillSync(array: Any, offset: Any = 0, size?: Any): Any {
  const { width, length } = target(array);
  const start = checkOffset(offset, width, length);
  const count = size === undefined ? length - start : checkSize(size, width, start, length);
  fill(array, start, count);
  return array;
}

export function randomFill(array: Any, offset: Any, size?: Any, callback?: Any): void {
  const { width, length } = target(array);
  if (typeof offset === "function") {
    callback = offset;
    offset = 0;
    size = length;
  } else if (typeof size === "function") {
    callback = size;
    size = length - offset * width;
  } else {
    validateFunction(callback, "callback");
  }
  const start = checkOffset(offset, width, length);
  const count =
    size === undefined ? length - start : Math.min(checkSize(size, 1, 0, Infinity), length - start);
  fill(array, start, count);
  setImmediate(() => callback(null, array));
}

/** A number of 48 random bits. */
function random48(): number {
  const bytes = new Uint8Array(6);
  fillWith(bytes);
  return bytes.reduce((number, byte) => number * 256 + byte, 0);
}

export function randomInt(min: Any, max?: Any, callback?: Callback): Any {
  const isMinGiven = max !== undefined && typeof max !== "function";
  if (!isMinGiven) {
    callback = max;
    max = min;
    min = 0;
  }
  const isSync = callback === undefined;
  if (!isSync) validateFunction(callback, "callback");
  if (!Number.isSafeInteger(min)) throw invalidArgType("min", "a safe integer", min);
  if (!Number.isSafeInteger(max)) throw invalidArgType("max", "a safe integer", max);
  if (max <= min) throw outOfRange("max", `greater than the value of "min" (${min})`, max);
  const range = max - min;
  if (!(range < RANDOM_RANGE)) {
    throw outOfRange(isMinGiven ? "max - min" : "max", `<= ${RANDOM_RANGE - 1}`, range);
  }
  // Of the last, incomplete run through the range no number is taken: it would favour the small ones.
  const limit = RANDOM_RANGE - (RANDOM_RANGE % range);
  let number = random48();
  while (number >= limit) number = random48();
  const result = (number % range) + min;
  if (isSync) return result;
  process.nextTick(callback as Callback, undefined, result);
}

export function randomUUID(options?: Any): string {
  if (options !== undefined) {
    validateObject(options, "options");
    const { disableEntropyCache } = options as Any;
    if (disableEntropyCache !== undefined)
      validateBoolean(disableEntropyCache, "options.disableEntropyCache");
  }
  return freshUUID();
}

/** WebCrypto's, which `crypto.getRandomValues` is too. */
export function getRandomValues(array: Any): Any {
  const isInteger =
    ArrayBuffer.isView(array) && !/^(Float|DataView)/.test((array as Any)[Symbol.toStringTag] ?? "DataView");
  if (!isInteger) {
    throw domException("The data argument must be an integer-type TypedArray", "TypeMismatchError");
  }
  if (array.byteLength > 65_536) {
    throw domException("The requested length exceeds 65,536 bytes", "QuotaExceededError");
  }
  fill(array, 0, array.byteLength);
  return array;
}
