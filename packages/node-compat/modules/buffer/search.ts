import { indexOfBytes } from "laconic:node";
import type { Any } from "../internal/any.js";
import { invalidArgType, unknownEncoding } from "../internal/errors.js";
import { encodingNumber, UTF16, UTF8 } from "./encodings.js";
import { bytesOf } from "./text.js";

/** `buffer.indexOf` and `buffer.lastIndexOf`, with all that they take for value, offset and encoding. */
export function search(bytes: Uint8Array, value: Any, offset: Any, encoding: Any, isLast: boolean): number {
  if (typeof offset === "string") {
    encoding = offset;
    offset = undefined;
  }
  offset = +offset;
  if (Number.isNaN(offset)) offset = isLast ? bytes.length : 0;
  offset = Math.trunc(Math.max(-0x8000_0000, Math.min(offset, 0x7fff_ffff)));
  if (typeof value === "number") return searchByte(bytes, value & 255, offset, isLast);
  let number = UTF8;
  if (typeof value === "string") {
    if (encoding !== undefined) {
      const known = encodingNumber(`${encoding}`);
      if (known === undefined) throw unknownEncoding(encoding);
      number = known;
    }
    value = bytesOf(value, number);
  } else if (value instanceof Uint8Array) {
    if (encoding !== undefined) number = encodingNumber(`${encoding}`) ?? UTF8;
  } else {
    throw invalidArgType("value", ["number", "string", "Buffer", "Uint8Array"], value);
  }
  return searchBytes(bytes, value, offset, isLast, number === UTF16 ? 2 : 1);
}

function searchByte(bytes: Uint8Array, byte: number, offset: number, isLast: boolean): number {
  if (isLast) {
    if (offset < 0) offset += bytes.length;
    return offset < 0 ? -1 : Uint8Array.prototype.lastIndexOf.call(bytes, byte, offset);
  }
  // Not the array's own, which is a Buffer's and came here.
  return Uint8Array.prototype.indexOf.call(bytes, byte, offset);
}

function searchBytes(
  bytes: Uint8Array,
  needle: Uint8Array,
  offset: number,
  isLast: boolean,
  step: number,
): number {
  if (offset < 0) {
    offset += bytes.length;
    if (offset < 0) {
      if (isLast) return needle.length === 0 ? 0 : -1;
      offset = 0;
    }
  }
  if (offset > bytes.length) {
    if (!isLast) return needle.length === 0 ? bytes.length : -1;
    offset = bytes.length;
  }
  if (needle.length === 0) return Math.min(offset, bytes.length);
  if (bytes.length === 0 || needle.length > bytes.length) return -1;
  return indexOfBytes(bytes, needle, offset, isLast, step);
}
