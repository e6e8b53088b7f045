import { Buffer } from "node:buffer";
import { digest } from "laconic:crypto";
import type { Any } from "../internal/any.js";
import { invalidArgType, invalidArgValue } from "../internal/errors.js";
import { validateObject, validateString } from "../internal/validate.js";
import { toBytes } from "./bytes.js";
import { opensslError } from "./errors.js";
import { parseCertificate, type Certificate } from "./x509/certificate.js";
import { matchesEmail, matchesHost, matchesIp } from "./x509/names.js";
import { verifyCertificate } from "./x509/signature.js";
import { decodeSpki } from "./keys/decode.js";
import { MATERIAL, publicOf } from "./keys/material.js";
import { encodeSpki } from "./keys/encode.js";
import { keyObject, type KeyObject } from "./keys/object.js";
import { readPem, writePem } from "./keys/pem.js";

const PARSED = Symbol("kInternalState");

function noStartLine(): Error {
  return opensslError("0480006C", "PEM routines", "no start line", "PEM_NO_START_LINE");
}

function bytesOfCertificate(data: Any): Uint8Array {
  const bytes = toBytes(data, "buffer");
  if (bytes[0] === 0x30) return bytes;
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
  const block = readPem(text).find(({ label }) => label.endsWith("CERTIFICATE"));
  if (block === undefined) throw noStartLine();
  return block.bytes;
}

export class X509Certificate {
  declare [PARSED]: Certificate;

  constructor(data: Any) {
    if (typeof data !== "string" && !ArrayBuffer.isView(data)) {
      throw invalidArgType("buffer", ["string", "Buffer", "TypedArray", "DataView"], data);
    }
    let parsed;
    try {
      parsed = parseCertificate(bytesOfCertificate(data));
    } catch (error) {
      if ("code" in (error as Any)) throw error;
      throw opensslError("0688010A", "asn1 encoding routines", "nested asn1 error", "ASN1_NESTED_ASN1_ERROR");
    }
    Object.defineProperty(this, PARSED, { value: parsed });
  }

  get subject(): string | undefined {
    return this[PARSED].subject || undefined;
  }

  get issuer(): string | undefined {
    return this[PARSED].issuer || undefined;
  }

  get subjectAltName(): string | undefined {
    return this[PARSED].subjectAltName;
  }

  get infoAccess(): string | undefined {
    return this[PARSED].infoAccess;
  }

  get validFrom(): string {
    return this[PARSED].validFrom.text;
  }

  get validTo(): string {
    return this[PARSED].validTo.text;
  }

  get validFromDate(): Date {
    return new Date(this[PARSED].validFrom.date);
  }

  get validToDate(): Date {
    return new Date(this[PARSED].validTo.date);
  }

  get fingerprint(): string {
    return fingerprint("sha1", this.raw);
  }

  get fingerprint256(): string {
    return fingerprint("sha256", this.raw);
  }

  get fingerprint512(): string {
    return fingerprint("sha512", this.raw);
  }

  get keyUsage(): string[] | undefined {
    return this[PARSED].extendedKeyUsage;
  }

  get serialNumber(): string {
    return this[PARSED].serialNumber;
  }

  get raw(): Buffer {
    return Buffer.from(this[PARSED].raw);
  }

  get publicKey(): KeyObject {
    return keyObject(decodeSpki(this[PARSED].spki));
  }

  get ca(): boolean {
    return this[PARSED].isCa;
  }

  get issuerCertificate(): undefined {
    return undefined;
  }

  toString(): string {
    return writePem("CERTIFICATE", this[PARSED].raw);
  }

  toJSON(): string {
    return this.toString();
  }

  checkHost(name: Any, options?: Any): string | undefined {
    validateString(name, "name");
    return matchesHost(this[PARSED], name, checked(options));
  }

  checkEmail(email: Any, options?: Any): string | undefined {
    validateString(email, "email");
    return matchesEmail(this[PARSED], email, checked(options));
  }

  checkIP(ip: Any): string | undefined {
    validateString(ip, "ip");
    return matchesIp(this[PARSED], ip);
  }

  checkIssued(other: Any): boolean {
    if (!(other instanceof X509Certificate)) throw invalidArgType("otherCert", "X509Certificate", other);
    return Buffer.compare(this[PARSED].issuerName, other[PARSED].subjectName) === 0;
  }

  checkPrivateKey(key: Any): boolean {
    const material = key?.[MATERIAL];
    if (material === undefined) throw invalidArgType("pkey", "KeyObject", key);
    if (material.type !== "private") throw invalidArgValue("pkey", key);
    return Buffer.compare(encodeSpki(publicOf(material)), encodeSpki(decodeSpki(this[PARSED].spki))) === 0;
  }

  verify(key: Any): boolean {
    const material = key?.[MATERIAL];
    if (material === undefined) throw invalidArgType("pkey", "KeyObject", key);
    if (material.type !== "public") throw invalidArgValue("pkey", key);
    return verifyCertificate(this[PARSED], material);
  }

  toLegacyObject(): Any {
    const { subjectFields, issuerFields, subjectAltName, isCa, extendedKeyUsage } = this[PARSED];
    return {
      subject: subjectFields,
      issuer: issuerFields,
      ...(subjectAltName && { subjectaltname: subjectAltName }),
      ca: isCa,
      valid_from: this.validFrom,
      valid_to: this.validTo,
      fingerprint: this.fingerprint,
      fingerprint256: this.fingerprint256,
      fingerprint512: this.fingerprint512,
      ...(extendedKeyUsage && { ext_key_usage: extendedKeyUsage }),
      serialNumber: this.serialNumber,
      raw: this.raw,
    };
  }

  get [Symbol.toStringTag](): string {
    return "X509Certificate";
  }
}

function fingerprint(hash: string, bytes: Uint8Array): string {
  const hex = Buffer.from(digest(hash, bytes)!).toString("hex").toUpperCase();
  return hex.match(/../g)!.join(":");
}

function checked(options: Any): Any {
  if (options === undefined) return {};
  validateObject(options, "options");
  return options;
}
