import { Buffer } from "node:buffer";
import { open } from "laconic:ciphers";
import type { Any } from "../../internal/any.js";
import { concat } from "../keys/der.js";
import { MATERIAL, rsaHandle } from "../keys/material.js";
import { HASHES } from "./algorithms.js";
import type { CryptoKey } from "./crypto-key.js";
import { operationError } from "./errors.js";

const BLOCK = 16;
const TAG_LENGTHS = [32, 64, 96, 104, 112, 120, 128];

/** Encrypts or decrypts. */
export function crypt(algorithm: Any, key: CryptoKey, data: Uint8Array, isEncrypting: boolean): ArrayBuffer {
  switch (algorithm.name) {
    case "AES-CBC":
      if (algorithm.iv.length !== BLOCK) throw operationError("algorithm.iv must contain exactly 16 bytes");
      return aes("cbc", key, algorithm.iv, data, isEncrypting);
    case "AES-CTR":
      return counter(algorithm, key, data, isEncrypting);
    case "AES-GCM":
      return galois(algorithm, key, data, isEncrypting);
    default:
      return oaep(algorithm, key, data, isEncrypting);
  }
}

function secretOf(key: CryptoKey): Uint8Array {
  return (key[MATERIAL] as Any).bytes;
}

function join(first: ArrayBuffer | undefined, last: ArrayBuffer | undefined): Uint8Array {
  if (first === undefined || last === undefined) throw operationError();
  return concat([new Uint8Array(first), new Uint8Array(last)]);
}

function aes(
  mode: string,
  key: CryptoKey,
  iv: Uint8Array,
  data: Uint8Array,
  isEncrypting: boolean,
): ArrayBuffer {
  const cipher = open("aes", mode, secretOf(key), iv, isEncrypting, 0)!;
  return join(cipher.update(data), cipher.final()).buffer as ArrayBuffer;
}

/** Only `length` bits of the counter count: where they begin anew, so does the cipher. */
function counter(
  { counter: start, length }: Any,
  key: CryptoKey,
  data: Uint8Array,
  isEncrypting: boolean,
): ArrayBuffer {
  if (start.length !== BLOCK) throw operationError("algorithm.counter must contain exactly 16 bytes");
  if (length === 0 || length > 128)
    throw operationError("AES-CTR algorithm.length must be between 1 and 128");
  const blocks = BigInt(Math.ceil(data.length / BLOCK));
  const limit = 1n << BigInt(length);
  if (blocks > limit) throw operationError();
  const number = BigInt(`0x${Buffer.from(start).toString("hex")}`);
  const untilWrap = limit - (number % limit);
  if (blocks <= untilWrap) return aes("ctr", key, start, data, isEncrypting);
  const cut = Number(untilWrap) * BLOCK;
  const wrapped = (number - (number % limit)).toString(16).padStart(2 * BLOCK, "0");
  const first = aes("ctr", key, start, data.subarray(0, cut), isEncrypting);
  const second = aes("ctr", key, Buffer.from(wrapped, "hex"), data.subarray(cut), isEncrypting);
  return concat([new Uint8Array(first), new Uint8Array(second)]).buffer as ArrayBuffer;
}

function galois(algorithm: Any, key: CryptoKey, data: Uint8Array, isEncrypting: boolean): ArrayBuffer {
  const { iv, additionalData, tagLength = 128 } = algorithm;
  if (!TAG_LENGTHS.includes(tagLength))
    throw operationError(`${tagLength} is not a valid AES-GCM tag length`);
  const length = tagLength / 8;
  if (!isEncrypting && data.length < length) throw operationError("The provided data is too small.");
  const cipher = open("aes", "gcm", secretOf(key), iv, isEncrypting, length);
  if (cipher === undefined) throw operationError();
  if (additionalData) cipher.setAAD(additionalData);
  if (isEncrypting) {
    const text = join(cipher.update(data), cipher.final());
    return concat([text, new Uint8Array(cipher.tag()!)]).buffer as ArrayBuffer;
  }
  cipher.setTag(data.subarray(data.length - length));
  return join(cipher.update(data.subarray(0, data.length - length)), cipher.final()).buffer as ArrayBuffer;
}

function oaep(
  { label = new Uint8Array(0) }: Any,
  key: CryptoKey,
  data: Uint8Array,
  isEncrypting: boolean,
): ArrayBuffer {
  const hash = HASHES[key.algorithm.hash.name]!;
  const handle = rsaHandle(key[MATERIAL] as Any);
  const result = isEncrypting
    ? handle.encryptOaep(data, hash, hash, label)
    : handle.decryptOaep(data, hash, hash, label);
  if (result === undefined) throw operationError();
  return result;
}

/** RFC 3394, by which AES-KW wraps keys. */
export function keyWrap(key: CryptoKey, data: Uint8Array, isWrapping: boolean): ArrayBuffer {
  const cipher = open("aes", "wrap", secretOf(key), new Uint8Array(8).fill(0xa6), isWrapping, 0);
  const result = cipher?.update(data);
  if (result === undefined) throw operationError();
  return result;
}
