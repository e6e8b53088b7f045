import { Buffer } from "node:buffer";
import { randomBytes } from "laconic:crypto";
import { ecGenerate, modPow, rsaGenerate } from "laconic:keys";
import type { Any } from "../internal/any.js";
import { invalidArgValue, outOfRange } from "../internal/errors.js";
import {
  validateFunction,
  validateInteger,
  validateNumber,
  validateObject,
  validateString,
} from "../internal/validate.js";
import { toBytes } from "./bytes.js";
import { invalidDigest, nativeError } from "./errors.js";
import { findHash } from "./hash-names.js";
import { GROUPS } from "./groups.js";
import { ecPrivate, findCurve, okpPrivate, publicOf, type AsymmetricMaterial } from "./keys/material.js";
import { exportOptions, keyObject, privateResult, publicResult } from "./keys/object.js";

const UINT32 = 2 ** 32 - 1;

/** The bytes of a number. */
function numberBytes(number: number): Uint8Array {
  const hex = number.toString(16);
  return Buffer.from(hex.length % 2 ? `0${hex}` : hex, "hex");
}

function generateRsa(kind: "rsa" | "rsa-pss", options: Any): () => AsymmetricMaterial {
  validateObject(options, "options");
  const { modulusLength, publicExponent = 0x10001 } = options as Any;
  validateUint32(modulusLength, "options.modulusLength");
  validateUint32(publicExponent, "options.publicExponent");
  const pss = kind === "rsa-pss" ? pssParameters(options) : undefined;
  return () => {
    const numbers = rsaGenerate(modulusLength, numberBytes(publicExponent));
    if (numbers === undefined)
      throw nativeError(Error, "ERR_CRYPTO_OPERATION_FAILED", "Key generation job failed");
    const [n, e, d, p, q, dp, dq, qi] = numbers.map((number) => new Uint8Array(number));
    return {
      type: "private",
      kind,
      numbers: { n: n!, e: e!, d: d!, p: p!, q: q!, dp: dp!, dq: dq!, qi: qi! },
      ...(pss && { pss }),
    };
  };
}

function validateUint32(value: Any, name: string): void {
  validateNumber(value, name);
  if (!Number.isInteger(value)) throw outOfRange(name, "an integer", value);
  if (value < 0 || value > UINT32) throw outOfRange(name, `>= 0 && <= ${UINT32}`, value);
}

function pssParameters({ hashAlgorithm, hash, mgf1HashAlgorithm, mgf1Hash, saltLength }: Any): Any {
  if (saltLength !== undefined) validateInteger(saltLength, "options.saltLength", 0, 2 ** 31 - 1);
  const name = hashAlgorithm ?? hash;
  const maskName = mgf1HashAlgorithm ?? mgf1Hash;
  if (name !== undefined) validateString(name, "options.hashAlgorithm");
  if (maskName !== undefined) validateString(maskName, "options.mgf1HashAlgorithm");
  if (name === undefined && maskName === undefined && saltLength === undefined) return undefined;
  const [digest, mask] = [name ?? "sha1", maskName ?? name ?? "sha1"].map((one: string) => {
    const found = findHash(one);
    if (found === undefined) throw invalidDigest(one);
    return found;
  });
  return { hash: digest, maskHash: mask, saltLength: saltLength ?? 20 };
}

function generateEc(options: Any): () => AsymmetricMaterial {
  validateObject(options, "options");
  const { namedCurve, paramEncoding } = options as Any;
  validateString(namedCurve, "options.namedCurve");
  if (paramEncoding !== undefined && paramEncoding !== null && paramEncoding !== "named") {
    throw invalidArgValue("options.paramEncoding", paramEncoding);
  }
  const curve = findCurve(namedCurve);
  if (curve === undefined) throw nativeError(TypeError, "ERR_CRYPTO_INVALID_CURVE", "Invalid EC curve name");
  return () => ecPrivate(curve, new Uint8Array(ecGenerate(curve)!));
}

function generateDh(options: Any): () => AsymmetricMaterial {
  validateObject(options, "options");
  const { group, prime, generator = 2 } = options as Any;
  let modulus: Uint8Array;
  if (group !== undefined && group !== null) {
    validateString(group, "options.group");
    if (GROUPS[group] === undefined)
      throw nativeError(Error, "ERR_CRYPTO_UNKNOWN_DH_GROUP", "Unknown DH group");
    modulus = GROUPS[group]();
  } else {
    modulus = toBytes(prime, "options.prime");
  }
  const base = numberBytes(generator);
  return () => {
    const x = new Uint8Array(randomBytes(modulus.length - 1));
    const y = new Uint8Array(modPow(base, x, modulus)!);
    return { type: "private", kind: "dh", prime: modulus, generator: base, x, y };
  };
}

function generator(type: Any, options: Any): () => AsymmetricMaterial {
  switch (type) {
    case "rsa":
    case "rsa-pss":
      return generateRsa(type, options);
    case "ec":
      return generateEc(options);
    case "dh":
      return generateDh(options);
    case "ed25519":
    case "x25519":
      return () => okpPrivate(type, new Uint8Array(randomBytes(32)));
    default:
      throw invalidArgValue("type", type, "must be a supported key type");
  }
}

/** How the two keys are wanted, checked before anything is generated. */
function encodings(options: Any): { publicKeyEncoding: Any; privateKeyEncoding: Any } {
  const { publicKeyEncoding, privateKeyEncoding } = options ?? {};
  const check = (encoding: Any, name: string, types: string[]): Any => {
    if (encoding === undefined || encoding === null) return undefined;
    if (typeof encoding !== "object") throw invalidArgValue(`options.${name}`, encoding);
    if (encoding.format !== "jwk") exportOptions(encoding, `options.${name}`, types);
    return encoding;
  };
  return {
    publicKeyEncoding: check(publicKeyEncoding, "publicKeyEncoding", ["pkcs1", "spki"]),
    privateKeyEncoding: check(privateKeyEncoding, "privateKeyEncoding", ["pkcs1", "pkcs8", "sec1"]),
  };
}

function pair(type: Any, options: Any): () => { publicKey: Any; privateKey: Any } {
  validateString(type, "type");
  if (options !== undefined) validateObject(options, "options");
  const { publicKeyEncoding, privateKeyEncoding } = encodings(options);
  const generate = generator(type, options);
  return () => {
    const material = generate();
    return {
      publicKey: publicResult(publicOf(material), publicKeyEncoding),
      privateKey: privateResult(material, privateKeyEncoding),
    };
  };
}

export function generateKeyPairSync(type: Any, options?: Any): Any {
  return pair(type, options)();
}

export function generateKeyPair(type: Any, options: Any, callback?: Any): void {
  if (typeof options === "function") {
    callback = options;
    options = undefined;
  }
  validateFunction(callback, "callback");
  const generate = pair(type, options);
  setImmediate(() => {
    let keys;
    try {
      keys = generate();
    } catch (error) {
      return callback(error);
    }
    callback(null, keys.publicKey, keys.privateKey);
  });
}

/** util.promisify(generateKeyPair) gives an object of both. */
Object.defineProperty(generateKeyPair, Symbol.for("nodejs.util.promisify.custom"), {
  value: (type: Any, options: Any) =>
    new Promise((resolve, reject) => {
      generateKeyPair(type, options, (error: Any, publicKey: Any, privateKey: Any) => {
        if (error) reject(error);
        else resolve({ publicKey, privateKey });
      });
    }),
});

function secret(type: Any, options: Any): () => Any {
  validateString(type, "type");
  validateObject(options, "options");
  const { length } = options as Any;
  if (type === "hmac") validateInteger(length, "options.length", 8, 2 ** 31 - 1);
  else if (type === "aes") {
    if (length !== 128 && length !== 192 && length !== 256) {
      validateNumber(length, "options.length");
      throw invalidArgValue("options.length", length, "must be one of: 128, 192, 256");
    }
  } else throw invalidArgValue("type", type, "must be a supported key type");
  return () => keyObject({ type: "secret", bytes: new Uint8Array(randomBytes(Math.floor(length / 8))) });
}

export function generateKeySync(type: Any, options: Any): Any {
  return secret(type, options)();
}

export function generateKey(type: Any, options: Any, callback: Any): void {
  const generate = secret(type, options);
  validateFunction(callback, "callback");
  setImmediate(() => callback(null, generate()));
}
