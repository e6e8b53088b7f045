import { hkdf, pbkdf2 } from "laconic:crypto";
import { ecAgree, x25519 } from "laconic:keys";
import type { Any } from "../../internal/any.js";
import { HASHES as HASH_TABLE } from "../hash-names.js";
import { MATERIAL } from "../keys/material.js";
import { HASHES } from "./algorithms.js";
import { CryptoKey } from "./crypto-key.js";
import { invalidAccess, operationError } from "./errors.js";

/** Bits derived from a key; `length` in bits, null for all that there are. */
export function deriveBits(algorithm: Any, key: CryptoKey, length: number | null): ArrayBuffer {
  if (algorithm.name === "HKDF" || algorithm.name === "PBKDF2") return stretch(algorithm, key, length);
  return agree(algorithm, key, length);
}

function stretch(algorithm: Any, key: CryptoKey, length: number | null): ArrayBuffer {
  const { name, hash, salt, info, iterations } = algorithm;
  if (name === "PBKDF2" && iterations === 0) throw operationError("iterations cannot be zero");
  if (length === null) throw operationError("length cannot be null");
  if (length % 8 !== 0) throw operationError("length must be a multiple of 8");
  const secret: Uint8Array = (key[MATERIAL] as Any).bytes;
  const hashName = HASHES[hash.name]!;
  if (length === 0) return new ArrayBuffer(0);
  if (name === "PBKDF2") return pbkdf2(hashName, secret, salt, iterations, length / 8)!;
  if (length / 8 > 255 * HASH_TABLE[hashName]![0]) throw operationError();
  return hkdf(hashName, secret, salt, info, length / 8)!;
}

function agree({ name, public: other }: Any, key: CryptoKey, length: number | null): ArrayBuffer {
  if (!(other instanceof CryptoKey) || other.type !== "public") {
    throw invalidAccess("algorithm.public must be a public key");
  }
  if (key.type !== "private") throw invalidAccess("baseKey must be a private key");
  if (
    other.algorithm.name !== key.algorithm.name ||
    other.algorithm.namedCurve !== key.algorithm.namedCurve
  ) {
    const what =
      other.algorithm.name === key.algorithm.name
        ? "Named curve mismatch"
        : `algorithm.public must be an ${name} key`;
    throw invalidAccess(what);
  }
  const own: Any = key[MATERIAL];
  const theirs: Any = other[MATERIAL];
  const secret = name === "ECDH" ? ecAgree(own.curve, own.d, theirs.point) : x25519(own.d, theirs.x);
  if (secret === undefined) throw operationError();
  if (length === null) return secret;
  if (length > secret.byteLength * 8) throw operationError("derived bit length is too small");
  const bytes = new Uint8Array(secret.slice(0, Math.ceil(length / 8)));
  // What is over the last whole byte is zeroed.
  if (length % 8 !== 0) bytes[bytes.length - 1]! &= 0xff << (8 - (length % 8));
  return bytes.buffer;
}

/** How many bits the algorithm of a derived key takes; null for all. */
export function derivedLength({ name, length, hash }: Any): number | null {
  switch (name) {
    case "AES-CTR":
    case "AES-CBC":
    case "AES-GCM":
    case "AES-KW":
      if (length !== 128 && length !== 192 && length !== 256) {
        throw operationError("Invalid key length");
      }
      return length;
    case "HMAC":
      if (length === undefined) return HASH_TABLE[HASHES[hash.name]!]![1] * 8;
      if (length === 0) throw operationError("Zero-length key is not supported");
      return length;
    default:
      return null;
  }
}
