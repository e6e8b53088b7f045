import type { Any } from "../internal/any.js";
import { invalidArgType, nodeError, outOfRange } from "../internal/errors.js";

type Bytes = Uint8Array & Any;

/** Eight bytes that floating-point numbers and big integers are taken apart in. */
const scratch = new DataView(new ArrayBuffer(8));

function badOffset(offset: unknown, last: number): Error {
  if (typeof offset !== "number") return invalidArgType("offset", "number", offset);
  if (Math.floor(offset) !== offset) return outOfRange("offset", "an integer", offset);
  if (last < 0)
    return nodeError(
      RangeError,
      "ERR_BUFFER_OUT_OF_BOUNDS",
      "Attempt to access memory outside buffer bounds",
    );
  return outOfRange("offset", `>= 0 and <= ${last}`, offset);
}

function checkOffset(bytes: Bytes, offset: unknown, width: number): void {
  const last = bytes.length - width;
  if (typeof offset !== "number" || !(offset >= 0 && offset <= last) || Math.floor(offset) !== offset) {
    throw badOffset(offset, last);
  }
}

function rangeText(width: number, isSigned: boolean, isBig: boolean): string {
  const n = isBig ? "n" : "";
  const bits = width * 8;
  if (width > 4 || isBig) {
    return isSigned
      ? `>= -(2${n} ** ${bits - 1}${n}) and < 2${n} ** ${bits - 1}${n}`
      : `>= 0${n} and < 2${n} ** ${bits}${n}`;
  }
  return isSigned ? `>= ${-(2 ** (bits - 1))} and <= ${2 ** (bits - 1) - 1}` : `>= 0 and <= ${2 ** bits - 1}`;
}

function readLittle(bytes: Bytes, offset: number, width: number): number {
  let value = 0;
  for (let index = width - 1; index >= 0; index--) value = value * 256 + bytes[offset + index];
  return value;
}

function readBig(bytes: Bytes, offset: number, width: number): number {
  let value = 0;
  for (let index = 0; index < width; index++) value = value * 256 + bytes[offset + index];
  return value;
}

function signed(value: number, width: number): number {
  return value >= 2 ** (width * 8 - 1) ? value - 2 ** (width * 8) : value;
}

function writeInteger(
  bytes: Bytes,
  given: unknown,
  offset: number,
  width: number,
  isSigned: boolean,
  isLittle: boolean,
): number {
  let value = +(given as number);
  const least = isSigned ? -(2 ** (width * 8 - 1)) : 0;
  const most = isSigned ? 2 ** (width * 8 - 1) - 1 : 2 ** (width * 8) - 1;
  if (value > most || value < least) throw outOfRange("value", rangeText(width, isSigned, false), given);
  checkOffset(bytes, offset, width);
  value = Math.trunc(value);
  if (value < 0) value += 2 ** (width * 8);
  for (let index = 0; index < width; index++) {
    bytes[offset + (isLittle ? index : width - 1 - index)] = value;
    value = Math.floor(value / 256);
  }
  return offset + width;
}

function checkWidth(width: unknown): asserts width is number {
  if (width === undefined) throw invalidArgType("byteLength", "number", width);
  if (typeof width !== "number") throw invalidArgType("byteLength", "number", width);
  if (!Number.isInteger(width)) throw outOfRange("byteLength", "an integer", width);
  if (width < 1 || width > 6) throw outOfRange("byteLength", ">= 1 and <= 6", width);
}

function checkVariable(bytes: Bytes, offset: unknown, width: number): void {
  if (offset === undefined) throw invalidArgType("offset", "number", offset);
  checkOffset(bytes, offset, width);
}

/** The methods of `readInt8`'s kind: each name, and its alias with a small i, for one prototype. */
export function addNumberMethods(prototype: Any): void {
  const add = (name: string, method: (this: Bytes, ...args: Any[]) => Any) => {
    const define = (alias: string) =>
      Object.defineProperty(prototype, alias, {
        value: method,
        writable: true,
        enumerable: true,
        configurable: true,
      });
    Object.defineProperty(method, "name", { value: name });
    define(name);
    if (name.includes("UInt")) define(name.replace("UInt", "Uint"));
  };
  addIntegers(add);
  addVariable(add);
  addFloats(add);
  addBigIntegers(add);
}

type Add = (name: string, method: (this: Bytes, ...args: Any[]) => Any) => void;

function addIntegers(add: Add): void {
  for (const width of [1, 2, 4]) {
    for (const isLittle of width === 1 ? [true] : [true, false]) {
      const ending = `${width * 8}${width === 1 ? "" : isLittle ? "LE" : "BE"}`;
      const read = isLittle ? readLittle : readBig;
      add(`readUInt${ending}`, function (offset = 0) {
        checkOffset(this, offset, width);
        return read(this, offset, width);
      });
      add(`readInt${ending}`, function (offset = 0) {
        checkOffset(this, offset, width);
        return signed(read(this, offset, width), width);
      });
      add(`writeUInt${ending}`, function (value, offset = 0) {
        return writeInteger(this, value, offset, width, false, isLittle);
      });
      add(`writeInt${ending}`, function (value, offset = 0) {
        return writeInteger(this, value, offset, width, true, isLittle);
      });
    }
  }
}

function addVariable(add: Add): void {
  for (const isLittle of [true, false]) {
    const ending = isLittle ? "LE" : "BE";
    const read = isLittle ? readLittle : readBig;
    add(`readUInt${ending}`, function (offset, width) {
      if (offset === undefined) throw invalidArgType("offset", "number", offset);
      checkWidth(width);
      checkVariable(this, offset, width);
      return read(this, offset, width);
    });
    add(`readInt${ending}`, function (offset, width) {
      if (offset === undefined) throw invalidArgType("offset", "number", offset);
      checkWidth(width);
      checkVariable(this, offset, width);
      return signed(read(this, offset, width), width);
    });
    add(`writeUInt${ending}`, function (value, offset, width) {
      checkWidth(width);
      return writeInteger(this, value, offset, width, false, isLittle);
    });
    add(`writeInt${ending}`, function (value, offset, width) {
      checkWidth(width);
      return writeInteger(this, value, offset, width, true, isLittle);
    });
  }
}

function addFloats(add: Add): void {
  for (const isLittle of [true, false]) {
    for (const [kind, width] of [
      ["Float", 4],
      ["Double", 8],
    ] as const) {
      add(`read${kind}${isLittle ? "LE" : "BE"}`, function (offset = 0) {
        checkOffset(this, offset, width);
        for (let index = 0; index < width; index++) scratch.setUint8(index, this[offset + index]);
        return width === 4 ? scratch.getFloat32(0, isLittle) : scratch.getFloat64(0, isLittle);
      });
      add(`write${kind}${isLittle ? "LE" : "BE"}`, function (value, offset = 0) {
        const number = +value;
        checkOffset(this, offset, width);
        if (width === 4) scratch.setFloat32(0, number, isLittle);
        else scratch.setFloat64(0, number, isLittle);
        for (let index = 0; index < width; index++) this[offset + index] = scratch.getUint8(index);
        return offset + width;
      });
    }
  }
}

function addBigIntegers(add: Add): void {
  for (const isLittle of [true, false]) {
    for (const isSigned of [true, false]) {
      const ending = `Big${isSigned ? "Int" : "UInt"}64${isLittle ? "LE" : "BE"}`;
      const least = isSigned ? -(2n ** 63n) : 0n;
      const most = isSigned ? 2n ** 63n - 1n : 2n ** 64n - 1n;
      add(`read${ending}`, function (offset = 0) {
        checkOffset(this, offset, 8);
        for (let index = 0; index < 8; index++) scratch.setUint8(index, this[offset + index]);
        return isSigned ? scratch.getBigInt64(0, isLittle) : scratch.getBigUint64(0, isLittle);
      });
      add(`write${ending}`, function (value, offset = 0) {
        if (typeof value !== "bigint") {
          throw new TypeError("Cannot mix BigInt and other types, use explicit conversions");
        }
        if (value > most || value < least) throw outOfRange("value", rangeText(8, isSigned, true), value);
        checkOffset(this, offset, 8);
        if (isSigned) scratch.setBigInt64(0, value, isLittle);
        else scratch.setBigUint64(0, value, isLittle);
        for (let index = 0; index < 8; index++) this[offset + index] = scratch.getUint8(index);
        return offset + 8;
      });
    }
  }
}
