import { byteLength as utf8Length, compareBytes, fromText, toText, writeText } from "laconic:node";
import type { Any, AnyFunction } from "../internal/any.js";
import {
  invalidArgType,
  invalidArgValue,
  nodeError,
  outOfRange,
  unknownEncoding,
} from "../internal/errors.js";
import { validateInteger, validateNumber, validateString } from "../internal/validate.js";
import { ASCII, BASE64, BASE64URL, encodingNumber, HEX, LATIN1, lengthOf, UTF16, UTF8 } from "./encodings.js";
import { addNumberMethods } from "./numbers.js";
import { search } from "./search.js";
import { bytesOf } from "./text.js";

/** Most bytes of one buffer, as Node says it; the engine refuses long before. */
export const kMaxLength = 2 ** 53 - 1;
/** Most UTF-16 units of one string. */
export const kStringMaxLength = 2 ** 30 - 1;

const customInspect = Symbol.for("nodejs.util.inspect.custom");

/** What makes instances: Node's Buffer is no class, but a function that hands them out. */
class FastBuffer extends Uint8Array {}

const Bytes = FastBuffer as Any as new (...args: Any[]) => Any;
const { prototype } = FastBuffer as Any;

export type BufferLike = Uint8Array & Any;

/** Callable with and without `new`, as in Node, where both are deprecated. */
export function Buffer(this: unknown, value: Any, encodingOrOffset?: Any, length?: Any): BufferLike {
  if (typeof value === "number") {
    if (typeof encodingOrOffset === "string") throw invalidArgType("string", "string", value);
    return Buffer.alloc(value);
  }
  return Buffer.from(value, encodingOrOffset, length);
}

Object.defineProperty(Buffer, Symbol.species, { get: () => Bytes, configurable: true });
Buffer.prototype = prototype;
Object.setPrototypeOf(Buffer, Uint8Array);
Object.defineProperty(prototype, "constructor", { value: Buffer, writable: true, configurable: true });

Object.defineProperty(Buffer, "name", { value: "Buffer", configurable: true });
Buffer.poolSize = 8192;

Buffer.from = function from(value: Any, encodingOrOffset?: Any, length?: Any): BufferLike {
  if (typeof value === "string") return fromString(value, encodingOrOffset);
  if (typeof value === "object" && value !== null) {
    if (isAnyArrayBuffer(value)) return fromArrayBuffer(value, encodingOrOffset, length);
    const primitive = value.valueOf?.();
    if (
      primitive != null &&
      primitive !== value &&
      (typeof primitive === "string" || typeof primitive === "object")
    ) {
      return Buffer.from(primitive, encodingOrOffset, length);
    }
    const made = fromObject(value);
    if (made !== undefined) return made;
    if (typeof value[Symbol.toPrimitive] === "function") {
      const text = value[Symbol.toPrimitive]("string");
      if (typeof text === "string") return fromString(text, encodingOrOffset);
    }
  }
  throw invalidArgType(
    "first argument",
    ["string", "Buffer", "ArrayBuffer", "Array", "Array-like Object"],
    value,
  );
};

function fromString(text: string, encoding?: Any): BufferLike {
  let number = UTF8;
  if (typeof encoding === "string" && encoding.length > 0) {
    const known = encodingNumber(encoding);
    if (known === undefined) throw unknownEncoding(encoding);
    number = known;
  }
  return new Bytes(fromText(text, number));
}

function isAnyArrayBuffer(value: Any): boolean {
  if (typeof value !== "object" || value === null) return false;
  return value instanceof ArrayBuffer || value instanceof SharedArrayBuffer || tagOf(value) === "ArrayBuffer";
}

function tagOf(value: Any): string {
  return ArrayBuffer.isView(value) ? "" : (value[Symbol.toStringTag] as string);
}

function fromArrayBuffer(memory: Any, offset: Any, length: Any): BufferLike {
  if (offset === undefined) offset = 0;
  else {
    offset = +offset;
    if (Number.isNaN(offset)) offset = 0;
  }
  const most = memory.byteLength - offset;
  if (most < 0)
    throw nodeError(RangeError, "ERR_BUFFER_OUT_OF_BOUNDS", '"offset" is outside of buffer bounds');
  if (length === undefined) length = most;
  else {
    length = +length;
    if (!(length > 0)) length = 0;
    else if (length > most) {
      throw nodeError(RangeError, "ERR_BUFFER_OUT_OF_BOUNDS", '"length" is outside of buffer bounds');
    }
  }
  return new Bytes(memory, offset, length);
}

function fromObject(value: Any): BufferLike | undefined {
  if (value.length !== undefined || isAnyArrayBuffer(value.buffer)) {
    if (typeof value.length !== "number") return new Bytes(0);
    if (value instanceof Uint8Array) {
      const copy = new Bytes(value.length);
      copy.set(value);
      return copy;
    }
    return fromArrayLike(value);
  }
  return value.type === "Buffer" && Array.isArray(value.data) ? fromArrayLike(value.data) : undefined;
}

function fromArrayLike(value: ArrayLike<number>): BufferLike {
  if (value.length <= 0) return new Bytes(0);
  const bytes = new Bytes(value.length);
  for (let index = 0; index < value.length; index++) bytes[index] = value[index];
  return bytes;
}

Buffer.copyBytesFrom = function copyBytesFrom(view: Any, offset?: Any, length?: Any): BufferLike {
  if (!ArrayBuffer.isView(view) || view instanceof DataView)
    throw invalidArgType("view", ["TypedArray"], view);
  const array = view as Any;
  if (array.length === 0) return Buffer.alloc(0);
  if (offset !== undefined) {
    validateInteger(offset, "offset", 0);
    if (offset >= array.length) return Buffer.alloc(0);
  }
  const start = offset ?? 0;
  if (length !== undefined) validateInteger(length, "length", 0);
  const part = array.slice(start, length === undefined ? array.length : start + length);
  return new Bytes(part.buffer, part.byteOffset, part.byteLength);
};

Buffer.of = function of(...items: number[]): BufferLike {
  return fromArrayLike(items);
};

function checkSize(size: unknown): asserts size is number {
  validateNumber(size, "size", 0, kMaxLength);
}

Buffer.alloc = function alloc(size: number, fill?: Any, encoding?: Any): BufferLike {
  checkSize(size);
  const bytes = new Bytes(size);
  return fill !== undefined && fill !== 0 && size > 0 ? bytes.fill(fill, encoding) : bytes;
};

Buffer.allocUnsafe = function allocUnsafe(size: number): BufferLike {
  checkSize(size);
  return new Bytes(size);
};

Buffer.allocUnsafeSlow = function allocUnsafeSlow(size: number): BufferLike {
  checkSize(size);
  return new Bytes(size);
};

Buffer.isBuffer = function isBuffer(value: Any): boolean {
  return value instanceof Buffer;
};

Buffer.compare = function compare(left: Any, right: Any): number {
  if (!(left instanceof Uint8Array)) throw invalidArgType("buf1", ["Buffer", "Uint8Array"], left);
  if (!(right instanceof Uint8Array)) throw invalidArgType("buf2", ["Buffer", "Uint8Array"], right);
  return left === right ? 0 : compareBytes(left, right);
};

Buffer.isEncoding = function isEncoding(encoding: unknown): boolean {
  return typeof encoding === "string" && encoding.length !== 0 && encodingNumber(encoding) !== undefined;
};

Buffer.concat = function concat(list: Any, length?: Any): BufferLike {
  if (!Array.isArray(list)) throw invalidArgType("list", "Array", list);
  if (list.length === 0) return new Bytes(0);
  if (length === undefined) {
    length = 0;
    for (const one of list) if (one.length) length += one.length;
  } else {
    validateInteger(length, "length", 0);
  }
  const bytes = new Bytes(length);
  let at = 0;
  for (let index = 0; index < list.length; index++) {
    const one = list[index];
    if (!(one instanceof Uint8Array)) throw invalidArgType(`list[${index}]`, ["Buffer", "Uint8Array"], one);
    const room = length - at;
    if (one.length <= room) bytes.set(one, at);
    else bytes.set(one.subarray(0, Math.max(room, 0)), at);
    at = Math.min(at + one.length, length);
  }
  return bytes;
};

Buffer.byteLength = function byteLength(value: Any, encoding?: Any): number {
  if (typeof value !== "string") {
    if (ArrayBuffer.isView(value) || isAnyArrayBuffer(value ?? 0)) return value.byteLength;
    throw invalidArgType("string", ["string", "Buffer", "ArrayBuffer"], value);
  }
  const number = encoding ? (encodingNumber(`${encoding}`) ?? UTF8) : UTF8;
  return number === UTF8 ? utf8Length(value) : lengthOf(value, number);
};

function define(name: string | symbol, value: AnyFunction, isEnumerable = true): void {
  Object.defineProperty(prototype, name, {
    value,
    writable: true,
    enumerable: isEnumerable,
    configurable: true,
  });
}

/** `buf.parent` and `buf.offset`, deprecated; some packages read them. */
Object.defineProperties(prototype, {
  parent: {
    get(this: Any) {
      return this instanceof Buffer ? (this as Any).buffer : undefined;
    },
    enumerable: true,
    configurable: true,
  },
  offset: {
    get(this: Any) {
      return this instanceof Buffer ? (this as Any).byteOffset : undefined;
    },
    enumerable: true,
    configurable: true,
  },
});

addNumberMethods(prototype);

const NAMED: readonly (readonly [name: string, encoding: number])[] = [
  ["ascii", ASCII],
  ["base64", BASE64],
  ["base64url", BASE64URL],
  ["latin1", LATIN1],
  ["hex", HEX],
  ["ucs2", UTF16],
  ["utf8", UTF8],
];

for (const [name, encoding] of NAMED) {
  define(`${name}Slice`, function (this: BufferLike, start = 0, end = this.length) {
    return slice(this, encoding, start, end);
  });
  define(
    `${name}Write`,
    function (this: BufferLike, text: string, offset = 0, length = this.length - offset) {
      validateString(text, "argument");
      if (offset < 0 || offset > this.length) {
        throw nodeError(RangeError, "ERR_BUFFER_OUT_OF_BOUNDS", '"offset" is outside of buffer bounds');
      }
      return writeText(this, text, encoding, offset, offset + length);
    },
  );
}

function slice(bytes: BufferLike, encoding: number, start: number, end: number): string {
  return end <= start ? "" : toText(bytes, encoding, start, end);
}

define("copy", function copy(this: BufferLike, target: Any, targetStart?: Any, start?: Any, end?: Any) {
  if (!(this instanceof Uint8Array)) throw invalidArgType("source", ["Buffer", "Uint8Array"], this);
  if (!(target instanceof Uint8Array)) throw invalidArgType("target", ["Buffer", "Uint8Array"], target);
  targetStart = targetStart === undefined ? 0 : Math.trunc(+targetStart) || 0;
  if (targetStart < 0) throw outOfRange("targetStart", ">= 0", targetStart);
  start = start === undefined ? 0 : Math.trunc(+start) || 0;
  if (start < 0 || start > this.length) throw outOfRange("sourceStart", `>= 0 && <= ${this.length}`, start);
  end = end === undefined ? this.length : Math.trunc(+end) || 0;
  if (end < 0) throw outOfRange("sourceEnd", ">= 0", end);
  if (targetStart >= target.length || start >= end) return 0;
  const count = Math.min(end - start, target.length - targetStart, this.length - start);
  target.set(Uint8Array.prototype.subarray.call(this, start, start + count), targetStart);
  return count;
});

define("toString", function toString(this: BufferLike, encoding?: Any, start?: Any, end?: Any) {
  if (arguments.length === 0) return toText(this, UTF8, 0, this.length);
  const length = this.length;
  if (start <= 0) start = 0;
  else if (start >= length) return "";
  else start = Math.trunc(start) || 0;
  if (end === undefined || end > length) end = length;
  else end = Math.trunc(end) || 0;
  if (end <= start) return "";
  if (encoding === undefined) return toText(this, UTF8, start, end);
  const number = encodingNumber(`${encoding}`);
  if (number === undefined) throw unknownEncoding(encoding);
  return toText(this, number, start, end);
});

define("equals", function equals(this: BufferLike, other: Any) {
  if (!(other instanceof Uint8Array)) throw invalidArgType("otherBuffer", ["Buffer", "Uint8Array"], other);
  if (this === other) return true;
  return this.length === other.length && compareBytes(this, other) === 0;
});

/** What `console.log(buffer)` shows; `INSPECT_MAX_BYTES` limits it. */
export const limits = { inspectMaxBytes: 50 };

function inspectBuffer(this: BufferLike, _depth: Any, options: Any, inspect?: AnyFunction): string {
  const most = limits.inspectMaxBytes;
  const count = Math.min(most, this.length);
  let text = toText(this, HEX, 0, count)
    .replace(/(.{2})/g, "$1 ")
    .trim();
  const rest = this.length - most;
  if (rest > 0) text += ` ... ${rest} more byte${rest > 1 ? "s" : ""}`;
  const extras = options && inspect ? extraProperties(this, options) : undefined;
  if (extras !== undefined) {
    if (this.length !== 0) text += ", ";
    text += inspect!(extras, { ...options, breakLength: Infinity, compact: true }).slice(27, -2);
  }
  const { constructor } = this as Any;
  return `<${constructor === Bytes ? "Buffer" : constructor.name} ${text}>`;
}

function extraProperties(bytes: BufferLike, options: Any): Any {
  const extras = Object.create(null);
  let has = false;
  for (const key of Reflect.ownKeys(bytes)) {
    if (typeof key === "string" && /^\d+$/.test(key)) continue;
    if (!options.showHidden && !Object.prototype.propertyIsEnumerable.call(bytes, key)) continue;
    has = true;
    extras[key] = (bytes as Any)[key];
  }
  return has ? extras : undefined;
}

define("inspect", inspectBuffer);
define(customInspect, inspectBuffer, false);

define(
  "compare",
  function compare(
    this: BufferLike,
    target: Any,
    targetStart?: Any,
    targetEnd?: Any,
    start?: Any,
    end?: Any,
  ) {
    if (!(target instanceof Uint8Array)) throw invalidArgType("target", ["Buffer", "Uint8Array"], target);
    if (arguments.length === 1) return compareBytes(this, target);
    if (targetStart === undefined) targetStart = 0;
    else validateOffset(targetStart, "targetStart", 0);
    if (targetEnd === undefined) targetEnd = target.length;
    else validateOffset(targetEnd, "targetEnd", 0, target.length);
    if (start === undefined) start = 0;
    else validateOffset(start, "sourceStart", 0);
    if (end === undefined) end = this.length;
    else validateOffset(end, "sourceEnd", 0, this.length);
    if (start >= end) return targetStart >= targetEnd ? 0 : -1;
    if (targetStart >= targetEnd) return 1;
    const part = (bytes: Uint8Array, from: number, to: number) =>
      Uint8Array.prototype.subarray.call(bytes, from, to);
    return compareBytes(part(this, start, end), part(target, targetStart, targetEnd));
  },
);

function validateOffset(value: unknown, name: string, min: number, max = kMaxLength): void {
  validateInteger(value, name, min, max);
}

define("indexOf", function indexOf(this: BufferLike, value: Any, offset?: Any, encoding?: Any) {
  return search(this, value, offset, encoding, false);
});
define("lastIndexOf", function lastIndexOf(this: BufferLike, value: Any, offset?: Any, encoding?: Any) {
  return search(this, value, offset, encoding, true);
});
define("includes", function includes(this: BufferLike, value: Any, offset?: Any, encoding?: Any) {
  return search(this, value, offset, encoding, false) !== -1;
});

define("fill", function fill(this: BufferLike, value: Any, offset?: Any, end?: Any, encoding?: Any) {
  if (typeof value === "string") {
    if (offset === undefined || typeof offset === "string") {
      encoding = offset;
      offset = 0;
      end = this.length;
    } else if (typeof end === "string") {
      encoding = end;
      end = this.length;
    }
    const number = encodingNumber(encoding === undefined ? "utf8" : validEncodingText(encoding) || "utf8");
    if (number === undefined) throw unknownEncoding(encoding);
    if (value.length === 0) value = 0;
    else {
      const bytes = bytesOf(value, number);
      if (bytes.length === 0) throw invalidArgValue("value", value);
      value = bytes.length === 1 ? bytes[0] : bytes;
    }
  } else if (typeof value === "boolean") {
    value = +value;
  }
  if (offset === undefined) {
    offset = 0;
    end = this.length;
  } else {
    validateNumber(offset, "offset", 0, kMaxLength);
    if (end === undefined) end = this.length;
    else validateNumber(end, "end", 0, this.length);
    if (offset >= end) return this;
  }
  if (value instanceof Uint8Array) fillBytes(this, value, offset, end);
  else Uint8Array.prototype.fill.call(this, value & 255, offset, end);
  return this;
});

function validEncodingText(encoding: unknown): string {
  validateString(encoding, "encoding");
  return encoding;
}

function fillBytes(bytes: BufferLike, pattern: Uint8Array, offset: number, end: number): void {
  if (pattern.length === 0) throw invalidArgValue("value", pattern);
  for (let at = offset; at < end; at += pattern.length) {
    const room = end - at;
    bytes.set(room < pattern.length ? pattern.subarray(0, room) : pattern, at);
  }
}

define("write", function write(this: BufferLike, text: Any, offset?: Any, length?: Any, encoding?: Any) {
  if (typeof text !== "string") throw invalidArgType("argument", "string", text);
  if (offset === undefined) return writeText(this, text, UTF8, 0, this.length);
  if (typeof offset === "string" && length === undefined) {
    encoding = offset;
    offset = 0;
    length = this.length;
  } else {
    validateOffset(offset, "offset", 0, this.length);
    const room = this.length - offset;
    if (length === undefined) length = room;
    else if (typeof length === "string") {
      encoding = length;
      length = room;
    } else {
      validateOffset(length, "length", 0, this.length);
      if (length > room) length = room;
    }
  }
  const number = encoding ? encodingNumber(`${encoding}`) : UTF8;
  if (number === undefined) throw unknownEncoding(encoding);
  return writeText(this, text, number, offset, offset + length);
});

define("toJSON", function toJSON(this: BufferLike) {
  return { type: "Buffer", data: Array.from(this) };
});

function part(this: BufferLike, start?: Any, end?: Any): BufferLike {
  const length = this.length;
  const from = bound(start, length);
  const to = end === undefined ? length : bound(end, length);
  return new Bytes(this.buffer, this.byteOffset + from, to > from ? to - from : 0);
}

function bound(offset: Any, length: number): number {
  offset = Math.trunc(offset);
  if (offset === 0 || Number.isNaN(offset)) return 0;
  if (offset < 0) return Math.max(offset + length, 0);
  return Math.min(offset, length);
}

define("subarray", part);
define("slice", part);

function swap(bytes: BufferLike, width: number): BufferLike {
  if (bytes.length % width !== 0) {
    throw nodeError(
      RangeError,
      "ERR_INVALID_BUFFER_SIZE",
      `Buffer size must be a multiple of ${width * 8}-bits`,
    );
  }
  for (let at = 0; at < bytes.length; at += width) {
    Uint8Array.prototype.reverse.call(Uint8Array.prototype.subarray.call(bytes, at, at + width));
  }
  return bytes;
}

define("swap16", function swap16(this: BufferLike) {
  return swap(this, 2);
});
define("swap32", function swap32(this: BufferLike) {
  return swap(this, 4);
});
define("swap64", function swap64(this: BufferLike) {
  return swap(this, 8);
});
define("toLocaleString", prototype.toString);

// For code that asks the global object; a bare name is the import that the bundler puts there.
globalThis.Buffer = Buffer as Any;
