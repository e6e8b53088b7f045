import { Buffer } from "node:buffer";
import type { Any } from "../../internal/any.js";
import { invalidArgType, invalidArgValue } from "../../internal/errors.js";
import { isAnyArrayBuffer, toBytes } from "../bytes.js";
import { decoderUnsupported, invalidKeyObjectType } from "../errors.js";
import {
  decodePkcs1Private,
  decodePkcs1Public,
  decodePkcs8,
  decodeSec1,
  decodeSpki,
  spkiOfCertificate,
} from "./decode.js";
import { DerError } from "./der.js";
import { decryptPem, decryptPkcs8 } from "./encryption.js";
import { importJwk } from "./jwk.js";
import { KeyError, MATERIAL, publicOf, type AsymmetricMaterial } from "./material.js";
import { readPem, type PemBlock } from "./pem.js";

/** What a key is wanted for, which decides what may be given. */
export type Purpose = "createPrivate" | "createPublic" | "usePrivate" | "usePublic";

const TEXT_KINDS = ["string", "ArrayBuffer", "Buffer", "TypedArray", "DataView"];

const wantsPublic = (purpose: Purpose): boolean => purpose === "createPublic" || purpose === "usePublic";

/** A key in any of the forms that a function takes: a key object, PEM, DER, JWK, or options with one of them. */
export function readKey(key: Any, purpose: Purpose, name = "key"): AsymmetricMaterial {
  const given = givenMaterial(key, purpose, name);
  if (given) return given;
  if (isData(key)) return readEncoded(toBytes(key, name), { format: "pem" }, purpose);
  if (key === null || typeof key !== "object") throw invalidArgType(name, keyKinds(purpose), key);
  const { key: data, encoding, format } = key;
  const inner = givenMaterial(data, purpose, `${name}.key`);
  if (inner) return inner;
  if (format === "jwk") return fromJwk(data, purpose);
  if (!isData(data)) {
    const kinds = purpose === "createPrivate" ? TEXT_KINDS : [...TEXT_KINDS, "KeyObject", "CryptoKey"];
    throw invalidArgType("key.key", kinds, data);
  }
  return readEncoded(toBytes(data, "key", encoding), checkOptions(key, purpose), purpose);
}

function keyKinds(purpose: Purpose): string[] {
  return purpose.startsWith("create") ? TEXT_KINDS : [...TEXT_KINDS, "KeyObject", "CryptoKey"];
}

function isData(value: Any): boolean {
  return typeof value === "string" || ArrayBuffer.isView(value) || isAnyArrayBuffer(value);
}

function givenMaterial(key: Any, purpose: Purpose, name: string): AsymmetricMaterial | undefined {
  const material = key?.[MATERIAL];
  if (material === undefined) return undefined;
  if (purpose === "createPrivate") throw invalidArgType(name, TEXT_KINDS, key);
  if (purpose === "createPublic" && material.type !== "private")
    throw invalidKeyObjectType(material.type, "private");
  if (purpose === "usePrivate" && material.type !== "private")
    throw invalidKeyObjectType(material.type, "private");
  if (material.type === "secret") throw invalidKeyObjectType(material.type, "private or public");
  return wantsPublic(purpose) ? publicOf(material as AsymmetricMaterial) : material;
}

function fromJwk(data: Any, purpose: Purpose): AsymmetricMaterial {
  if (data === null || typeof data !== "object") throw invalidArgType("key.key", "object", data);
  return importJwk(data, wantsPublic(purpose));
}

interface Encoding {
  readonly format: "pem" | "der";
  readonly type?: string | undefined;
  readonly passphrase?: Uint8Array | undefined;
}

const PRIVATE_TYPES = ["pkcs1", "pkcs8", "sec1"];
const PUBLIC_TYPES = ["pkcs1", "spki"];

function checkOptions({ format, type, passphrase, encoding }: Any, purpose: Purpose): Encoding {
  if (format !== undefined && format !== "pem" && format !== "der")
    throw invalidArgValue("options.format", format);
  if (passphrase !== undefined && passphrase !== null && !isData(passphrase)) {
    throw invalidArgValue("options.passphrase", passphrase);
  }
  const isDer = format === "der";
  const types = purpose.endsWith("Private") ? PRIVATE_TYPES : [...PUBLIC_TYPES, ...PRIVATE_TYPES];
  if ((isDer || type !== undefined) && !types.includes(type)) throw invalidArgValue("options.type", type);
  return {
    format: isDer ? "der" : "pem",
    type,
    passphrase:
      passphrase === undefined || passphrase === null
        ? undefined
        : toBytes(passphrase, "passphrase", encoding),
  };
}

function readEncoded(bytes: Uint8Array, encoding: Encoding, purpose: Purpose): AsymmetricMaterial {
  try {
    const material =
      encoding.format === "der" ? readDer(bytes, encoding, purpose) : readText(bytes, encoding, purpose);
    return wantsPublic(purpose) ? publicOf(material) : material;
  } catch (error) {
    if (!(error instanceof DerError) && !(error instanceof KeyError)) throw error;
    throw encoding.format === "der" && wantsPublic(purpose)
      ? new Error("Failed to read asymmetric key")
      : decoderUnsupported();
  }
}

function readText(bytes: Uint8Array, encoding: Encoding, purpose: Purpose): AsymmetricMaterial {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
  for (const block of readPem(text)) {
    const read = READERS[block.label];
    if (read !== undefined && (wantsPublic(purpose) || block.label.endsWith("PRIVATE KEY"))) {
      return read(block, encoding.passphrase);
    }
  }
  throw new KeyError("no key in the text");
}

type ReadBlock = (block: PemBlock, passphrase: Uint8Array | undefined) => AsymmetricMaterial;

const READERS: Readonly<Record<string, ReadBlock>> = {
  "PRIVATE KEY": ({ bytes }) => decodePkcs8(bytes),
  "ENCRYPTED PRIVATE KEY": ({ bytes }, passphrase) => decodePkcs8(decryptPkcs8(bytes, passphrase)),
  "RSA PRIVATE KEY": (block, passphrase) => decodePkcs1Private(decryptPem(block, passphrase)),
  "EC PRIVATE KEY": (block, passphrase) => decodeSec1(decryptPem(block, passphrase)),
  "PUBLIC KEY": ({ bytes }) => decodeSpki(bytes),
  "RSA PUBLIC KEY": ({ bytes }) => decodePkcs1Public(bytes),
  CERTIFICATE: ({ bytes }) => decodeSpki(spkiOfCertificate(bytes)),
  "X509 CERTIFICATE": ({ bytes }) => decodeSpki(spkiOfCertificate(bytes)),
  "TRUSTED CERTIFICATE": ({ bytes }) => decodeSpki(spkiOfCertificate(bytes)),
};

function readDer(bytes: Uint8Array, { type, passphrase }: Encoding, purpose: Purpose): AsymmetricMaterial {
  switch (type) {
    case "spki":
      return decodeSpki(bytes);
    case "sec1":
      return decodeSec1(bytes);
    case "pkcs8":
      return passphrase === undefined ? decodePkcs8(bytes) : decodePkcs8(decryptPkcs8(bytes, passphrase));
    default:
      // Node tries the public form first where a public key is wanted.
      return wantsPublic(purpose) && !isPrivatePkcs1(bytes)
        ? decodePkcs1Public(bytes)
        : decodePkcs1Private(bytes);
  }
}

function isPrivatePkcs1(bytes: Uint8Array): boolean {
  try {
    decodePkcs1Private(bytes);
    return true;
  } catch {
    return false;
  }
}
