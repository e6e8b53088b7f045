import { bitString, integer, nothing, octetString, oid, sequence, tagged } from "./der.js";
import { HASH_OIDS, OID } from "./decode.js";
import { CURVES, type AsymmetricMaterial, type PssParameters, type RsaMaterial } from "./material.js";

/** PKCS #1 `RSAPublicKey`. */
export function encodePkcs1Public({ numbers: { n, e } }: RsaMaterial): Uint8Array {
  return sequence(integer(n), integer(e));
}

/** PKCS #1 `RSAPrivateKey`. */
export function encodePkcs1Private({ numbers: { n, e, d, p, q, dp, dq, qi } }: RsaMaterial): Uint8Array {
  return sequence(integer(0), ...[n, e, d!, p!, q!, dp!, dq!, qi!].map(integer));
}

/** SEC 1 `ECPrivateKey`; inside PKCS #8 the curve is named outside. */
export function encodeSec1(
  { curve, d, point }: Extract<AsymmetricMaterial, { kind: "ec" }>,
  namesCurve = true,
): Uint8Array {
  const parameters = namesCurve ? [tagged(0, oid(CURVES[curve]!.oid))] : [];
  return sequence(integer(1), octetString(d!), ...parameters, tagged(1, bitString(point)));
}

function pssParameters({ hash, maskHash, saltLength }: PssParameters): Uint8Array {
  const algorithm = (name: string): Uint8Array => sequence(oid(HASH_OIDS[name]!), nothing());
  const parts: Uint8Array[] = [];
  // What is the default may not be said.
  if (hash !== "sha1") parts.push(tagged(0, algorithm(hash)));
  if (maskHash !== "sha1") parts.push(tagged(1, sequence(oid(OID.mgf1), algorithm(maskHash))));
  if (saltLength !== 20) parts.push(tagged(2, integer(saltLength)));
  return sequence(...parts);
}

function algorithm(material: AsymmetricMaterial): Uint8Array {
  switch (material.kind) {
    case "rsa":
      return sequence(oid(OID.rsa), nothing());
    case "rsa-pss":
      return sequence(oid(OID.rsaPss), ...(material.pss ? [pssParameters(material.pss)] : []));
    case "ec":
      return sequence(oid(OID.ec), oid(CURVES[material.curve]!.oid));
    case "dh":
      return sequence(oid(OID.dh), sequence(integer(material.prime), integer(material.generator)));
    default:
      return sequence(oid(OID[material.kind]));
  }
}

function publicBits(material: AsymmetricMaterial): Uint8Array {
  switch (material.kind) {
    case "rsa":
    case "rsa-pss":
      return encodePkcs1Public(material);
    case "ec":
      return material.point;
    case "dh":
      return integer(material.y);
    default:
      return material.x;
  }
}

function privateOctets(material: AsymmetricMaterial): Uint8Array {
  switch (material.kind) {
    case "rsa":
    case "rsa-pss":
      return encodePkcs1Private(material);
    case "ec":
      return encodeSec1(material, false);
    case "dh":
      return integer(material.x!);
    default:
      return octetString(material.d!);
  }
}

/** X.509 `SubjectPublicKeyInfo`. */
export function encodeSpki(material: AsymmetricMaterial): Uint8Array {
  return sequence(algorithm(material), bitString(publicBits(material)));
}

/** PKCS #8 `PrivateKeyInfo`. */
export function encodePkcs8(material: AsymmetricMaterial): Uint8Array {
  return sequence(integer(0), algorithm(material), octetString(privateOctets(material)));
}
