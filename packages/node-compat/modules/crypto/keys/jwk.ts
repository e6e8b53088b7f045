import { Buffer } from "node:buffer";
import type { Any } from "../../internal/any.js";
import { invalidArgValue } from "../../internal/errors.js";
import { validateObject, validateOneOf, validateString } from "../../internal/validate.js";
import { invalidJwk, nativeError } from "../errors.js";
import {
  CURVES,
  ecPrivate,
  ecPublicKey,
  okpPrivate,
  okpPublic,
  padded,
  type AsymmetricMaterial,
  type Material,
  type RsaNumbers,
} from "./material.js";
import { concat } from "./der.js";

const RSA_PRIVATE = ["d", "p", "q", "dp", "dq", "qi"] as const;

function decoded(jwk: Any, name: string): Uint8Array {
  validateString(jwk[name], `key.${name}`);
  return Buffer.from(jwk[name], "base64url");
}

/** A key from a JSON Web Key (RFC 7517). `wantsPublic` takes the public half of a private one. */
export function importJwk(jwk: Any, wantsPublic: boolean): AsymmetricMaterial {
  validateObject(jwk, "key");
  const { kty } = jwk as Any;
  validateOneOf(kty, "key.kty", ["RSA", "EC", "OKP"]);
  if (kty === "RSA") return importRsa(jwk, wantsPublic);
  return kty === "EC" ? importEc(jwk, wantsPublic) : importOkp(jwk, wantsPublic);
}

function importRsa(jwk: Any, wantsPublic: boolean): AsymmetricMaterial {
  const n = decoded(jwk, "n");
  const e = decoded(jwk, "e");
  if (wantsPublic) return { type: "public", kind: "rsa", numbers: { n, e } };
  const numbers: Any = { n, e };
  for (const name of RSA_PRIVATE) numbers[name] = decoded(jwk, name);
  return { type: "private", kind: "rsa", numbers: numbers as RsaNumbers };
}

function importEc(jwk: Any, wantsPublic: boolean): AsymmetricMaterial {
  validateOneOf(jwk.crv, "key.crv", ["P-256", "secp256k1", "P-384", "P-521"]);
  const curve = Object.keys(CURVES).find((name) => CURVES[name]!.jwk === jwk.crv)!;
  const { length } = CURVES[curve]!;
  const x = decoded(jwk, "x");
  const y = decoded(jwk, "y");
  const d = wantsPublic ? undefined : decoded(jwk, "d");
  try {
    const key = ecPublicKey(curve, concat([Uint8Array.of(4), padded(x, length), padded(y, length)]));
    if (d === undefined) return key;
    const privateKey = ecPrivate(curve, d);
    if (Buffer.compare(privateKey.point, key.point) !== 0) throw invalidJwk();
    return privateKey;
  } catch {
    throw nativeError(TypeError, "ERR_CRYPTO_INVALID_JWK", "Invalid JWK EC key");
  }
}

function importOkp(jwk: Any, wantsPublic: boolean): AsymmetricMaterial {
  validateOneOf(jwk.crv, "key.crv", ["Ed25519", "Ed448", "X25519", "X448"]);
  const kind = ({ Ed25519: "ed25519", X25519: "x25519" } as const)[jwk.crv as "Ed25519"];
  const x = decoded(jwk, "x");
  const d = wantsPublic ? undefined : decoded(jwk, "d");
  if (kind === undefined)
    throw invalidArgValue("key.crv", jwk.crv, "is a curve that the library does not have");
  try {
    return d === undefined ? okpPublic(kind, x) : okpPrivate(kind, d);
  } catch {
    throw invalidJwk();
  }
}

/** A key as a JSON Web Key. */
export function exportJwk(material: Material): Record<string, string> {
  const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64url");
  if (material.type === "secret") return { kty: "oct", k: text(material.bytes) };
  switch (material.kind) {
    case "rsa": {
      const jwk: Record<string, string> = { kty: "RSA" };
      const names =
        material.type === "private" ? (["n", "e", ...RSA_PRIVATE] as const) : (["n", "e"] as const);
      for (const name of names) jwk[name] = text(material.numbers[name]!);
      return jwk;
    }
    case "ec": {
      const { jwk: crv, length } = CURVES[material.curve]!;
      const x = text(material.point.subarray(1, 1 + length));
      const y = text(material.point.subarray(1 + length));
      return { kty: "EC", x, y, crv, ...(material.d && { d: text(material.d) }) };
    }
    case "ed25519":
    case "x25519": {
      const crv = material.kind === "ed25519" ? "Ed25519" : "X25519";
      return { crv, ...(material.d && { d: text(material.d) }), x: text(material.x), kty: "OKP" };
    }
    default:
      throw nativeError(Error, "ERR_CRYPTO_JWK_UNSUPPORTED_KEY_TYPE", "Unsupported JWK Key Type.");
  }
}
