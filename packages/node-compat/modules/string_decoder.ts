import { toText } from "laconic:node";
import { encodingNumber, HEX, LATIN1, ASCII, BASE64, BASE64URL, UTF16, UTF8 } from "./buffer/encodings.js";
import { wholeUtf8 } from "./buffer/partial.js";
import type { Any } from "./internal/any.js";
import { invalidArgType, unknownEncoding } from "./internal/errors.js";
import { Buffer } from "./buffer/buffer.js";

const NAMES = ["utf8", "utf16le", "latin1", "ascii", "base64", "base64url", "hex"];

/** Decodes bytes piece by piece: what ends in the middle of a character waits for the next piece. */
export function StringDecoder(this: Any, encoding?: Any): Any {
  const number =
    encoding === undefined || encoding === null || encoding === "" ? UTF8 : encodingNumber(`${encoding}`);
  if (number === undefined) throw unknownEncoding(encoding);
  this.encoding = NAMES[number];
  Object.defineProperty(this, "_number", { value: number });
  Object.defineProperty(this, "_rest", { value: Buffer.alloc(0), writable: true });
}

const prototype = StringDecoder.prototype as Any;

prototype.write = function write(this: Any, chunk: Any): string {
  if (typeof chunk === "string") return chunk;
  if (!ArrayBuffer.isView(chunk)) throw invalidArgType("buf", ["Buffer", "TypedArray", "DataView"], chunk);
  let bytes: Uint8Array =
    chunk instanceof Uint8Array ? chunk : new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  if (this._rest.length > 0) {
    bytes = Buffer.concat([this._rest, bytes]);
    this._rest = bytes.subarray(0, 0);
  }
  const whole = wholeLength(bytes, this._number);
  if (whole < bytes.length) this._rest = Buffer.from(bytes.subarray(whole));
  return whole === 0 ? "" : toText(bytes, this._number, 0, whole);
};

prototype.end = function end(this: Any, chunk?: Any): string {
  const text = chunk === undefined ? "" : this.write(chunk);
  const rest = this._rest;
  if (rest.length === 0) return text;
  this._rest = rest.subarray(0, 0);
  // Half a unit of UTF-16 is nothing at all; what is left of UTF-8 is one replacement character.
  return text + (this._number === UTF8 ? "\ufffd" : toText(rest, this._number, 0, rest.length));
};

prototype.text = function text(this: Any, bytes: Any, offset: number): string {
  this._rest = this._rest.subarray(0, 0);
  return this.write(bytes.subarray(offset));
};

Object.defineProperties(prototype, {
  lastChar: {
    get(this: Any) {
      return this._rest;
    },
    configurable: true,
    enumerable: true,
  },
  lastNeed: {
    get(this: Any) {
      return this._rest.length === 0 ? 0 : neededBytes(this._rest, this._number) - this._rest.length;
    },
    configurable: true,
    enumerable: true,
  },
  lastTotal: {
    get(this: Any) {
      return this._rest.length === 0 ? 0 : neededBytes(this._rest, this._number);
    },
    configurable: true,
    enumerable: true,
  },
});

function neededBytes(rest: Uint8Array, encoding: number): number {
  if (encoding === UTF8) return rest[0]! >= 0xf0 ? 4 : rest[0]! >= 0xe0 ? 3 : 2;
  if (encoding === UTF16) return rest.length > 2 ? 4 : 2;
  return 3;
}

/** Bytes from the beginning that end with a whole character. */
function wholeLength(bytes: Uint8Array, encoding: number): number {
  const { length } = bytes;
  switch (encoding) {
    case UTF8:
      return wholeUtf8(bytes);
    case UTF16: {
      const even = length & ~1;
      // The first half of a pair waits for the second.
      const isHalf = even >= 2 && (bytes[even - 1]! & 0xfc) === 0xd8;
      return isHalf ? even - 2 : even;
    }
    case BASE64:
    case BASE64URL:
      return length - (length % 3);
    case LATIN1:
    case ASCII:
    case HEX:
    default:
      return length;
  }
}

export default { StringDecoder };
