import { Buffer } from "node:buffer";
import { ecAgree, ecGenerate, ecPoint, ecPublic, x25519 } from "laconic:keys";
import type { Any } from "../internal/any.js";
import { invalidArgType, invalidArgValue, nodeError } from "../internal/errors.js";
import { validateObject, validateString } from "../internal/validate.js";
import { output, toBytes } from "./bytes.js";
import { invalidKeyObjectType, nativeError, opensslError } from "./errors.js";
import { CURVES, findCurve, MATERIAL, padded, type AsymmetricMaterial } from "./keys/material.js";
import { agreeDh } from "./dh.js";

const STATE = Symbol("kHandle");

interface State {
  readonly curve: string;
  d?: Uint8Array;
  point?: Uint8Array;
}

function curveOf(name: Any): string {
  validateString(name, "curve");
  const curve = findCurve(name);
  if (curve === undefined) throw nativeError(TypeError, "ERR_CRYPTO_INVALID_CURVE", "Invalid EC curve name");
  return curve;
}

type Form = "compressed" | "uncompressed" | "hybrid";

function formOf(format: Any): Form {
  if (format === undefined || format === "uncompressed" || !format) return "uncompressed";
  if (format === "compressed" || format === "hybrid") return format;
  throw nodeError(TypeError, "ERR_CRYPTO_ECDH_INVALID_FORMAT", `Invalid ECDH format: ${format}`);
}

/** A point, which is uncompressed, in another form. */
function encodePoint(point: Uint8Array, form: Form): Uint8Array {
  if (form === "uncompressed") return point;
  const isOdd = point[point.length - 1]! & 1;
  if (form === "hybrid") return Uint8Array.of(6 | isOdd, ...point.subarray(1));
  return Uint8Array.of(2 | isOdd, ...point.subarray(1, 1 + (point.length - 1) / 2));
}

/** The engine reads no hybrid points, which say twice what they are. */
function decodePoint(curve: string, bytes: Uint8Array): Uint8Array | undefined {
  const isHybrid = bytes[0] === 6 || bytes[0] === 7;
  const point = ecPoint(curve, isHybrid ? Uint8Array.of(4, ...bytes.subarray(1)) : bytes);
  if (point === undefined) return undefined;
  const decoded = new Uint8Array(point);
  return isHybrid && (decoded[decoded.length - 1]! & 1) !== (bytes[0]! & 1) ? undefined : decoded;
}

function encoded(bytes: Uint8Array, encoding: Any): Any {
  return output(bytes.slice().buffer as ArrayBuffer, encoding);
}

export function ECDH(this: Any, curve: Any): Any {
  if (!(this instanceof ECDH)) return new (ECDH as Any)(curve);
  (this as Any)[STATE] = { curve: curveOf(curve) } satisfies State;
}

const methods: Any = {
  computeSecret(this: Any, key: Any, inputEncoding?: Any, outputEncoding?: Any): Any {
    const { curve, d }: State = this[STATE];
    const other = toBytes(key, "otherPublicKey", inputEncoding);
    if (d === undefined) throw nativeError(RangeError, "ERR_CRYPTO_INVALID_KEYPAIR", "Invalid key pair");
    const point = decodePoint(curve, other);
    if (point === undefined) {
      throw nodeError(
        Error,
        "ERR_CRYPTO_ECDH_INVALID_PUBLIC_KEY",
        "Public key is not valid for specified curve",
      );
    }
    return output(ecAgree(curve, d, point)!, outputEncoding);
  },

  generateKeys(this: Any, encoding?: Any, format?: Any): Any {
    const state: State = this[STATE];
    state.d = new Uint8Array(ecGenerate(state.curve)!);
    state.point = new Uint8Array(ecPublic(state.curve, state.d)!);
    return this.getPublicKey(encoding, format);
  },

  getPublicKey(this: Any, encoding?: Any, format?: Any): Any {
    const { point }: State = this[STATE];
    const form = formOf(format);
    if (point === undefined) {
      throw nativeError(Error, "ERR_CRYPTO_OPERATION_FAILED", "Failed to get ECDH public key");
    }
    return encoded(encodePoint(point, form), encoding);
  },

  getPrivateKey(this: Any, encoding?: Any): Any {
    const { d }: State = this[STATE];
    if (d === undefined) {
      throw nativeError(Error, "ERR_CRYPTO_OPERATION_FAILED", "Failed to get ECDH private key");
    }
    // As a number: without leading zeros.
    let start = 0;
    while (start < d.length - 1 && d[start] === 0) start++;
    return encoded(d.subarray(start), encoding);
  },

  setPrivateKey(this: Any, key: Any, encoding?: Any): Any {
    const state: State = this[STATE];
    const bytes = toBytes(key, "key", encoding);
    const point = ecPublic(state.curve, bytes);
    if (point === undefined) {
      const message = "Private key is not valid for specified curve.";
      throw nativeError(RangeError, "ERR_CRYPTO_INVALID_KEYTYPE", message);
    }
    state.d = padded(bytes, CURVES[state.curve]!.length);
    state.point = new Uint8Array(point);
    return this;
  },

  setPublicKey(this: Any, key: Any, encoding?: Any): Any {
    const state: State = this[STATE];
    const point = decodePoint(state.curve, toBytes(key, "key", encoding));
    if (point === undefined) {
      throw nativeError(Error, "ERR_CRYPTO_OPERATION_FAILED", "Failed to convert Buffer to EC_POINT");
    }
    state.point = point;
    return this;
  },
};
for (const name of Object.keys(methods)) ECDH.prototype[name] = methods[name];

ECDH.convertKey = function convertKey(
  key: Any,
  curve: Any,
  inputEncoding?: Any,
  outputEncoding?: Any,
  format?: Any,
): Any {
  validateString(curve, "curve");
  const bytes = toBytes(key, "key", inputEncoding);
  const name = curveOf(curve);
  const form = formOf(format);
  const point = decodePoint(name, bytes);
  if (point === undefined) {
    throw nativeError(Error, "ERR_CRYPTO_OPERATION_FAILED", "Failed to convert Buffer to EC_POINT");
  }
  return encoded(encodePoint(point, form), outputEncoding);
};

export function createECDH(curve: Any): Any {
  return new (ECDH as Any)(curve);
}

function dhKey(key: Any, name: string, type: "private" | "public"): AsymmetricMaterial {
  const material = key?.[MATERIAL];
  if (material === undefined) throw invalidArgValue(name, key);
  if (material.type !== "private" && material.type !== type) {
    throw invalidKeyObjectType(material.type, type === "private" ? "private" : "private or public");
  }
  if (material.type === "secret") throw invalidKeyObjectType("secret", "private or public");
  return material;
}

function failed(): Error {
  return opensslError(
    "1C800080",
    "Provider routines",
    "failed during derivation",
    "FAILED_DURING_DERIVATION",
  );
}

function agree(privateKey: AsymmetricMaterial, publicKey: AsymmetricMaterial): Buffer {
  let secret: ArrayBuffer | undefined;
  if (privateKey.kind === "ec" && publicKey.kind === "ec") {
    if (privateKey.curve !== publicKey.curve) {
      throw opensslError(
        "03000099",
        "digital envelope routines",
        "different parameters",
        "EVP_DIFFERENT_PARAMETERS",
      );
    }
    secret = ecAgree(privateKey.curve, privateKey.d!, publicKey.point);
  } else if (privateKey.kind === "x25519" && publicKey.kind === "x25519") {
    secret = x25519(privateKey.d!, publicKey.x);
  } else if (privateKey.kind === "dh" && publicKey.kind === "dh") {
    secret = agreeDh(privateKey.prime, privateKey.x!, publicKey.y);
  }
  if (secret === undefined) throw failed();
  return Buffer.from(secret);
}

/** The secret that the owners of two keys share. */
export function diffieHellman(options: Any, callback?: Any): Any {
  validateObject(options, "options");
  if (callback !== undefined && typeof callback !== "function")
    throw invalidArgType("callback", "function", callback);
  const { privateKey, publicKey } = options as Any;
  const own = dhKey(privateKey, "options.privateKey", "private");
  const other = dhKey(publicKey, "options.publicKey", "public");
  if (own.kind !== other.kind) {
    const kinds = `${own.kind} and ${other.kind}`;
    throw nodeError(
      Error,
      "ERR_CRYPTO_INCOMPATIBLE_KEY",
      `Incompatible key types for Diffie-Hellman: ${kinds}`,
    );
  }
  if (callback === undefined) return agree(own, other);
  setImmediate(() => {
    let secret;
    try {
      secret = agree(own, other);
    } catch (error) {
      return callback(error);
    }
    callback(null, secret);
  });
}

export function getCurves(): string[] {
  return Object.keys(CURVES).sort();
}
