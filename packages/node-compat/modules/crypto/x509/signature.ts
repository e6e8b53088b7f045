import { HASH_OIDS, hashByOid, OID } from "../keys/decode.js";
import { children, expect, readElement, readNumber, readOid, TAG, type Element } from "../keys/der.js";
import { keyObject } from "../keys/object.js";
import type { AsymmetricMaterial } from "../keys/material.js";
import { verify } from "../sign.js";
import type { Certificate } from "./certificate.js";

/** Hashes of the signature algorithms that name both. */
const SIGNATURES: Readonly<Record<string, string>> = {
  "1.2.840.113549.1.1.4": "md5",
  "1.2.840.113549.1.1.5": "sha1",
  "1.2.840.113549.1.1.14": "sha224",
  "1.2.840.113549.1.1.11": "sha256",
  "1.2.840.113549.1.1.12": "sha384",
  "1.2.840.113549.1.1.13": "sha512",
  "1.2.840.10045.4.1": "sha1",
  "1.2.840.10045.4.3.1": "sha224",
  "1.2.840.10045.4.3.2": "sha256",
  "1.2.840.10045.4.3.3": "sha384",
  "1.2.840.10045.4.3.4": "sha512",
};

const PSS_PADDING = 6;

interface PssSignature {
  readonly hash: string;
  readonly saltLength: number;
}

function pssSignature(parameters: Element | undefined): PssSignature {
  let hash = "sha1";
  let saltLength = 20;
  for (const { tag, content } of parameters ? children(expect(parameters, TAG.sequence)) : []) {
    const value = readElement(content);
    if (tag === 0xa0) hash = hashByOid(readOid(children(value)[0]));
    else if (tag === 0xa2) saltLength = readNumber(value);
  }
  return { hash, saltLength };
}

/** Whether the key signed the certificate. */
export function verifyCertificate(certificate: Certificate, material: AsymmetricMaterial): boolean {
  const [oid, parameters] = children(certificate.signatureAlgorithm);
  const name = readOid(oid);
  const key = keyObject(material);
  try {
    if (name === OID.ed25519) return verify(null, certificate.signed, key, certificate.signature);
    if (name === OID.rsaPss) {
      const { hash, saltLength } = pssSignature(parameters);
      return verify(
        hash,
        certificate.signed,
        { key, padding: PSS_PADDING, saltLength },
        certificate.signature,
      );
    }
    const hash = SIGNATURES[name];
    return (
      hash !== undefined && hash in HASH_OIDS && verify(hash, certificate.signed, key, certificate.signature)
    );
  } catch {
    // A key of another kind signed nothing here.
    return false;
  }
}
