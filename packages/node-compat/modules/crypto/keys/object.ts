import { Buffer } from "node:buffer";
import type { Any } from "../../internal/any.js";
import { invalidArgType, invalidArgValue } from "../../internal/errors.js";
import { validateObject } from "../../internal/validate.js";
import { isAnyArrayBuffer, toBytes } from "../bytes.js";
import { incompatibleKeyOptions } from "../errors.js";
import { encodePkcs1Private, encodePkcs1Public, encodePkcs8, encodeSec1, encodeSpki } from "./encode.js";
import { encryptPem, encryptPkcs8 } from "./encryption.js";
import { exportJwk } from "./jwk.js";
import { MATERIAL, type AsymmetricMaterial, type Material } from "./material.js";
import { writePem } from "./pem.js";
import { readKey } from "./read.js";

/** Made by the functions of this folder only. */
const TOKEN = Symbol("token");

export class KeyObject {
  declare [MATERIAL]: Material;

  constructor(type: Any, handle: Any, material?: Material) {
    if (type !== "secret" && type !== "public" && type !== "private") throw invalidArgValue("type", type);
    if (handle !== TOKEN) throw invalidArgType("handle", "object", handle);
    Object.defineProperty(this, MATERIAL, { value: material });
  }

  get type(): Material["type"] {
    return this[MATERIAL].type;
  }

  get [Symbol.toStringTag](): string {
    return "KeyObject";
  }

  static from(key: Any): KeyObject {
    const material = key?.[MATERIAL];
    if (material === undefined || key instanceof KeyObject) throw invalidArgType("key", "CryptoKey", key);
    return keyObject(material as Material);
  }

  equals(other: Any): boolean {
    if (!(other instanceof KeyObject)) throw invalidArgType("otherKeyObject", "KeyObject", other);
    const [left, right] = [this[MATERIAL], other[MATERIAL]];
    if (left.type !== right.type) return false;
    return Buffer.compare(fingerprint(left), fingerprint(right)) === 0;
  }
}

function fingerprint(material: Material): Uint8Array {
  if (material.type === "secret") return material.bytes;
  return material.type === "private" ? encodePkcs8(material) : encodeSpki(material);
}

class SecretKeyObject extends KeyObject {
  get symmetricKeySize(): number {
    return (this[MATERIAL] as Any).bytes.length;
  }

  export(options?: Any): Any {
    if (options !== undefined) {
      validateObject(options, "options");
      const { format } = options as Any;
      if (format === "jwk") return exportJwk(this[MATERIAL]);
      if (format !== undefined && format !== "buffer")
        throw invalidArgValue("options.format", format, "must be one of: undefined, 'buffer', 'jwk'");
    }
    return Buffer.from((this[MATERIAL] as Any).bytes);
  }

  toCryptoKey(algorithm: Any, extractable: Any, usages: Any): Any {
    return require("../subtle/crypto-key.js").fromKeyObject(this, algorithm, extractable, usages);
  }
}

class AsymmetricKeyObject extends KeyObject {
  get asymmetricKeyType(): string {
    return (this[MATERIAL] as AsymmetricMaterial).kind;
  }

  get asymmetricKeyDetails(): Any {
    return details(this[MATERIAL] as AsymmetricMaterial);
  }

  toCryptoKey(algorithm: Any, extractable: Any, usages: Any): Any {
    return require("../subtle/crypto-key.js").fromKeyObject(this, algorithm, extractable, usages);
  }
}

function details(material: AsymmetricMaterial): Any {
  switch (material.kind) {
    case "rsa":
    case "rsa-pss": {
      const { n, e } = material.numbers;
      const modulusLength = n.length * 8 - Math.clz32(n[0]!) + 24;
      const publicExponent = BigInt(`0x${Buffer.from(e).toString("hex")}`);
      const { pss } = material;
      return {
        modulusLength,
        publicExponent,
        ...(pss && { hashAlgorithm: pss.hash, mgf1HashAlgorithm: pss.maskHash, saltLength: pss.saltLength }),
      };
    }
    case "ec":
      return { namedCurve: material.curve };
    default:
      return {};
  }
}

class PublicKeyObject extends AsymmetricKeyObject {
  export(options: Any): Any {
    const material = this[MATERIAL] as AsymmetricMaterial;
    if (options?.format === "jwk") return exportJwk(material);
    const { format, type } = exportOptions(options, "options", ["pkcs1", "spki"]);
    if (type === "pkcs1") checkPkcs1(material);
    const bytes = type === "pkcs1" ? encodePkcs1Public(material as Any) : encodeSpki(material);
    if (format === "der") return Buffer.from(bytes);
    return writePem(type === "pkcs1" ? "RSA PUBLIC KEY" : "PUBLIC KEY", bytes);
  }
}

class PrivateKeyObject extends AsymmetricKeyObject {
  export(options: Any): Any {
    const material = this[MATERIAL] as AsymmetricMaterial;
    if (options?.format === "jwk") {
      if (options.passphrase !== undefined || options.cipher !== undefined) {
        throw incompatibleKeyOptions("jwk", "does not support encryption");
      }
      return exportJwk(material);
    }
    return exportPrivate(material, exportOptions(options, "options", ["pkcs1", "pkcs8", "sec1"]));
  }
}

interface ExportOptions {
  readonly format: "pem" | "der";
  readonly type: string;
  readonly cipher?: string | undefined;
  readonly passphrase?: Uint8Array | undefined;
}

/** Checked in Node's order. `name` is what the errors call the options. */
export function exportOptions(options: Any, name: string, types: readonly string[]): ExportOptions {
  validateObject(options, name);
  const { format, type, cipher, passphrase, encoding } = options as Any;
  if (format !== "pem" && format !== "der") throw invalidArgValue(`${name}.format`, format);
  if (!types.includes(type)) throw invalidArgValue(`${name}.type`, type);
  if (cipher === undefined || cipher === null) {
    if (passphrase !== undefined && types.includes("pkcs8")) throw invalidArgValue(`${name}.cipher`, cipher);
    return { format, type };
  }
  if (!types.includes("pkcs8")) return { format, type };
  if (typeof cipher !== "string") throw invalidArgValue(`${name}.cipher`, cipher);
  if (format === "der" && type !== "pkcs8") throw incompatibleKeyOptions(type, "does not support encryption");
  if (typeof passphrase !== "string" && !ArrayBuffer.isView(passphrase) && !isAnyArrayBuffer(passphrase)) {
    throw invalidArgValue(`${name}.passphrase`, passphrase);
  }
  return { format, type, cipher, passphrase: toBytes(passphrase, "passphrase", encoding) };
}

function checkPkcs1({ kind }: AsymmetricMaterial): void {
  if (kind !== "rsa") throw incompatibleKeyOptions("pkcs1", "can only be used for RSA keys");
}

const PRIVATE_LABELS: Readonly<Record<string, string>> = { pkcs1: "RSA PRIVATE KEY", sec1: "EC PRIVATE KEY" };

function exportPrivate(
  material: AsymmetricMaterial,
  { format, type, cipher, passphrase }: ExportOptions,
): Any {
  if (type === "pkcs1") checkPkcs1(material);
  if (type === "sec1" && material.kind !== "ec")
    throw incompatibleKeyOptions("sec1", "can only be used for EC keys");
  const bytes =
    type === "pkcs8"
      ? encodePkcs8(material)
      : type === "pkcs1"
        ? encodePkcs1Private(material as Any)
        : encodeSec1(material as Any);
  if (cipher === undefined) {
    return format === "der" ? Buffer.from(bytes) : writePem(PRIVATE_LABELS[type] ?? "PRIVATE KEY", bytes);
  }
  if (type === "pkcs8") {
    const encrypted = encryptPkcs8(bytes, cipher, passphrase!);
    return format === "der" ? Buffer.from(encrypted) : writePem("ENCRYPTED PRIVATE KEY", encrypted);
  }
  const [headers, encrypted] = encryptPem(bytes, cipher, passphrase!);
  return writePem(PRIVATE_LABELS[type]!, encrypted, headers);
}

/** The key object of some material. */
export function keyObject(material: Material): KeyObject {
  if (material.type === "secret") return new SecretKeyObject("secret", TOKEN, material);
  return material.type === "public"
    ? new PublicKeyObject("public", TOKEN, material)
    : new PrivateKeyObject("private", TOKEN, material);
}

/** A key object, or the key encoded, as the options of `generateKeyPair` say. */
export function publicResult(material: AsymmetricMaterial, encoding: Any): Any {
  const key = keyObject(material) as PublicKeyObject;
  return encoding === undefined ? key : key.export(encoding);
}

export function privateResult(material: AsymmetricMaterial, encoding: Any): Any {
  const key = keyObject(material) as PrivateKeyObject;
  return encoding === undefined ? key : key.export(encoding);
}

export function createPrivateKey(key: Any): KeyObject {
  return keyObject(readKey(key, "createPrivate"));
}

export function createPublicKey(key: Any): KeyObject {
  return keyObject(readKey(key, "createPublic"));
}

export function createSecretKey(key: Any, encoding?: Any): KeyObject {
  if (typeof key !== "string" && !ArrayBuffer.isView(key) && !isAnyArrayBuffer(key)) {
    const kinds = ["ArrayBuffer", "Buffer", "TypedArray", "DataView"];
    throw invalidArgType("key", encoding === undefined ? kinds : ["string", ...kinds], key);
  }
  return keyObject({
    type: "secret",
    bytes: new Uint8Array(toBytes(key, "key", typeof encoding === "string" ? encoding : undefined)),
  });
}

export function isKeyObject(value: Any): value is KeyObject {
  return value instanceof KeyObject;
}
