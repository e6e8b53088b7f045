import type { Any } from "../../internal/any.js";
import { nodeError } from "../../internal/errors.js";
import { isAnyArrayBuffer } from "../bytes.js";
import { notSupported } from "./errors.js";

/** The engine's name of a hash, by WebCrypto's. */
export const HASHES: Readonly<Record<string, string>> = {
  "SHA-1": "sha1",
  "SHA-256": "sha256",
  "SHA-384": "sha384",
  "SHA-512": "sha512",
};

/** OpenSSL's name of a curve, by WebCrypto's. */
export const CURVE_NAMES: Readonly<Record<string, string>> = {
  "P-256": "prime256v1",
  "P-384": "secp384r1",
  "P-521": "secp521r1",
};

/** What an operation wants to know besides the name: WebCrypto's name of the dictionary, and its required members. */
type Parameters = readonly [dictionary: string, ...members: string[]] | null;

const RSA_KEY_GENERATION: Parameters = ["RsaHashedKeyGenParams", "hash", "modulusLength", "publicExponent"];
const RSA_IMPORT: Parameters = ["RsaHashedImportParams", "hash"];
const EC_GENERATION: Parameters = ["EcKeyGenParams", "namedCurve"];
const EC_IMPORT: Parameters = ["EcKeyImportParams", "namedCurve"];
const AES_GENERATION: Parameters = ["AesKeyGenParams", "length"];
const CBC: Parameters = ["AesCbcParams", "iv"];
const CTR: Parameters = ["AesCtrParams", "counter", "length"];
const GCM: Parameters = ["AesGcmParams", "iv"];
const ECDSA: Parameters = ["EcdsaParams", "hash"];
const ECDH: Parameters = ["EcdhKeyDeriveParams", "public"];

/** Which algorithms each operation knows. */
const OPERATIONS: Readonly<Record<string, Readonly<Record<string, Parameters>>>> = {
  digest: { "SHA-1": null, "SHA-256": null, "SHA-384": null, "SHA-512": null },
  generateKey: {
    "RSASSA-PKCS1-v1_5": RSA_KEY_GENERATION,
    "RSA-PSS": RSA_KEY_GENERATION,
    "RSA-OAEP": RSA_KEY_GENERATION,
    ECDSA: EC_GENERATION,
    ECDH: EC_GENERATION,
    "AES-CTR": AES_GENERATION,
    "AES-CBC": AES_GENERATION,
    "AES-GCM": AES_GENERATION,
    "AES-KW": AES_GENERATION,
    HMAC: ["HmacKeyGenParams", "hash"],
    Ed25519: null,
    X25519: null,
  },
  importKey: {
    "RSASSA-PKCS1-v1_5": RSA_IMPORT,
    "RSA-PSS": RSA_IMPORT,
    "RSA-OAEP": RSA_IMPORT,
    ECDSA: EC_IMPORT,
    ECDH: EC_IMPORT,
    HMAC: ["HmacImportParams", "hash"],
    "AES-CTR": null,
    "AES-CBC": null,
    "AES-GCM": null,
    "AES-KW": null,
    HKDF: null,
    PBKDF2: null,
    Ed25519: null,
    X25519: null,
  },
  sign: {
    "RSASSA-PKCS1-v1_5": null,
    "RSA-PSS": ["RsaPssParams", "saltLength"],
    ECDSA,
    HMAC: null,
    Ed25519: null,
  },
  encrypt: { "RSA-OAEP": null, "AES-CBC": CBC, "AES-CTR": CTR, "AES-GCM": GCM },
  deriveBits: {
    HKDF: ["HkdfParams", "hash", "info", "salt"],
    PBKDF2: ["Pbkdf2Params", "hash", "iterations", "salt"],
    ECDH,
    X25519: ECDH,
  },
  wrapKey: { "AES-KW": null },
};

const SAME: Readonly<Record<string, string>> = { verify: "sign", decrypt: "encrypt", unwrapKey: "wrapKey" };

/** An algorithm as the specification normalises it: its own name, and its parameters checked for presence. */
export function normalize(algorithm: Any, operation: string): Any {
  const given = typeof algorithm === "string" ? { name: algorithm } : algorithm;
  if (given === null || (typeof given !== "object" && typeof given !== "function")) {
    throw missingMember("Algorithm", "name");
  }
  if (given.name === undefined) throw missingMember("Algorithm", "name");
  const known = OPERATIONS[SAME[operation] ?? operation] ?? {};
  const wanted = `${given.name}`.toLowerCase();
  const name = Object.keys(known).find((one) => one.toLowerCase() === wanted);
  if (name === undefined) throw notSupported();
  const [dictionary, ...members] = known[name] ?? ["Algorithm"];
  for (const member of members) if (given[member] === undefined) throw missingMember(dictionary, member);
  const normalized = { ...given, name };
  if (given.hash !== undefined) normalized.hash = normalize(given.hash, "digest");
  for (const member of ["iv", "salt", "info", "counter", "label", "additionalData"]) {
    if (members.includes(member) || given[member] !== undefined)
      normalized[member] = bufferSource(given[member], member);
  }
  return normalized;
}

/** Whether the operation knows the algorithm. */
export function supports(algorithm: Any, operation: string): boolean {
  try {
    normalize(algorithm, operation);
    return true;
  } catch (error: Any) {
    if (error?.name === "NotSupportedError") return false;
    throw error;
  }
}

function missingMember(dictionary: string, member: string): Error {
  return nodeError(
    TypeError,
    "ERR_MISSING_OPTION",
    `Failed to normalize algorithm: passed algorithm can not be converted to '${dictionary}' because '${member}' is ` +
      `required in '${dictionary}'.`,
  );
}

/** A copy of the bytes, as they are at the call. */
function bufferSource(value: Any, member: string): Uint8Array {
  const bytes = sourceBytes(value);
  if (bytes !== undefined) return bytes;
  throw nodeError(
    TypeError,
    "ERR_INVALID_ARG_TYPE",
    `Failed to normalize algorithm: '${member}' of passed algorithm is not instance of ArrayBuffer, Buffer, ` +
      "TypedArray, or DataView.",
  );
}

export function sourceBytes(value: Any): Uint8Array | undefined {
  if (ArrayBuffer.isView(value))
    return new Uint8Array(value.buffer, value.byteOffset, value.byteLength).slice();
  return isAnyArrayBuffer(value) ? new Uint8Array(value).slice() : undefined;
}
