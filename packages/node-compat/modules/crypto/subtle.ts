import { digest as digestBytes } from "laconic:crypto";
import { Buffer } from "node:buffer";
import type { Any } from "../internal/any.js";
import { invalidThis, nodeError } from "../internal/errors.js";
import { HASHES, normalize, sourceBytes, supports } from "./subtle/algorithms.js";
import { crypt, keyWrap } from "./subtle/ciphers.js";
import { CryptoKey } from "./subtle/crypto-key.js";
import { deriveBits, derivedLength } from "./subtle/derivation.js";
import { dataError, invalidAccess } from "./subtle/errors.js";
import { exportKey, jwkBytes } from "./subtle/export.js";
import { generateKey } from "./subtle/generate.js";
import { importKey, type Format } from "./subtle/import.js";
import { sign, verify } from "./subtle/signatures.js";

const TOKEN = Symbol("token");
const FORMATS = ["raw", "pkcs8", "spki", "jwk"];
const KEY_USAGES = [
  "encrypt",
  "decrypt",
  "sign",
  "verify",
  "deriveKey",
  "deriveBits",
  "wrapKey",
  "unwrapKey",
];

const ORDINALS = ["1st", "2nd", "3rd", "4th", "5th", "6th", "7th"];

/** The arguments of one call, checked as WebIDL says, in Node's words. */
class Arguments {
  constructor(
    readonly method: string,
    readonly given: readonly Any[],
    least: number,
    self: Any,
  ) {
    if (!(self instanceof SubtleCrypto)) {
      throw invalidThis("SubtleCrypto");
    }
    if (given.length >= least) return;
    const present = `${least} argument${least === 1 ? "" : "s"} required, but only ${given.length} present.`;
    throw nodeError(TypeError, "ERR_MISSING_ARGS", `${this.#prefix} ${present}`);
  }

  get #prefix(): string {
    return `Failed to execute '${this.method}' on 'SubtleCrypto':`;
  }

  #refuse(code: string, text: string): never {
    throw nodeError(TypeError, code, `${this.#prefix} ${text}`);
  }

  bytes(index: number): Uint8Array {
    const bytes = sourceBytes(this.given[index]);
    const kinds = "is not instance of ArrayBuffer, Buffer, TypedArray, or DataView.";
    return bytes ?? this.#refuse("ERR_INVALID_ARG_TYPE", `${ORDINALS[index]} argument ${kinds}`);
  }

  key(index: number): CryptoKey {
    const key = this.given[index];
    if (key instanceof CryptoKey) return key;
    return this.#refuse("ERR_INVALID_ARG_TYPE", `${ORDINALS[index]} argument is not of type CryptoKey.`);
  }

  format(index: number): Format {
    const format = `${this.given[index]}`;
    if (FORMATS.includes(format)) return format as Format;
    const kind = "is not a valid enum value of type KeyFormat.";
    return this.#refuse("ERR_INVALID_ARG_VALUE", `${ORDINALS[index]} argument value '${format}' ${kind}`);
  }

  usages(index: number): string[] {
    const usages = this.given[index];
    if (usages === null || typeof usages !== "object" || typeof usages[Symbol.iterator] !== "function") {
      return this.#refuse(
        "ERR_INVALID_ARG_TYPE",
        `${ORDINALS[index]} argument can not be converted to sequence.`,
      );
    }
    const list = [...usages].map((usage) => `${usage}`);
    for (const [at, usage] of list.entries()) {
      if (KEY_USAGES.includes(usage)) continue;
      const place = `${ORDINALS[index]} argument, index ${at} value '${usage}'`;
      this.#refuse("ERR_INVALID_ARG_VALUE", `${place} is not a valid enum value of type KeyUsage.`);
    }
    return list;
  }

  algorithm(index: number, operation: string): Any {
    return normalize(this.given[index], operation);
  }

  keyData(index: number, format: Format): Any {
    if (format !== "jwk") return this.bytes(index);
    const jwk = this.given[index];
    if (ArrayBuffer.isView(jwk) || jwk instanceof ArrayBuffer) {
      return this.#refuse("ERR_INVALID_ARG_TYPE", `${ORDINALS[index]} argument is not of type JsonWebKey.`);
    }
    return jwk;
  }
}

const CIPHER_USAGES = ["encrypt", "decrypt", "wrapKey", "unwrapKey"];

function checkUse(key: CryptoKey, algorithm: Any, usage: string): void {
  if (key.usages.includes(usage) && key.algorithm.name === algorithm.name) return;
  throw invalidAccess(
    CIPHER_USAGES.includes(usage)
      ? "The requested operation is not valid for the provided key"
      : `Unable to use this key to ${usage}`,
  );
}

/** Lets the caller go on first, as a computation elsewhere would. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

export class SubtleCrypto {
  constructor(token?: symbol) {
    if (token !== TOKEN) throw nodeError(TypeError, "ERR_ILLEGAL_CONSTRUCTOR", "Illegal constructor");
  }

  get [Symbol.toStringTag](): string {
    return "SubtleCrypto";
  }

  async digest(...given: Any[]): Promise<ArrayBuffer> {
    const args = new Arguments("digest", given, 2, this);
    const data = args.bytes(1);
    const { name } = args.algorithm(0, "digest");
    return digestBytes(HASHES[name]!, data)!;
  }

  async generateKey(...given: Any[]): Promise<Any> {
    const args = new Arguments("generateKey", given, 3, this);
    const usages = args.usages(2);
    const algorithm = args.algorithm(0, "generateKey");
    await turn();
    return generateKey(algorithm, !!given[1], usages);
  }

  async importKey(...given: Any[]): Promise<CryptoKey> {
    const args = new Arguments("importKey", given, 4, this);
    const format = args.format(0);
    const data = args.keyData(1, format);
    const usages = given.length > 4 ? args.usages(4) : [];
    const algorithm = args.algorithm(2, "importKey");
    return importKey(format, data, algorithm, !!given[3], usages);
  }

  async exportKey(...given: Any[]): Promise<Any> {
    const args = new Arguments("exportKey", given, 2, this);
    return exportKey(args.format(0), args.key(1));
  }

  async sign(...given: Any[]): Promise<ArrayBuffer> {
    const args = new Arguments("sign", given, 3, this);
    const [algorithm, key, data] = [args.algorithm(0, "sign"), args.key(1), args.bytes(2)];
    checkUse(key, algorithm, "sign");
    return sign(algorithm, key, data);
  }

  async verify(...given: Any[]): Promise<boolean> {
    const args = new Arguments("verify", given, 4, this);
    const [algorithm, key, signature, data] = [
      args.algorithm(0, "sign"),
      args.key(1),
      args.bytes(2),
      args.bytes(3),
    ];
    checkUse(key, algorithm, "verify");
    return verify(algorithm, key, signature, data);
  }

  async encrypt(...given: Any[]): Promise<ArrayBuffer> {
    const args = new Arguments("encrypt", given, 3, this);
    const [algorithm, key, data] = [args.algorithm(0, "encrypt"), args.key(1), args.bytes(2)];
    checkUse(key, algorithm, "encrypt");
    return crypt(algorithm, key, data, true);
  }

  async decrypt(...given: Any[]): Promise<ArrayBuffer> {
    const args = new Arguments("decrypt", given, 3, this);
    const [algorithm, key, data] = [args.algorithm(0, "encrypt"), args.key(1), args.bytes(2)];
    checkUse(key, algorithm, "decrypt");
    return crypt(algorithm, key, data, false);
  }

  async deriveBits(...given: Any[]): Promise<ArrayBuffer> {
    const args = new Arguments("deriveBits", given, 2, this);
    const [algorithm, key] = [args.algorithm(0, "deriveBits"), args.key(1)];
    checkDerivation(key, algorithm, "deriveBits");
    const length = given[2] === undefined || given[2] === null ? null : given[2] >>> 0;
    return deriveBits(algorithm, key, length);
  }

  async deriveKey(...given: Any[]): Promise<CryptoKey> {
    const args = new Arguments("deriveKey", given, 5, this);
    const [algorithm, key] = [args.algorithm(0, "deriveBits"), args.key(1)];
    const usages = args.usages(4);
    const target = normalize(given[2], "importKey");
    checkDerivation(key, algorithm, "deriveKey");
    const bits = deriveBits(algorithm, key, derivedLength({ ...given[2], ...target }));
    return importKey("raw", new Uint8Array(bits), target, !!given[3], usages);
  }

  async wrapKey(...given: Any[]): Promise<ArrayBuffer> {
    const args = new Arguments("wrapKey", given, 4, this);
    const [format, key, wrapping] = [args.format(0), args.key(1), args.key(2)];
    const algorithm = wrapAlgorithm(given[3]);
    checkUse(wrapping, algorithm, "wrapKey");
    const exported = exportKey(format, key);
    let bytes = format === "jwk" ? jwkBytes(exported) : new Uint8Array(exported);
    if (algorithm.name !== "AES-KW") return crypt(algorithm, wrapping, bytes, true);
    // A JWK is filled up with spaces, which say nothing.
    if (format === "jwk")
      bytes = Buffer.from(
        Buffer.from(bytes)
          .toString()
          .padEnd(Math.ceil(bytes.length / 8) * 8),
      );
    return keyWrap(wrapping, bytes, true);
  }

  async unwrapKey(...given: Any[]): Promise<CryptoKey> {
    const args = new Arguments("unwrapKey", given, 7, this);
    const [format, wrapped, wrapping] = [args.format(0), args.bytes(1), args.key(2)];
    const algorithm = wrapAlgorithm(given[3]);
    const target = args.algorithm(4, "importKey");
    const usages = args.usages(6);
    checkUse(wrapping, algorithm, "unwrapKey");
    const bytes = new Uint8Array(
      algorithm.name === "AES-KW"
        ? keyWrap(wrapping, wrapped, false)
        : crypt(algorithm, wrapping, wrapped, false),
    );
    return importKey(format, format === "jwk" ? parseJwk(bytes) : bytes, target, !!given[5], usages);
  }
}
for (const name of Object.getOwnPropertyNames(SubtleCrypto.prototype)) {
  if (name !== "constructor") Object.defineProperty(SubtleCrypto.prototype, name, { enumerable: true });
}

function checkDerivation(key: CryptoKey, algorithm: Any, usage: string): void {
  if (!key.usages.includes(usage)) throw invalidAccess(`baseKey does not have ${usage} usage`);
  if (key.algorithm.name !== algorithm.name) throw invalidAccess("Key algorithm mismatch");
}

/** A key is wrapped by an algorithm for that, or by one that encrypts. */
function wrapAlgorithm(algorithm: Any): Any {
  return normalize(algorithm, supports(algorithm, "wrapKey") ? "wrapKey" : "encrypt");
}

function parseJwk(bytes: Uint8Array): Any {
  try {
    return JSON.parse(Buffer.from(bytes).toString());
  } catch (error) {
    throw dataError("Invalid wrapped JWK key", error);
  }
}

export const subtle = new SubtleCrypto(TOKEN);
export { CryptoKey };
