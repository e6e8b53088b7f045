import { Buffer } from "node:buffer";
import type { Any } from "../../internal/any.js";
import { isDomException } from "../../internal/dom-exception.js";
import { decodePkcs8, decodeSpki } from "../keys/decode.js";
import { importJwk } from "../keys/jwk.js";
import {
  ecPublicKey,
  okpPublic,
  rsaHandle,
  type AsymmetricMaterial,
  type Material,
} from "../keys/material.js";
import { CURVE_NAMES } from "./algorithms.js";
import { cryptoKey, type CryptoKey } from "./crypto-key.js";
import { dataError, notSupported, syntaxError } from "./errors.js";
import { FAMILIES, jwkAlgorithm, keyTitle, USAGES } from "./kinds.js";

export type Format = "raw" | "pkcs8" | "spki" | "jwk";

const KEY_KIND: Readonly<Record<string, string>> = { Ed25519: "ed25519", X25519: "x25519" };

/** The key of some key data. */
export function importKey(
  format: Format,
  data: Any,
  algorithm: Any,
  extractable: boolean,
  usages: string[],
): CryptoKey {
  const { name } = algorithm;
  const family = FAMILIES[name]!;
  if (format === "jwk") {
    const material = readJwk(data, algorithm, extractable, usages);
    return wrapMaterial(material, algorithm, extractable, usages);
  }
  if (family === "hmac" || family === "aes" || family === "derivation") {
    if (format !== "raw") throw unableToImport(name, format);
    return wrapMaterial({ type: "secret", bytes: data }, algorithm, extractable, usages);
  }
  return wrapMaterial(readAsymmetric(format, data, algorithm), algorithm, extractable, usages);
}

function unableToImport(name: string, format: Format): DOMException {
  return notSupported(`Unable to import ${name} using ${format} format`);
}

function readAsymmetric(
  format: Exclude<Format, "jwk">,
  data: Uint8Array,
  algorithm: Any,
): AsymmetricMaterial {
  const { name } = algorithm;
  if (format === "raw") return readRaw(data, algorithm);
  let material: AsymmetricMaterial;
  try {
    material = format === "spki" ? decodeSpki(data) : decodePkcs8(data);
  } catch (error) {
    throw dataError("Invalid keyData", error);
  }
  checkKind(material, name);
  return material;
}

function readRaw(data: Uint8Array, { name, namedCurve }: Any): AsymmetricMaterial {
  try {
    if (FAMILIES[name] === "ec") return ecPublicKey(curveOf(namedCurve), data);
    if (FAMILIES[name] === "okp") return okpPublic(KEY_KIND[name] as "ed25519", data);
  } catch (error: Any) {
    if (isDomException(error)) throw error;
    throw dataError("Invalid keyData");
  }
  throw unableToImport(name, "raw");
}

function curveOf(namedCurve: Any): string {
  const curve = Object.hasOwn(CURVE_NAMES, namedCurve) ? CURVE_NAMES[namedCurve] : undefined;
  if (curve === undefined) throw notSupported("Unrecognized namedCurve");
  return curve;
}

function checkKind(material: AsymmetricMaterial, name: string): void {
  const wanted = FAMILIES[name] === "okp" ? KEY_KIND[name] : FAMILIES[name];
  if (material.kind !== wanted) throw dataError("Invalid key type");
}

const KTY: Readonly<Record<string, string>> = { hmac: "oct", aes: "oct", rsa: "RSA", ec: "EC", okp: "OKP" };
const SIGNATURES = ["HMAC", "RSASSA-PKCS1-v1_5", "RSA-PSS", "ECDSA", "Ed25519"];

function readJwk(jwk: Any, algorithm: Any, extractable: boolean, usages: string[]): Material {
  const { name } = algorithm;
  const family = FAMILIES[name]!;
  if (family === "derivation") throw unableToImport(name, "jwk");
  if (jwk === null || typeof jwk !== "object" || !jwk.kty) throw dataError("Invalid keyData");
  if (jwk.kty !== KTY[family]) throw dataError('Invalid JWK "kty" Parameter');
  if (usages.length > 0 && jwk.use !== undefined && jwk.use !== (SIGNATURES.includes(name) ? "sig" : "enc")) {
    throw dataError('Invalid JWK "use" Parameter');
  }
  checkKeyOperations(jwk.key_ops, usages);
  if (jwk.ext !== undefined && jwk.ext === false && extractable) {
    throw dataError('JWK "ext" Parameter and extractable mismatch');
  }
  if (family === "hmac" || family === "aes") return readSecretJwk(jwk, algorithm);
  const hash = algorithm.hash?.name;
  const alg = jwkAlgorithm(name, { ...(hash !== undefined && { hash }) });
  if (family === "rsa" && jwk.alg !== undefined && jwk.alg !== alg) throw wrongJwkAlgorithm();
  if (family === "ec") {
    curveOf(algorithm.namedCurve);
    if (jwk.crv !== algorithm.namedCurve) throw dataError('JWK "crv" does not match the requested algorithm');
    const expected = { "P-256": "ES256", "P-384": "ES384", "P-521": "ES512" }[jwk.crv as "P-256"];
    if (name === "ECDSA" && jwk.alg !== undefined && jwk.alg !== expected) throw wrongJwkAlgorithm();
  }
  if (family === "okp" && jwk.crv !== name)
    throw dataError('JWK "crv" Parameter and algorithm name mismatch');
  try {
    return importJwk(jwk, jwk.d === undefined);
  } catch (error) {
    throw dataError("Invalid keyData", error);
  }
}

function wrongJwkAlgorithm(): DOMException {
  return dataError('JWK "alg" does not match the requested algorithm');
}

function checkKeyOperations(operations: Any, usages: readonly string[]): void {
  if (operations === undefined) return;
  if (!Array.isArray(operations)) throw dataError("Invalid keyData");
  if (new Set(operations).size !== operations.length) throw dataError("Duplicate key operation");
  if (!usages.every((usage) => operations.includes(usage)))
    throw dataError("Key operations and usage mismatch");
}

function readSecretJwk(jwk: Any, algorithm: Any): Material {
  if (typeof jwk.k !== "string") throw dataError("Invalid keyData");
  const bytes = new Uint8Array(Buffer.from(jwk.k, "base64url"));
  const hash = algorithm.hash?.name;
  const alg = jwkAlgorithm(algorithm.name, { length: bytes.length * 8, ...(hash !== undefined && { hash }) });
  if (jwk.alg !== undefined && jwk.alg !== alg) throw wrongJwkAlgorithm();
  return { type: "secret", bytes };
}

/** Checks usages and lengths, and gives the key its algorithm. */
export function wrapMaterial(
  material: Material,
  algorithm: Any,
  extractable: boolean,
  usages: string[],
): CryptoKey {
  const { name } = algorithm;
  const allowed = USAGES[name]![material.type] ?? [];
  if (!usages.every((usage) => allowed.includes(usage))) {
    throw syntaxError(`Unsupported key usage for ${keyTitle(name)} key`);
  }
  const details = describe(material, algorithm, extractable);
  if (usages.length === 0 && material.type !== "public") {
    throw syntaxError(`Usages cannot be empty when importing a ${material.type} key.`);
  }
  return cryptoKey(material, details, extractable, usages);
}

function describe(material: Material, algorithm: Any, extractable: boolean): Any {
  const { name, hash } = algorithm;
  switch (FAMILIES[name]) {
    case "derivation":
      if (extractable) throw syntaxError(`${name} keys are not extractable`);
      return { name };
    case "hmac": {
      const bits = (material as Any).bytes.length * 8;
      if (bits === 0) throw dataError("Zero-length key is not supported");
      if (algorithm.length !== undefined && (algorithm.length > bits || algorithm.length <= bits - 8)) {
        throw dataError("Invalid key length");
      }
      return { name, hash: { name: hash.name }, length: algorithm.length ?? bits };
    }
    case "aes": {
      const length = (material as Any).bytes.length * 8;
      if (length !== 128 && length !== 192 && length !== 256) throw dataError("Invalid key length");
      return { name, length };
    }
    case "rsa": {
      const { n, e } = (material as Any).numbers;
      checkRsa(material as Any);
      const modulusLength = n.length * 8 - Math.clz32(n[0]) + 24;
      return { name, modulusLength, publicExponent: new Uint8Array(e), hash: { name: hash.name } };
    }
    case "ec":
      curveOf(algorithm.namedCurve);
      if ((material as Any).curve !== CURVE_NAMES[algorithm.namedCurve])
        throw dataError("Named curve mismatch");
      return { name, namedCurve: algorithm.namedCurve };
    default:
      return { name };
  }
}

function checkRsa(material: Any): void {
  try {
    rsaHandle(material);
  } catch (error) {
    throw dataError("Invalid keyData", error);
  }
}
