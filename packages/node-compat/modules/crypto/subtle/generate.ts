import { randomBytes } from "laconic:crypto";
import { ecGenerate, rsaGenerate } from "laconic:keys";
import type { Any } from "../../internal/any.js";
import { HASHES as HASH_TABLE } from "../hash-names.js";
import { ecPrivate, okpPrivate, publicOf, type AsymmetricMaterial } from "../keys/material.js";
import { CURVE_NAMES, HASHES } from "./algorithms.js";
import { cryptoKey } from "./crypto-key.js";
import { notSupported, operationError, syntaxError } from "./errors.js";
import { FAMILIES, keyTitle, USAGES } from "./kinds.js";

/** A new key, or a pair of them. */
export function generateKey(algorithm: Any, extractable: boolean, usages: string[]): Any {
  const { name } = algorithm;
  const allowed = Object.values(USAGES[name]!).flat();
  if (!usages.every((usage) => allowed.includes(usage))) {
    throw syntaxError(`Unsupported key usage for ${keyTitle(name)} key`);
  }
  const result = USAGES[name]!.secret
    ? generateSecret(algorithm, extractable, usages)
    : generatePair(algorithm, extractable, usages);
  const usable = result.privateKey ?? result;
  if (usable.usages.length === 0) throw syntaxError("Usages cannot be empty when creating a key.");
  return result;
}

function generateSecret(algorithm: Any, extractable: boolean, usages: string[]): Any {
  const { name, hash } = algorithm;
  let { length } = algorithm;
  if (name === "HMAC") {
    length ??= HASH_TABLE[HASHES[hash.name]!]![1] * 8;
    if (length === 0) throw operationError("Zero-length key is not supported");
    if (length % 8 !== 0) throw notSupported("Unsupported algorithm.length");
  } else if (length !== 128 && length !== 192 && length !== 256) {
    throw operationError("AES key length must be 128, 192, or 256 bits");
  }
  const bytes = new Uint8Array(randomBytes(Math.ceil(length / 8)));
  const details = name === "HMAC" ? { name, length, hash: { name: hash.name } } : { name, length };
  return cryptoKey({ type: "secret", bytes }, details, extractable, usages);
}

function generatePair(algorithm: Any, extractable: boolean, usages: string[]): Any {
  const { name } = algorithm;
  const [material, details] = generateMaterial(algorithm);
  const of = (type: "public" | "private"): string[] => {
    const allowed = USAGES[name]![type]!;
    return usages.filter((usage) => allowed.includes(usage));
  };
  return Object.assign(Object.create(null), {
    privateKey: cryptoKey(material, details, extractable, of("private")),
    publicKey: cryptoKey(publicOf(material), details, true, of("public")),
  });
}

function generateMaterial(algorithm: Any): [AsymmetricMaterial, Any] {
  const { name, hash, modulusLength, publicExponent, namedCurve } = algorithm;
  switch (FAMILIES[name]) {
    case "rsa": {
      const numbers = rsaGenerate(modulusLength, publicExponent)?.map((number) => new Uint8Array(number));
      if (numbers === undefined) throw operationError();
      const [n, e, d, p, q, dp, dq, qi] = numbers;
      const details = {
        name,
        modulusLength,
        publicExponent: new Uint8Array(publicExponent),
        hash: { name: hash.name },
      };
      return [
        {
          type: "private",
          kind: "rsa",
          numbers: { n: n!, e: e!, d: d!, p: p!, q: q!, dp: dp!, dq: dq!, qi: qi! },
        },
        details,
      ];
    }
    case "ec": {
      const curve = Object.hasOwn(CURVE_NAMES, namedCurve) ? CURVE_NAMES[namedCurve] : undefined;
      if (curve === undefined) throw notSupported("Unrecognized namedCurve");
      return [ecPrivate(curve, new Uint8Array(ecGenerate(curve)!)), { name, namedCurve }];
    }
    default:
      return [okpPrivate(name.toLowerCase(), new Uint8Array(randomBytes(32))), { name }];
  }
}
