import { equal, mac } from "laconic:crypto";
import type { Any } from "../../internal/any.js";
import { keyObject } from "../keys/object.js";
import { MATERIAL } from "../keys/material.js";
import { sign as signWith, verify as verifyWith } from "../sign.js";
import { HASHES } from "./algorithms.js";
import type { CryptoKey } from "./crypto-key.js";
import { operationError } from "./errors.js";

const PSS_PADDING = 6;

/** The hash and the options with which `crypto.sign` does the same. */
function request(algorithm: Any, key: CryptoKey): [hash: string | null, options: Any] {
  const object = keyObject(key[MATERIAL]);
  switch (algorithm.name) {
    case "ECDSA":
      return [HASHES[algorithm.hash.name]!, { key: object, dsaEncoding: "ieee-p1363" }];
    case "RSA-PSS":
      return [
        HASHES[key.algorithm.hash.name]!,
        { key: object, padding: PSS_PADDING, saltLength: algorithm.saltLength },
      ];
    case "RSASSA-PKCS1-v1_5":
      return [HASHES[key.algorithm.hash.name]!, { key: object }];
    default:
      return [null, { key: object }];
  }
}

function hmac(key: CryptoKey, data: Uint8Array): ArrayBuffer {
  return mac(HASHES[key.algorithm.hash.name]!, (key[MATERIAL] as Any).bytes, data)!;
}

export function sign(algorithm: Any, key: CryptoKey, data: Uint8Array): ArrayBuffer {
  if (algorithm.name === "HMAC") return hmac(key, data);
  const [hash, options] = request(algorithm, key);
  try {
    const signature: Uint8Array = signWith(hash, data, options);
    return signature.slice().buffer as ArrayBuffer;
  } catch (error) {
    throw operationError(undefined, error);
  }
}

export function verify(algorithm: Any, key: CryptoKey, signature: Uint8Array, data: Uint8Array): boolean {
  if (algorithm.name === "HMAC") {
    const expected = new Uint8Array(hmac(key, data));
    return expected.length === signature.length && equal(expected, signature);
  }
  const [hash, options] = request(algorithm, key);
  return verifyWith(hash, data, options, signature);
}
