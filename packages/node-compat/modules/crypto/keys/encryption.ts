import { Buffer } from "node:buffer";
import { digest, pbkdf2, randomBytes, scrypt } from "laconic:crypto";
import { open } from "laconic:ciphers";
import { findCipher, type CipherKind } from "../cipher-names.js";
import { nativeError, opensslError } from "../errors.js";
import {
  children,
  concat,
  DerError,
  element,
  expect,
  integer,
  nothing,
  octetString,
  oid,
  readNumber,
  readOid,
  readSequence,
  sequence,
  TAG,
  type Element,
} from "./der.js";
import type { PemBlock } from "./pem.js";

const OID = {
  pbes2: "1.2.840.113549.1.5.13",
  pbkdf2: "1.2.840.113549.1.5.12",
  scrypt: "1.3.6.1.4.1.11591.4.11",
} as const;

const MAC_OIDS: Readonly<Record<string, string>> = {
  "1.2.840.113549.2.7": "sha1",
  "1.2.840.113549.2.8": "sha224",
  "1.2.840.113549.2.9": "sha256",
  "1.2.840.113549.2.10": "sha384",
  "1.2.840.113549.2.11": "sha512",
};
const HMAC_SHA256 = "1.2.840.113549.2.9";

const CIPHER_OIDS: Readonly<Record<string, string>> = {
  "aes-128-cbc": "2.16.840.1.101.3.4.1.2",
  "aes-192-cbc": "2.16.840.1.101.3.4.1.22",
  "aes-256-cbc": "2.16.840.1.101.3.4.1.42",
  "des-ede3-cbc": "1.2.840.113549.3.7",
};

/** What OpenSSL takes when it encrypts a key. */
const ITERATIONS = 2048;
const SALT_LENGTH = 16;

export function badDecrypt(): Error {
  return opensslError("1C800064", "Provider routines", "bad decrypt", "BAD_DECRYPT");
}

/** What OpenSSL says when it asks for a passphrase and gets none. */
function missingPassphrase(): Error {
  return opensslError(
    "07880109",
    "common libcrypto routines",
    "interrupted or cancelled",
    "CRYPTO_INTERRUPTED_OR_CANCELLED",
  );
}

function crypt(
  kind: CipherKind,
  key: Uint8Array,
  iv: Uint8Array,
  data: Uint8Array,
  isEncrypting: boolean,
): Uint8Array {
  const cipher = open(kind.algorithm, kind.mode, key, iv, isEncrypting, 0);
  const first = cipher?.update(data);
  const last = cipher?.final();
  if (first === undefined || last === undefined) throw badDecrypt();
  return concat([new Uint8Array(first), new Uint8Array(last)]);
}

/** PKCS #8 `EncryptedPrivateKeyInfo` to what it holds. */
export function decryptPkcs8(bytes: Uint8Array, passphrase: Uint8Array | undefined): Uint8Array {
  const [algorithm, data] = readSequence(bytes);
  const [scheme, parameters] = children(expect(algorithm, TAG.sequence));
  if (readOid(scheme) !== OID.pbes2) throw new DerError("unknown encryption");
  if (passphrase === undefined) throw missingPassphrase();
  const [derivation, encryption] = children(expect(parameters, TAG.sequence));
  const [cipherOid, iv] = children(expect(encryption, TAG.sequence));
  const name = Object.keys(CIPHER_OIDS).find((name) => CIPHER_OIDS[name] === readOid(cipherOid));
  const kind = name === undefined ? undefined : findCipher(name);
  if (kind === undefined) throw new DerError("unknown cipher");
  const key = deriveKey(expect(derivation, TAG.sequence), passphrase, kind.keyLength);
  return crypt(kind, key, expect(iv, TAG.octetString).content, expect(data, TAG.octetString).content, false);
}

function deriveKey(derivation: Element, passphrase: Uint8Array, length: number): Uint8Array {
  const [name, parameters] = children(derivation);
  const [salt, ...rest] = children(expect(parameters, TAG.sequence));
  const saltBytes = expect(salt, TAG.octetString).content;
  let key: ArrayBuffer | undefined;
  if (readOid(name) === OID.scrypt) {
    const [cost, block, parallel] = rest.map((number) => readNumber(number));
    key = scrypt(passphrase, saltBytes, Math.log2(cost!), block!, parallel!, length);
  } else if (readOid(name) === OID.pbkdf2) {
    const mac = rest.find(({ tag }) => tag === TAG.sequence);
    const hash = mac ? MAC_OIDS[readOid(children(mac)[0])] : "sha1";
    if (hash !== undefined) key = pbkdf2(hash, passphrase, saltBytes, readNumber(rest[0]), length);
  }
  if (key === undefined) throw new DerError("unknown derivation");
  return new Uint8Array(key);
}

/** Encrypts a PKCS #8 key as OpenSSL does: PBKDF2 with SHA-256. */
export function encryptPkcs8(bytes: Uint8Array, cipher: string, passphrase: Uint8Array): Uint8Array {
  const kind = findCipher(cipher);
  const cipherOid = kind && CIPHER_OIDS[kind.name];
  if (kind === undefined || cipherOid === undefined) {
    throw nativeError(Error, "ERR_CRYPTO_UNKNOWN_CIPHER", "Unknown cipher");
  }
  const salt = new Uint8Array(randomBytes(SALT_LENGTH));
  const iv = new Uint8Array(randomBytes(kind.ivLength));
  const key = new Uint8Array(pbkdf2("sha256", passphrase, salt, ITERATIONS, kind.keyLength)!);
  const derivation = sequence(
    oid(OID.pbkdf2),
    sequence(octetString(salt), integer(ITERATIONS), sequence(oid(HMAC_SHA256), nothing())),
  );
  return sequence(
    sequence(oid(OID.pbes2), sequence(derivation, sequence(oid(cipherOid), octetString(iv)))),
    element(TAG.octetString, crypt(kind, key, iv, bytes, true)),
  );
}

/** The key of OpenSSL's own, older encryption: MD5 over and over, once each. */
function legacyKey(passphrase: Uint8Array, iv: Uint8Array, length: number): Uint8Array {
  let key = new Uint8Array(0);
  let last = new Uint8Array(0);
  while (key.length < length) {
    last = new Uint8Array(digest("md5", concat([last, passphrase, iv.subarray(0, 8)]))!);
    key = concat([key, last]) as Uint8Array<ArrayBuffer>;
  }
  return key.subarray(0, length);
}

/** A PEM block with `Proc-Type: 4,ENCRYPTED`, decrypted; one without, as it is. */
export function decryptPem({ headers, bytes }: PemBlock, passphrase: Uint8Array | undefined): Uint8Array {
  if (!headers["Proc-Type"]?.includes("ENCRYPTED")) return bytes;
  if (passphrase === undefined) throw missingPassphrase();
  const [name = "", iv = ""] = headers["DEK-Info"]?.split(",") ?? [];
  const kind = findCipher(name.trim());
  if (kind === undefined) throw new DerError("unknown cipher");
  const ivBytes = Buffer.from(iv.trim(), "hex");
  return crypt(kind, legacyKey(passphrase, ivBytes, kind.keyLength), ivBytes, bytes, false);
}

/** The headers and the bytes of a PEM block encrypted in that way. */
export function encryptPem(
  bytes: Uint8Array,
  cipher: string,
  passphrase: Uint8Array,
): [string[], Uint8Array] {
  const kind = findCipher(cipher);
  if (kind === undefined || kind.mode !== "cbc") {
    throw nativeError(Error, "ERR_CRYPTO_UNKNOWN_CIPHER", "Unknown cipher");
  }
  const iv = Buffer.from(randomBytes(kind.ivLength));
  const encrypted = crypt(kind, legacyKey(passphrase, iv, kind.keyLength), iv, bytes, true);
  const info = `DEK-Info: ${kind.name.toUpperCase()},${iv.toString("hex").toUpperCase()}`;
  return [["Proc-Type: 4,ENCRYPTED", info], encrypted];
}
