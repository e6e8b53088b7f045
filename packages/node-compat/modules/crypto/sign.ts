import { Buffer } from "node:buffer";
import { digest as digestAtOnce, hash as startHash } from "laconic:crypto";
import { ecSign, ecVerify, ed25519Sign, ed25519Verify } from "laconic:keys";
import type { Any } from "../internal/any.js";
import { invalidArgType, invalidArgValue, nodeError } from "../internal/errors.js";
import { validateFunction, validateString } from "../internal/validate.js";
import { output, toBytes, toUpdate } from "./bytes.js";
import { nativeError, opensslError } from "./errors.js";
import { findHash } from "./hash-names.js";
import { HASH_OIDS } from "./keys/decode.js";
import { integer, nothing, octetString, oid, readInteger, readSequence, sequence } from "./keys/der.js";
import { CURVES, padded, rsaHandle, type AsymmetricMaterial, type RsaMaterial } from "./keys/material.js";
import { readKey } from "./keys/read.js";
import { extendLazyStream, STREAM_OPTIONS } from "./lazy-stream.js";

const STATE = Symbol("kHandle");

const PADDING = { pkcs1: 1, none: 3, pss: 6 } as const;
const SALT = { digest: -1, maximum: -2, auto: -2 } as const;

/** How to sign, besides the key and the hash. */
interface Scheme {
  readonly padding: number | undefined;
  readonly saltLength: number | undefined;
  readonly isRaw: boolean;
}

function schemeOf(options: Any): Scheme {
  const isObject = typeof options === "object" && options !== null;
  const { padding, saltLength, dsaEncoding } = isObject ? options : ({} as Any);
  for (const [name, value] of Object.entries({ padding, saltLength })) {
    if (value !== undefined && value !== (value as Any) >> 0) throw invalidArgValue(`options.${name}`, value);
  }
  if (dsaEncoding !== undefined && dsaEncoding !== "der" && dsaEncoding !== "ieee-p1363") {
    throw invalidArgValue("options.dsaEncoding", dsaEncoding);
  }
  return { padding, saltLength, isRaw: dsaEncoding === "ieee-p1363" };
}

function unsupportedOperation(): Error {
  return nativeError(Error, "ERR_CRYPTO_UNSUPPORTED_OPERATION", "Unsupported crypto operation");
}

function invalidProviderDigest(): Error {
  return opensslError("1C80007A", "Provider routines", "invalid digest", "INVALID_DIGEST");
}

/** What is signed under PKCS #1: the hash's name and the digest. */
function digestInfo(hash: string, digest: Uint8Array): Uint8Array {
  const hashOid = HASH_OIDS[hash];
  if (hash === "md5-sha1") return digest;
  if (hashOid === undefined) throw invalidProviderDigest();
  return sequence(sequence(oid(hashOid), nothing()), octetString(digest));
}

function paddingOf(material: RsaMaterial, { padding }: Scheme): number {
  return padding ?? (material.kind === "rsa-pss" ? PADDING.pss : PADDING.pkcs1);
}

function illegalPadding(): Error {
  return opensslError(
    "1C8000A5",
    "Provider routines",
    "illegal or unsupported padding mode",
    "ILLEGAL_OR_UNSUPPORTED_PADDING_MODE",
  );
}

/** The hashes and the least salt that the key allows. */
function pssHashes(material: RsaMaterial, hash: string): { hash: string; maskHash: string; least: number } {
  const { pss } = material;
  if (pss === undefined) return { hash, maskHash: hash, least: 0 };
  if (pss.hash !== hash)
    throw opensslError("1C8000AE", "Provider routines", "digest not allowed", "DIGEST_NOT_ALLOWED");
  return { hash, maskHash: pss.maskHash, least: pss.saltLength };
}

function signRsa(material: RsaMaterial, hash: string, digest: Uint8Array, scheme: Scheme): ArrayBuffer {
  const handle = rsaHandle(material);
  const tooBig = (): Error =>
    opensslError("02000070", "rsa routines", "digest too big for rsa key", "RSA_DIGEST_TOO_BIG_FOR_RSA_KEY");
  switch (paddingOf(material, scheme)) {
    case PADDING.pkcs1: {
      if (material.kind === "rsa-pss") throw illegalPadding();
      const signature = handle.signPkcs1(digestInfo(hash, digest));
      if (signature === undefined) throw tooBig();
      return signature;
    }
    case PADDING.pss: {
      const { maskHash, least } = pssHashes(material, hash);
      const bits = modulusBits(material);
      const longest = Math.ceil((bits - 1) / 8) - digest.length - 2;
      const wanted = scheme.saltLength ?? SALT.maximum;
      const length = wanted === SALT.digest ? digest.length : wanted === SALT.maximum ? longest : wanted;
      if (length < least) {
        throw opensslError("1C8000AC", "Provider routines", "pss saltlen too small", "PSS_SALTLEN_TOO_SMALL");
      }
      const signature = length < 0 ? undefined : handle.signPss(hash, maskHash, digest, length);
      if (signature === undefined) {
        throw opensslError(
          "0200006E",
          "rsa routines",
          "data too large for key size",
          "RSA_DATA_TOO_LARGE_FOR_KEY_SIZE",
        );
      }
      return signature;
    }
    default:
      throw illegalPadding();
  }
}

function modulusBits({ numbers: { n } }: RsaMaterial): number {
  return n.length * 8 - Math.clz32(n[0]!) + 24;
}

function verifyRsa(
  material: RsaMaterial,
  hash: string,
  digest: Uint8Array,
  signature: Uint8Array,
  scheme: Scheme,
): boolean {
  const handle = rsaHandle(material);
  switch (paddingOf(material, scheme)) {
    case PADDING.pkcs1: {
      if (material.kind === "rsa-pss") throw illegalPadding();
      const signed = handle.recoverPkcs1(signature);
      return signed !== undefined && Buffer.from(signed).equals(digestInfo(hash, digest));
    }
    case PADDING.pss: {
      const { maskHash } = pssHashes(material, hash);
      const wanted = scheme.saltLength ?? SALT.auto;
      const length = wanted === SALT.digest ? digest.length : wanted === SALT.auto ? undefined : wanted;
      return handle.verifyPss(hash, maskHash, digest, signature, length);
    }
    default:
      throw illegalPadding();
  }
}

/** r and s as DER, or one after the other. */
function encodeEcdsa(pair: Uint8Array, isRaw: boolean): Uint8Array {
  if (isRaw) return pair;
  const half = pair.length / 2;
  return sequence(integer(pair.subarray(0, half)), integer(pair.subarray(half)));
}

function decodeEcdsa(signature: Uint8Array, length: number, isRaw: boolean): Uint8Array | undefined {
  if (isRaw) return signature.length === 2 * length ? signature : undefined;
  try {
    const [r, s] = readSequence(signature).map(readInteger);
    if (r === undefined || s === undefined || r.length > length || s.length > length) return undefined;
    return Buffer.concat([padded(r, length), padded(s, length)]);
  } catch {
    return undefined;
  }
}

/** Signs a digest with an RSA or elliptic-curve key. */
function signDigest(
  material: AsymmetricMaterial,
  hash: string,
  digest: Uint8Array,
  scheme: Scheme,
): Uint8Array {
  switch (material.kind) {
    case "rsa":
    case "rsa-pss":
      return new Uint8Array(signRsa(material, hash, digest, scheme));
    case "ec":
      return encodeEcdsa(new Uint8Array(ecSign(material.curve, material.d!, digest)!), scheme.isRaw);
    default:
      throw unsupportedOperation();
  }
}

function verifyDigest(
  material: AsymmetricMaterial,
  hash: string,
  digest: Uint8Array,
  signature: Uint8Array,
  scheme: Scheme,
): boolean {
  switch (material.kind) {
    case "rsa":
    case "rsa-pss":
      return verifyRsa(material, hash, digest, signature, scheme);
    case "ec": {
      const pair = decodeEcdsa(signature, CURVES[material.curve]!.length, scheme.isRaw);
      return pair !== undefined && ecVerify(material.curve, material.point, digest, pair);
    }
    default:
      throw unsupportedOperation();
  }
}

function startUpdates(instance: Any, algorithm: Any, options: Any): void {
  validateString(algorithm, "algorithm");
  const hash = findHash(algorithm);
  if (hash === undefined || hash.startsWith("shake")) {
    throw nativeError(TypeError, "ERR_CRYPTO_INVALID_DIGEST", "Invalid digest");
  }
  instance[STATE] = { hash, hasher: startHash(hash), options };
}

const updating: Any = {
  [STREAM_OPTIONS](this: Any): Any {
    const state = this[STATE];
    return state && (state.options ?? {});
  },

  _write(this: Any, chunk: Any, encoding: Any, callback: Any): void {
    this.update(chunk, encoding);
    callback();
  },

  update(this: Any, data: Any, encoding?: Any): Any {
    this[STATE].hasher.update(toUpdate(data, "data", encoding));
    return this;
  },
};

function finishDigest(state: Any): Uint8Array {
  const digest = state.hasher.digest();
  if (digest === undefined) throw nativeError(Error, "ERR_CRYPTO_INVALID_STATE", "Not initialised");
  return new Uint8Array(digest);
}

export function Sign(this: Any, algorithm: Any, options?: Any): Any {
  if (!(this instanceof Sign)) return new (Sign as Any)(algorithm, options);
  startUpdates(this, algorithm, options);
}

extendLazyStream(Sign, "Writable", {
  ...updating,

  sign(this: Any, options: Any, encoding?: Any): Any {
    if (!options) throw nodeError(Error, "ERR_CRYPTO_SIGN_KEY_REQUIRED", "No key provided to sign");
    const material = readKey(options, "usePrivate");
    const scheme = schemeOf(options);
    const { hash } = this[STATE];
    if (material.kind === "ed25519") throw unsupportedOperation();
    const signature = signDigest(material, hash, finishDigest(this[STATE]), scheme);
    return encodeResult(signature, encoding);
  },
});

export function Verify(this: Any, algorithm: Any, options?: Any): Any {
  if (!(this instanceof Verify)) return new (Verify as Any)(algorithm, options);
  startUpdates(this, algorithm, options);
}

extendLazyStream(Verify, "Writable", {
  ...updating,

  verify(this: Any, options: Any, signature: Any, encoding?: Any): boolean {
    const material = readKey(options, "usePublic");
    const scheme = schemeOf(options);
    const bytes = toBytes(signature, "signature", encoding);
    const { hash } = this[STATE];
    return verifyDigest(material, hash, finishDigest(this[STATE]), bytes, scheme);
  },
});

function encodeResult(bytes: Uint8Array, encoding: Any): Any {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return encoding && encoding !== "buffer" ? buffer.toString(encoding) : buffer;
}

export function createSign(algorithm: Any, options?: Any): Any {
  return new (Sign as Any)(algorithm, options);
}

export function createVerify(algorithm: Any, options?: Any): Any {
  return new (Verify as Any)(algorithm, options);
}

/** The hash of a one-shot signature: the one that was named, or OpenSSL's usual one. */
function hashOf(algorithm: Any): string {
  if (algorithm === null || algorithm === undefined) return "sha256";
  const hash = findHash(algorithm);
  if (hash === undefined || hash.startsWith("shake")) {
    throw nativeError(TypeError, "ERR_CRYPTO_INVALID_DIGEST", `Invalid digest: ${algorithm}`);
  }
  return hash;
}

function digestOf(hash: string, data: Uint8Array): Uint8Array {
  return new Uint8Array(digestAtOnce(hash, data)!);
}

export function sign(algorithm: Any, data: Any, key: Any, callback?: Any): Any {
  if (algorithm !== null && algorithm !== undefined) validateString(algorithm, "algorithm");
  if (callback !== undefined) validateFunction(callback, "callback");
  const bytes = toBytes(data, "data");
  if (!key) throw nodeError(Error, "ERR_CRYPTO_SIGN_KEY_REQUIRED", "No key provided to sign");
  const scheme = schemeOf(key);
  const material = readKey(key, "usePrivate");
  const compute = (): Buffer => {
    if (material.kind === "ed25519") {
      if (algorithm) throw invalidProviderDigest();
      return output(ed25519Sign(material.d!, bytes)!);
    }
    const hash = hashOf(algorithm);
    return encodeResult(signDigest(material, hash, digestOf(hash, bytes), scheme), undefined);
  };
  return atOnceOrLater(compute, callback);
}

export function verify(algorithm: Any, data: Any, key: Any, signature: Any, callback?: Any): Any {
  if (algorithm !== null && algorithm !== undefined) validateString(algorithm, "algorithm");
  if (callback !== undefined) validateFunction(callback, "callback");
  const bytes = toBytes(data, "data");
  const scheme = schemeOf(key);
  if (!ArrayBuffer.isView(signature)) {
    throw invalidArgType("signature", ["Buffer", "TypedArray", "DataView"], signature);
  }
  const signatureBytes = toBytes(signature, "signature");
  const material = readKey(key, "usePublic");
  const compute = (): boolean => {
    if (material.kind === "ed25519") {
      if (algorithm) throw invalidProviderDigest();
      return ed25519Verify(material.x, bytes, signatureBytes);
    }
    const hash = hashOf(algorithm);
    return verifyDigest(material, hash, digestOf(hash, bytes), signatureBytes, scheme);
  };
  return atOnceOrLater(compute, callback);
}

function atOnceOrLater<T>(compute: () => T, callback: Any): T | undefined {
  if (callback === undefined) return compute();
  setImmediate(() => {
    let result;
    try {
      result = compute();
    } catch (error) {
      return callback(error);
    }
    callback(null, result);
  });
  return undefined;
}
