import { Buffer } from "node:buffer";
import type { Any } from "../../internal/any.js";
import { encodePkcs8, encodeSpki } from "../keys/encode.js";
import { exportJwk } from "../keys/jwk.js";
import { MATERIAL, type AsymmetricMaterial } from "../keys/material.js";
import type { CryptoKey } from "./crypto-key.js";
import { failure, notSupported } from "./errors.js";
import type { Format } from "./import.js";
import { FAMILIES, jwkAlgorithm } from "./kinds.js";

/** The data of a key: bytes, or a JWK. */
export function exportKey(format: Format, key: CryptoKey): ArrayBuffer | Any {
  if (!key.extractable) throw failure("key is not extractable", "InvalidAccessException");
  const material = key[MATERIAL];
  const { name } = key.algorithm;
  if (format === "jwk") return jwkOf(key);
  if (material.type === "secret") {
    if (format === "raw") return copy(material.bytes);
  } else if (format === "spki" && material.type === "public") {
    return copy(encodeSpki(material));
  } else if (format === "pkcs8" && material.type === "private") {
    return copy(encodePkcs8(material));
  } else if (format === "raw" && material.type === "public") {
    const bytes = rawPublic(material);
    if (bytes) return copy(bytes);
  }
  throw notSupported(
    `Unable to export ${FAMILIES[name] ? name : "the"} ${material.type} key using ${format} format`,
  );
}

function rawPublic(material: AsymmetricMaterial): Uint8Array | undefined {
  if (material.kind === "ec") return material.point;
  return material.kind === "ed25519" || material.kind === "x25519" ? material.x : undefined;
}

function copy(bytes: Uint8Array): ArrayBuffer {
  return bytes.slice().buffer as ArrayBuffer;
}

function jwkOf(key: CryptoKey): Any {
  const { name, length, hash } = key.algorithm;
  const material = key[MATERIAL];
  const alg = jwkAlgorithm(name, { ...(length && { length }), ...(hash && { hash: hash.name }) });
  const head = { key_ops: key.usages, ext: key.extractable, ...(alg && { alg }) };
  return { ...head, ...exportJwk(material.type === "secret" ? material : plain(material)) };
}

/** PSS is in the name of the algorithm, not in the key. */
function plain(material: AsymmetricMaterial): AsymmetricMaterial {
  return material.kind === "rsa-pss" ? { ...material, kind: "rsa" } : material;
}

/** A JWK as the bytes that are wrapped. */
export function jwkBytes(jwk: Any): Uint8Array {
  return new Uint8Array(Buffer.from(JSON.stringify(jwk)));
}
