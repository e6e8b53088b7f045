import { equal } from "laconic:crypto";
import type { Any } from "./internal/any.js";
import { nodeError } from "./internal/errors.js";
import { isAnyArrayBuffer, viewBytes } from "./crypto/bytes.js";
import { constants } from "./crypto/constants.js";
import { hkdf, hkdfSync, pbkdf2, pbkdf2Sync, scrypt, scryptSync } from "./crypto/derivation.js";
import { nativeError } from "./crypto/errors.js";
import { hash, Hash, Hmac } from "./crypto/hash.js";
import { hashNames } from "./crypto/hash-names.js";
import { webcrypto } from "./crypto/webcrypto.js";
import {
  getRandomValues,
  randomBytes,
  randomFill,
  randomFillSync,
  randomInt,
  randomUUID,
} from "./crypto/random.js";

export { constants, getRandomValues, hash, Hash, hkdf, hkdfSync, Hmac, pbkdf2, pbkdf2Sync };
export { randomBytes, randomFill, randomFillSync, randomInt, randomUUID, scrypt, scryptSync };

export function createHash(algorithm: Any, options?: Any): Any {
  return new (Hash as Any)(algorithm, options);
}

export function createHmac(algorithm: Any, key: Any, options?: Any): Any {
  return new (Hmac as Any)(algorithm, key, options);
}

export function getHashes(): string[] {
  return hashNames();
}

export function timingSafeEqual(left: Any, right: Any): boolean {
  const [leftBytes, rightBytes] = [comparable(left, "buf1"), comparable(right, "buf2")];
  if (leftBytes.length !== rightBytes.length) {
    throw nativeError(
      RangeError,
      "ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH",
      "Input buffers must have the same byte length",
    );
  }
  return equal(leftBytes, rightBytes);
}

function comparable(value: Any, name: string): Uint8Array {
  if (ArrayBuffer.isView(value)) return viewBytes(value);
  if (isAnyArrayBuffer(value)) return new Uint8Array(value);
  const kinds = "an instance of ArrayBuffer, Buffer, TypedArray, or DataView.";
  throw nativeError(TypeError, "ERR_INVALID_ARG_TYPE", `The "${name}" argument must be ${kinds}`);
}

// What follows is evaluated when it is first used: an app that hashes pays for the hashes.

const ciphers = (): Any => require("./crypto/cipher.js");
const keys = (): Any => require("./crypto/keys/object.js");
const signatures = (): Any => require("./crypto/sign.js");
const rsa = (): Any => require("./crypto/rsa.js");
const generation = (): Any => require("./crypto/generate.js");
const ecdh = (): Any => require("./crypto/ecdh.js");
const dh = (): Any => require("./crypto/dh.js");
const primes = (): Any => require("./crypto/primes.js");
const certificates = (): Any => require("./crypto/x509.js");

export function getCiphers(): Any {
  return ciphers().getCiphers();
}

export function getCipherInfo(nameOrNid: Any, options?: Any): Any {
  return ciphers().getCipherInfo(nameOrNid, options);
}

export function createPrivateKey(key: Any): Any {
  return keys().createPrivateKey(key);
}

export function createPublicKey(key: Any): Any {
  return keys().createPublicKey(key);
}

export function createSecretKey(key: Any, encoding?: Any): Any {
  return keys().createSecretKey(key, encoding);
}

export function createSign(algorithm: Any, options?: Any): Any {
  return signatures().createSign(algorithm, options);
}

export function createVerify(algorithm: Any, options?: Any): Any {
  return signatures().createVerify(algorithm, options);
}

export function sign(algorithm: Any, data: Any, key: Any, callback?: Any): Any {
  return signatures().sign(algorithm, data, key, callback);
}

export function verify(algorithm: Any, data: Any, key: Any, signature: Any, callback?: Any): Any {
  return signatures().verify(algorithm, data, key, signature, callback);
}

export function publicEncrypt(key: Any, buffer: Any): Any {
  return rsa().publicEncrypt(key, buffer);
}

export function publicDecrypt(key: Any, buffer: Any): Any {
  return rsa().publicDecrypt(key, buffer);
}

export function privateEncrypt(key: Any, buffer: Any): Any {
  return rsa().privateEncrypt(key, buffer);
}

export function privateDecrypt(key: Any, buffer: Any): Any {
  return rsa().privateDecrypt(key, buffer);
}

export function generateKeyPairSync(type: Any, options?: Any): Any {
  return generation().generateKeyPairSync(type, options);
}

export function generateKey(type: Any, options: Any, callback: Any): Any {
  return generation().generateKey(type, options, callback);
}

export function generateKeySync(type: Any, options: Any): Any {
  return generation().generateKeySync(type, options);
}

export function createECDH(curve: Any): Any {
  return ecdh().createECDH(curve);
}

export function diffieHellman(options: Any, callback?: Any): Any {
  return ecdh().diffieHellman(options, callback);
}

export function getCurves(): Any {
  return ecdh().getCurves();
}

export function createDiffieHellman(
  sizeOrKey: Any,
  keyEncoding?: Any,
  generator?: Any,
  generatorEncoding?: Any,
): Any {
  return dh().createDiffieHellman(sizeOrKey, keyEncoding, generator, generatorEncoding);
}

export function getDiffieHellman(name: Any): Any {
  return dh().getDiffieHellman(name);
}

export function generatePrime(size: Any, options: Any, callback?: Any): Any {
  return primes().generatePrime(size, options, callback);
}

export function generatePrimeSync(size: Any, options?: Any): Any {
  return primes().generatePrimeSync(size, options);
}

export function checkPrime(candidate: Any, options: Any, callback?: Any): Any {
  return primes().checkPrime(candidate, options, callback);
}

export function checkPrimeSync(candidate: Any, options?: Any): Any {
  return primes().checkPrimeSync(candidate, options);
}

export function createCipheriv(cipher: Any, key: Any, iv: Any, options?: Any): Any {
  return new (ciphers().Cipheriv)(cipher, key, iv, options);
}

export function createDecipheriv(cipher: Any, key: Any, iv: Any, options?: Any): Any {
  return new (ciphers().Decipheriv)(cipher, key, iv, options);
}

export function generateKeyPair(type: Any, options: Any, callback?: Any): void {
  generation().generateKeyPair(type, options, callback);
}
Object.defineProperty(generateKeyPair, Symbol.for("nodejs.util.promisify.custom"), {
  value: (type: Any, options: Any) =>
    new Promise((resolve, reject) => {
      generateKeyPair(type, options, (error: Any, publicKey: Any, privateKey: Any) => {
        if (error) reject(error);
        else resolve({ publicKey, privateKey });
      });
    }),
});

export { getDiffieHellman as createDiffieHellmanGroup };

export { Cipheriv, Decipheriv } from "./crypto/cipher.js";
export { DiffieHellman, DiffieHellmanGroup } from "./crypto/dh.js";
export { ECDH } from "./crypto/ecdh.js";
export { KeyObject } from "./crypto/keys/object.js";
export { Sign, Verify } from "./crypto/sign.js";
export { X509Certificate } from "./crypto/x509.js";
export { subtle } from "./crypto/subtle.js";
export { webcrypto };

export function getFips(): number {
  return 0;
}

export function setFips(isOn: Any): void {
  if (!isOn) return;
  throw nodeError(Error, "ERR_CRYPTO_FIPS_UNAVAILABLE", "Cannot set FIPS mode in a non-FIPS build.");
}

export function setEngine(id: Any): void {
  throw nodeError(Error, "ERR_CRYPTO_ENGINE_UNKNOWN", `Engine "${id}" was not found`);
}

export function secureHeapUsed(): Any {
  return { total: 0, used: 0, utilization: 0, min: 0 };
}

const crypto: Any = {
  checkPrime,
  checkPrimeSync,
  createCipheriv,
  createDecipheriv,
  createDiffieHellman,
  createDiffieHellmanGroup: getDiffieHellman,
  createECDH,
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  createSign,
  createVerify,
  diffieHellman,
  generatePrime,
  generatePrimeSync,
  getCiphers,
  getCipherInfo,
  getCurves,
  getDiffieHellman,
  getHashes,
  hkdf,
  hkdfSync,
  pbkdf2,
  pbkdf2Sync,
  generateKeyPair,
  generateKeyPairSync,
  generateKey,
  generateKeySync,
  privateDecrypt,
  privateEncrypt,
  publicDecrypt,
  publicEncrypt,
  randomBytes,
  randomFill,
  randomFillSync,
  randomInt,
  randomUUID,
  scrypt,
  scryptSync,
  sign,
  setEngine,
  timingSafeEqual,
  getFips,
  setFips,
  verify,
  hash,
  Hash,
  Hmac,
  secureHeapUsed,
  webcrypto,
  getRandomValues,
};

/** Names whose modules are evaluated when they are first read. */
const LATE: Readonly<Record<string, () => Any>> = {
  Cipheriv: ciphers,
  Decipheriv: ciphers,
  DiffieHellman: dh,
  DiffieHellmanGroup: dh,
  ECDH: ecdh,
  KeyObject: keys,
  Sign: signatures,
  Verify: signatures,
  X509Certificate: certificates,
  subtle: () => require("./crypto/subtle.js"),
};
for (const [name, load] of Object.entries(LATE)) {
  Object.defineProperty(crypto, name, {
    enumerable: true,
    configurable: true,
    get: () => load()[name],
    set(value) {
      Object.defineProperty(crypto, name, { value, writable: true, enumerable: true, configurable: true });
    },
  });
}
Object.defineProperty(crypto, "constants", { enumerable: true, value: constants });
Object.defineProperty(crypto, "fips", { get: getFips, set: setFips });
// Older names, which Node does not list either.
for (const name of ["prng", "pseudoRandomBytes", "rng"]) {
  Object.defineProperty(crypto, name, { value: randomBytes, writable: true, configurable: true });
}

export default crypto;
