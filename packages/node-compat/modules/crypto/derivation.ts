import { Buffer } from "node:buffer";
import { hkdf as deriveHkdf, pbkdf2 as derivePbkdf2, scrypt as deriveScrypt } from "laconic:crypto";
import type { Any } from "../internal/any.js";
import { invalidArgType, nodeError, outOfRange } from "../internal/errors.js";
import { validateFunction, validateInteger, validateString } from "../internal/validate.js";
import { isAnyArrayBuffer, toBytes } from "./bytes.js";
import { invalidDigest, nativeError } from "./errors.js";
import { findHash, HASHES } from "./hash-names.js";
import { MATERIAL } from "./secret.js";

type Callback = (error: Error | null, key?: Any) => void;

const MOST = 2 ** 31 - 1;

/** Derives on a later turn, so that a callback is never called before its function returned. */
function later<T>(derive: () => T, callback: (error: Error | null, result?: T) => void): void {
  setImmediate(() => {
    let result;
    try {
      result = derive();
    } catch (error) {
      return callback(error as Error);
    }
    callback(null, result);
  });
}

function macHash(digest: string): string {
  const name = findHash(digest);
  if (name === undefined || HASHES[name]![1] === 0) throw invalidDigest(digest);
  return name;
}

function pbkdf2Derivation(password: Any, salt: Any, iterations: Any, keylen: Any, digest: Any): () => Buffer {
  validateString(digest, "digest");
  const passwordBytes = toBytes(password, "password");
  const saltBytes = toBytes(salt, "salt");
  validateInteger(iterations, "iterations", 1, MOST);
  validateInteger(keylen, "keylen", 0, MOST);
  const name = macHash(digest);
  return () => Buffer.from(derivePbkdf2(name, passwordBytes, saltBytes, iterations, keylen)!);
}

export function pbkdf2(
  password: Any,
  salt: Any,
  iterations: Any,
  keylen: Any,
  digest: Any,
  callback?: Callback,
): void {
  if (typeof digest === "function") {
    callback = digest;
    digest = undefined;
  }
  const derive = pbkdf2Derivation(password, salt, iterations, keylen, digest);
  validateFunction(callback, "callback");
  later(derive, callback);
}

export function pbkdf2Sync(password: Any, salt: Any, iterations: Any, keylen: Any, digest: Any): Buffer {
  return pbkdf2Derivation(password, salt, iterations, keylen, digest)();
}

const SCRYPT_DEFAULTS = { N: 16_384, r: 8, p: 1, maxmem: 32 << 20 };

/** The options under either of their names. */
function scryptOptions(options: Any): typeof SCRYPT_DEFAULTS {
  const given: Any = { ...SCRYPT_DEFAULTS };
  const read = (name: string, other: string): void => {
    const isGiven = options[name] !== undefined;
    if (isGiven) {
      validateInteger(options[name], name, 0, 2 ** 32 - 1);
      given[name] = options[name];
    }
    if (options[other] !== undefined) {
      if (isGiven) throw nodeError(Error, "ERR_CRYPTO_SCRYPT_INVALID_PARAMETER", "Invalid scrypt parameter");
      validateInteger(options[other], other, 0, 2 ** 32 - 1);
      given[name] = options[other];
    }
  };
  if (options !== undefined && options !== null && options !== SCRYPT_DEFAULTS) {
    read("N", "cost");
    read("r", "blockSize");
    read("p", "parallelization");
    if (options.maxmem !== undefined) {
      validateInteger(options.maxmem, "maxmem", 0);
      given.maxmem = options.maxmem;
    }
    for (const name of ["N", "r", "p", "maxmem"] as const)
      if (given[name] === 0) given[name] = SCRYPT_DEFAULTS[name];
  }
  return given;
}

function invalidScrypt(detail = ""): Error {
  return nativeError(RangeError, "ERR_CRYPTO_INVALID_SCRYPT_PARAMS", `Invalid scrypt params${detail}`);
}

function scryptDerivation(password: Any, salt: Any, keylen: Any, options: Any): () => Buffer {
  const passwordBytes = toBytes(password, "password");
  const saltBytes = toBytes(salt, "salt");
  validateInteger(keylen, "keylen", 0, MOST);
  const { N, r, p, maxmem } = scryptOptions(options);
  const logCost = Math.log2(N);
  if (!Number.isInteger(logCost) || N < 2 || r * p >= 2 ** 30) throw invalidScrypt();
  // As OpenSSL counts: a block for each lane, the table, and a block and a half to work in.
  if (128 * r * (N + 2) + 128 * r * p > maxmem) {
    throw invalidScrypt(": error:030000AC:digital envelope routines::memory limit exceeded");
  }
  return () => Buffer.from(deriveScrypt(passwordBytes, saltBytes, logCost, r, p, keylen)!);
}

export function scrypt(
  password: Any,
  salt: Any,
  keylen: Any,
  options: Any,
  callback: Any = SCRYPT_DEFAULTS,
): void {
  if (callback === SCRYPT_DEFAULTS) {
    callback = options;
    options = SCRYPT_DEFAULTS;
  }
  const derive = scryptDerivation(password, salt, keylen, options);
  validateFunction(callback, "callback");
  later(derive, callback);
}

export function scryptSync(password: Any, salt: Any, keylen: Any, options: Any = SCRYPT_DEFAULTS): Buffer {
  return scryptDerivation(password, salt, keylen, options)();
}

const MOST_INFO = 1024;

function hkdfDerivation(digest: Any, ikm: Any, salt: Any, info: Any, length: Any): () => ArrayBuffer {
  validateString(digest, "digest");
  const key = inputKey(ikm);
  const saltBytes = plainBytes(salt, "salt");
  const infoBytes = plainBytes(info, "info");
  validateInteger(length, "length", 0, MOST);
  if (infoBytes.byteLength > MOST_INFO) {
    throw outOfRange("info", `must not contain more than ${MOST_INFO} bytes`, infoBytes.byteLength);
  }
  const name = macHash(digest);
  if (length > 255 * HASHES[name]![0]) {
    throw nativeError(RangeError, "ERR_CRYPTO_INVALID_KEYLEN", "Invalid key length");
  }
  return () => deriveHkdf(name, key, saltBytes, infoBytes, length)!;
}

function inputKey(key: Any): Uint8Array {
  const material = key?.[MATERIAL];
  if (material?.type === "secret") return material.bytes;
  if (typeof key !== "string" && !ArrayBuffer.isView(key) && !isAnyArrayBuffer(key)) {
    const kinds = ["string", "SecretKeyObject", "ArrayBuffer", "TypedArray", "DataView", "Buffer"];
    throw invalidArgType("ikm", kinds, key);
  }
  return toBytes(key, "ikm");
}

function plainBytes(value: Any, name: string): Uint8Array {
  if (typeof value !== "string" && !ArrayBuffer.isView(value) && !isAnyArrayBuffer(value)) {
    throw invalidArgType(name, ["string", "ArrayBuffer", "TypedArray", "DataView", "Buffer"], value);
  }
  return toBytes(value, name);
}

export function hkdf(digest: Any, ikm: Any, salt: Any, info: Any, length: Any, callback: Callback): void {
  const derive = hkdfDerivation(digest, ikm, salt, info, length);
  validateFunction(callback, "callback");
  later(derive, callback);
}

export function hkdfSync(digest: Any, ikm: Any, salt: Any, info: Any, length: Any): ArrayBuffer {
  return hkdfDerivation(digest, ikm, salt, info, length)();
}
