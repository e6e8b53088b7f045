import { Buffer } from "node:buffer";
import { isPrime, randomPrime } from "laconic:keys";
import type { Any } from "../internal/any.js";
import { invalidArgType, nodeError, outOfRange } from "../internal/errors.js";
import { validateBoolean, validateFunction, validateInteger, validateObject } from "../internal/validate.js";
import { isAnyArrayBuffer, viewBytes } from "./bytes.js";

const MOST = 2 ** 31 - 1;

function toNumber(value: Any, name: string): bigint | undefined {
  if (value === undefined) return undefined;
  if (typeof value === "bigint") {
    if (value < 0n) throw outOfRange(name, ">= 0", value);
    return value;
  }
  if (!ArrayBuffer.isView(value) && !isAnyArrayBuffer(value)) {
    throw invalidArgType(name, ["ArrayBuffer", "TypedArray", "Buffer", "DataView", "bigint"], value);
  }
  const bytes = ArrayBuffer.isView(value) ? viewBytes(value) : new Uint8Array(value);
  return BigInt(`0x0${Buffer.from(bytes).toString("hex")}`);
}

function toBytes(number: bigint, length: number): Buffer {
  return Buffer.from(number.toString(16).padStart(2 * length, "0"), "hex");
}

/** Looks for a prime that leaves `rem` when divided by `add`. */
function find(size: number, { safe, add, rem }: { safe: boolean; add?: bigint; rem?: bigint }): Buffer {
  const length = Math.ceil(size / 8);
  for (;;) {
    if (add === undefined) return Buffer.from(randomPrime(size, safe));
    const start = BigInt(`0x${Buffer.from(randomPrime(size, false)).toString("hex")}`);
    let candidate = start - (start % add) + (rem ?? (safe ? 3n : 1n));
    for (let tries = 0; tries < 4096 && candidate < 1n << BigInt(size); tries++, candidate += add) {
      const bytes = toBytes(candidate, length);
      if (candidate >> BigInt(size - 1) !== 1n || !isPrime(bytes)) continue;
      if (!safe || isPrime(toBytes((candidate - 1n) / 2n, length))) return bytes;
    }
  }
}

function generation(size: Any, options: Any): () => Any {
  validateInteger(size, "size", 1, MOST);
  validateObject(options, "options");
  const { safe = false, bigint = false } = options as Any;
  validateBoolean(safe, "options.safe");
  validateBoolean(bigint, "options.bigint");
  const add = toNumber((options as Any).add, "options.add");
  const rem = toNumber((options as Any).rem, "options.rem");
  if (add !== undefined) {
    if (add === 0n || add.toString(2).length > size) {
      throw nodeError(RangeError, "ERR_OUT_OF_RANGE", "invalid options.add");
    }
    if (rem !== undefined && add <= rem)
      throw nodeError(RangeError, "ERR_OUT_OF_RANGE", "invalid options.rem");
  }
  return () => {
    const bytes = find(size, { safe, ...(add !== undefined && { add }), ...(rem !== undefined && { rem }) });
    if (bigint) return BigInt(`0x${bytes.toString("hex")}`);
    return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
  };
}

export function generatePrimeSync(size: Any, options: Any = {}): Any {
  return generation(size, options)();
}

export function generatePrime(size: Any, options: Any, callback?: Any): void {
  if (typeof options === "function") {
    callback = options;
    options = {};
  }
  validateFunction(callback, "callback");
  const generate = generation(size, options);
  setImmediate(() => callback(null, generate()));
}

function check(candidate: Any, options: Any): () => boolean {
  const number = toNumber(candidate, "candidate");
  if (number === undefined) {
    throw invalidArgType(
      "candidate",
      ["ArrayBuffer", "TypedArray", "Buffer", "DataView", "bigint"],
      candidate,
    );
  }
  validateObject(options, "options");
  const { checks = 0 } = options as Any;
  validateInteger(checks, "options.checks", 0, MOST);
  return () => number > 1n && isPrime(toBytes(number, Math.ceil(number.toString(16).length / 2)));
}

export function checkPrimeSync(candidate: Any, options: Any = {}): boolean {
  return check(candidate, options)();
}

export function checkPrime(candidate: Any, options: Any, callback?: Any): void {
  if (typeof options === "function") {
    callback = options;
    options = {};
  }
  validateFunction(callback, "callback");
  const run = check(candidate, options);
  setImmediate(() => callback(null, run()));
}
