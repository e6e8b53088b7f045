import { modPow } from "laconic:keys";
import {
  children,
  DerError,
  expect,
  readBits,
  readElement,
  readInteger,
  readNumber,
  readOid,
  readSequence,
  TAG,
  type Element,
} from "./der.js";
import {
  CURVES,
  ecPrivate,
  ecPublicKey,
  KeyError,
  okpPrivate,
  okpPublic,
  type AsymmetricMaterial,
  type PssParameters,
  type RsaMaterial,
} from "./material.js";

export const OID = {
  rsa: "1.2.840.113549.1.1.1",
  rsaPss: "1.2.840.113549.1.1.10",
  mgf1: "1.2.840.113549.1.1.8",
  ec: "1.2.840.10045.2.1",
  dh: "1.2.840.113549.1.3.1",
  x25519: "1.3.101.110",
  ed25519: "1.3.101.112",
} as const;

export const HASH_OIDS: Readonly<Record<string, string>> = {
  md5: "1.2.840.113549.2.5",
  sha1: "1.3.14.3.2.26",
  ripemd160: "1.3.36.3.2.1",
  sha224: "2.16.840.1.101.3.4.2.4",
  sha256: "2.16.840.1.101.3.4.2.1",
  sha384: "2.16.840.1.101.3.4.2.2",
  sha512: "2.16.840.1.101.3.4.2.3",
  "sha512-224": "2.16.840.1.101.3.4.2.5",
  "sha512-256": "2.16.840.1.101.3.4.2.6",
  "sha3-224": "2.16.840.1.101.3.4.2.7",
  "sha3-256": "2.16.840.1.101.3.4.2.8",
  "sha3-384": "2.16.840.1.101.3.4.2.9",
  "sha3-512": "2.16.840.1.101.3.4.2.10",
};

export function hashByOid(oid: string): string {
  const name = Object.keys(HASH_OIDS).find((name) => HASH_OIDS[name] === oid);
  if (name === undefined) throw new DerError("unknown hash");
  return name;
}

/** PKCS #1 `RSAPublicKey`. */
export function decodePkcs1Public(bytes: Uint8Array, kind: RsaMaterial["kind"] = "rsa"): RsaMaterial {
  const [n, e] = readSequence(bytes);
  return { type: "public", kind, numbers: { n: readInteger(n), e: readInteger(e) } };
}

/** PKCS #1 `RSAPrivateKey`. */
export function decodePkcs1Private(bytes: Uint8Array, kind: RsaMaterial["kind"] = "rsa"): RsaMaterial {
  const [version, ...numbers] = readSequence(bytes);
  readInteger(version);
  const [n, e, d, p, q, dp, dq, qi] = numbers.slice(0, 8).map(readInteger);
  if (qi === undefined) throw new DerError("too few numbers");
  return {
    type: "private",
    kind,
    numbers: { n: n!, e: e!, d: d!, p: p!, q: q!, dp: dp!, dq: dq!, qi },
  };
}

/** SEC 1 `ECPrivateKey`; the curve may be named outside. */
export function decodeSec1(bytes: Uint8Array, curve?: string): AsymmetricMaterial {
  const [version, key, ...rest] = readSequence(bytes);
  if (readNumber(version) !== 1) throw new DerError("unknown version");
  const parameters = rest.find(({ tag }) => tag === 0xa0);
  const name = curve ?? (parameters && curveOf(readElement(parameters.content)));
  if (name === undefined) throw new DerError("no curve");
  return ecPrivate(name, expect(key, TAG.octetString).content);
}

function curveOf(parameters: Element): string {
  const oid = readOid(parameters);
  const curve = Object.keys(CURVES).find((name) => CURVES[name]!.oid === oid);
  if (curve === undefined) throw new KeyError(`unknown curve ${oid}`);
  return curve;
}

function pssParameters(parameters: Element | undefined): PssParameters | undefined {
  if (parameters === undefined || parameters.tag !== TAG.sequence) return undefined;
  const result = { hash: "sha1", maskHash: "sha1", saltLength: 20 };
  for (const { tag, content } of children(parameters)) {
    const value = readElement(content);
    if (tag === 0xa0) result.hash = hashByOid(readOid(children(value)[0]));
    else if (tag === 0xa1) result.maskHash = hashByOid(readOid(children(children(value)[1]!)[0]));
    else if (tag === 0xa2) result.saltLength = readNumber(value);
  }
  return result;
}

function withPss(material: RsaMaterial, parameters: Element | undefined): RsaMaterial {
  const pss = pssParameters(parameters);
  return pss ? { ...material, pss } : material;
}

/** PKCS #8 `PrivateKeyInfo`. */
export function decodePkcs8(bytes: Uint8Array): AsymmetricMaterial {
  const [version, algorithm, key] = readSequence(bytes);
  readInteger(version);
  const [oid, parameters] = children(expect(algorithm, TAG.sequence));
  const { content } = expect(key, TAG.octetString);
  switch (readOid(oid)) {
    case OID.rsa:
      return decodePkcs1Private(content);
    case OID.rsaPss:
      return withPss(decodePkcs1Private(content, "rsa-pss"), parameters);
    case OID.ec:
      return decodeSec1(content, parameters && curveOf(parameters));
    case OID.ed25519:
      return okpPrivate("ed25519", expect(readElement(content), TAG.octetString).content);
    case OID.x25519:
      return okpPrivate("x25519", expect(readElement(content), TAG.octetString).content);
    case OID.dh:
      return decodeDh(parameters, undefined, readInteger(readElement(content)));
    default:
      throw new KeyError("unknown kind of key");
  }
}

/** X.509 `SubjectPublicKeyInfo`. */
export function decodeSpki(bytes: Uint8Array): AsymmetricMaterial {
  const [algorithm, key] = readSequence(bytes);
  const [oid, parameters] = children(expect(algorithm, TAG.sequence));
  const content = readBits(key);
  switch (readOid(oid)) {
    case OID.rsa:
      return decodePkcs1Public(content);
    case OID.rsaPss:
      return withPss(decodePkcs1Public(content, "rsa-pss"), parameters);
    case OID.ec:
      return ecPublicKey(curveOf(parameters!), content);
    case OID.ed25519:
      return okpPublic("ed25519", content);
    case OID.x25519:
      return okpPublic("x25519", content);
    case OID.dh:
      return decodeDh(parameters, readInteger(readElement(content)));
    default:
      throw new KeyError("unknown kind of key");
  }
}

function decodeDh(parameters: Element | undefined, y?: Uint8Array, x?: Uint8Array): AsymmetricMaterial {
  const [prime, generator] = children(expect(parameters, TAG.sequence)).map(readInteger);
  if (prime === undefined || generator === undefined) throw new DerError("no group");
  if (x === undefined) return { type: "public", kind: "dh", prime, generator, y: y! };
  return {
    type: "private",
    kind: "dh",
    prime,
    generator,
    x,
    y: new Uint8Array(modPow(generator, x, prime)!),
  };
}

/** The public key in an X.509 certificate, as `SubjectPublicKeyInfo`. */
export function spkiOfCertificate(bytes: Uint8Array): Uint8Array {
  const fields = children(expect(readSequence(bytes)[0], TAG.sequence));
  // The version, which is tagged, may be left out.
  const at = fields[0]?.tag === 0xa0 ? 6 : 5;
  return expect(fields[at], TAG.sequence).whole;
}
