import { Buffer } from "node:buffer";
import type { Any } from "../internal/any.js";
import { invalidArgValue } from "../internal/errors.js";
import { validateString } from "../internal/validate.js";
import { output, toBytes } from "./bytes.js";
import { dataTooLarge, nativeError, opensslError } from "./errors.js";
import { findHash, HASHES } from "./hash-names.js";
import { rsaHandle, type AsymmetricMaterial, type RsaMaterial } from "./keys/material.js";
import { readKey } from "./keys/read.js";

const PADDING = { pkcs1: 1, none: 3, oaep: 4 } as const;

interface Request {
  readonly handle: LaconicRsaKey;
  readonly length: number;
  readonly padding: number;
  readonly hash: string;
  readonly label: Uint8Array;
  readonly data: Uint8Array;
}

function notSupported(): Error {
  return opensslError(
    "03000096",
    "digital envelope routines",
    "operation not supported for this keytype",
    "EVP_OPERATION_NOT_SUPPORTED_FOR_THIS_KEYTYPE",
  );
}

function request(key: Any, buffer: Any, purpose: "usePublic" | "usePrivate", fallback: number): Request {
  const material: AsymmetricMaterial = readKey(key, purpose);
  const options = typeof key === "object" && key !== null && !ArrayBuffer.isView(key) ? key : ({} as Any);
  const { padding = fallback, oaepHash = "sha1", oaepLabel, encoding } = options;
  if (options.oaepHash !== undefined) validateString(oaepHash, "key.oaepHash");
  const label = oaepLabel === undefined ? new Uint8Array(0) : toBytes(oaepLabel, "key.oaepLabel", encoding);
  const data = toBytes(buffer, "buffer", encoding);
  const hash = findHash(oaepHash);
  if (hash === undefined || HASHES[hash]![1] === 0)
    throw nativeError(Error, "ERR_OSSL_EVP_INVALID_DIGEST", "Invalid digest used");
  if (material.kind !== "rsa") throw notSupported();
  if (padding !== padding >> 0) throw invalidArgValue("options.padding", padding);
  const { length } = (material as RsaMaterial).numbers.n;
  return { handle: rsaHandle(material), length, padding, hash, label, data };
}

function result(bytes: ArrayBuffer | undefined, failure: () => Error): Buffer {
  if (bytes === undefined) throw failure();
  return output(bytes);
}

function unknownPadding(): Error {
  return opensslError("02000076", "rsa routines", "unknown padding type", "RSA_UNKNOWN_PADDING_TYPE");
}

function wrongLength({ data, length }: Request): Error {
  return data.length > length
    ? dataTooLarge()
    : opensslError(
        "0200007A",
        "rsa routines",
        "data too small for key size",
        "RSA_DATA_TOO_SMALL_FOR_KEY_SIZE",
      );
}

function raw(wanted: Request, isPrivate: boolean): Buffer {
  if (wanted.data.length !== wanted.length) throw wrongLength(wanted);
  return result(wanted.handle.raw(wanted.data, isPrivate), () =>
    opensslError("02000084", "rsa routines", "data too large for modulus", "RSA_DATA_TOO_LARGE_FOR_MODULUS"),
  );
}

export function publicEncrypt(key: Any, buffer: Any): Buffer {
  const wanted = request(key, buffer, "usePublic", PADDING.oaep);
  const { handle, data, hash, label } = wanted;
  switch (wanted.padding) {
    case PADDING.pkcs1:
      return result(handle.encryptPkcs1(data), dataTooLarge);
    case PADDING.oaep:
      return result(handle.encryptOaep(data, hash, hash, label), dataTooLarge);
    case PADDING.none:
      return raw(wanted, false);
    default:
      throw unknownPadding();
  }
}

function oaepFailure(): Error {
  return opensslError("02000079", "rsa routines", "oaep decoding error", "RSA_OAEP_DECODING_ERROR");
}

export function privateDecrypt(key: Any, buffer: Any): Buffer {
  const wanted = request(key, buffer, "usePrivate", PADDING.oaep);
  const { handle, data, hash, label } = wanted;
  switch (wanted.padding) {
    case PADDING.pkcs1:
      return result(handle.decryptPkcs1(sized(wanted)), () => wrongLength(wanted));
    case PADDING.oaep:
      if (data.length > wanted.length) throw dataTooLarge();
      return result(handle.decryptOaep(sized(wanted), hash, hash, label), oaepFailure);
    case PADDING.none:
      return raw(wanted, true);
    default:
      throw unknownPadding();
  }
}

/** A ciphertext that is shorter than the modulus counts as a number. */
function sized({ data, length }: Request): Uint8Array {
  if (data.length >= length) return data;
  const padded = new Uint8Array(length);
  padded.set(data, length - data.length);
  return padded;
}

export function privateEncrypt(key: Any, buffer: Any): Buffer {
  const wanted = request(key, buffer, "usePrivate", PADDING.pkcs1);
  if (wanted.padding === PADDING.pkcs1) return result(wanted.handle.signPkcs1(wanted.data), dataTooLarge);
  if (wanted.padding === PADDING.none) return raw(wanted, true);
  throw unknownPadding();
}

export function publicDecrypt(key: Any, buffer: Any): Buffer {
  const wanted = request(key, buffer, "usePublic", PADDING.pkcs1);
  if (wanted.padding === PADDING.none) return raw(wanted, false);
  if (wanted.padding !== PADDING.pkcs1) throw unknownPadding();
  return result(wanted.handle.recoverPkcs1(sized(wanted)), () =>
    opensslError("0200006A", "rsa routines", "block type is not 01", "RSA_BLOCK_TYPE_IS_NOT_01"),
  );
}
