import { ecPoint, ecPublic, ed25519Public, rsaPrivate, rsaPublic, x25519 } from "laconic:keys";
import { MATERIAL, type SecretMaterial } from "../secret.js";

/** The numbers of an RSA key, by their names in PKCS #1 and JWK; big-endian without leading zeros. */
export interface RsaNumbers {
  readonly n: Uint8Array;
  readonly e: Uint8Array;
  readonly d?: Uint8Array;
  readonly p?: Uint8Array;
  readonly q?: Uint8Array;
  readonly dp?: Uint8Array;
  readonly dq?: Uint8Array;
  readonly qi?: Uint8Array;
}

/** What a PSS key is restricted to. */
export interface PssParameters {
  readonly hash: string;
  readonly maskHash: string;
  readonly saltLength: number;
}

export interface RsaMaterial {
  readonly type: "public" | "private";
  readonly kind: "rsa" | "rsa-pss";
  readonly numbers: RsaNumbers;
  readonly pss?: PssParameters;
  handle?: LaconicRsaKey;
}

export interface EcMaterial {
  readonly type: "public" | "private";
  readonly kind: "ec";
  /** OpenSSL's name. */
  readonly curve: string;
  /** Uncompressed. */
  readonly point: Uint8Array;
  readonly d?: Uint8Array;
}

export interface OkpMaterial {
  readonly type: "public" | "private";
  readonly kind: "ed25519" | "x25519";
  readonly x: Uint8Array;
  readonly d?: Uint8Array;
}

export interface DhMaterial {
  readonly type: "public" | "private";
  readonly kind: "dh";
  readonly prime: Uint8Array;
  readonly generator: Uint8Array;
  readonly y: Uint8Array;
  readonly x?: Uint8Array;
}

export type AsymmetricMaterial = RsaMaterial | EcMaterial | OkpMaterial | DhMaterial;
export type Material = SecretMaterial | AsymmetricMaterial;

export { MATERIAL };

/** Says that numbers are no key; callers make of it what Node says. */
export class KeyError extends Error {}

/** Bytes of the field, by OpenSSL's name of the curve. */
export const CURVES: Readonly<Record<string, { oid: string; length: number; jwk: string; names: string[] }>> =
  {
    prime256v1: { oid: "1.2.840.10045.3.1.7", length: 32, jwk: "P-256", names: ["P-256", "secp256r1"] },
    secp384r1: { oid: "1.3.132.0.34", length: 48, jwk: "P-384", names: ["P-384"] },
    secp521r1: { oid: "1.3.132.0.35", length: 66, jwk: "P-521", names: ["P-521"] },
    secp256k1: { oid: "1.3.132.0.10", length: 32, jwk: "secp256k1", names: [] },
  };

/** OpenSSL's name of a curve, by any of its names. */
export function findCurve(name: string): string | undefined {
  if (Object.hasOwn(CURVES, name)) return name;
  return Object.keys(CURVES).find((curve) => CURVES[curve]!.names.includes(name));
}

/** The key prepared by the engine, which is kept: preparing costs as much as using it. */
export function rsaHandle(material: RsaMaterial): LaconicRsaKey {
  if (material.handle === undefined) {
    const { n, e, d, p, q } = material.numbers;
    const handle = material.type === "private" ? rsaPrivate(n, e, d!, p!, q!) : rsaPublic(n, e);
    if (handle === undefined) throw new KeyError("no RSA key");
    material.handle = handle;
  }
  return material.handle;
}

export function ecPrivate(curve: string, d: Uint8Array): EcMaterial {
  const point = ecPublic(curve, d);
  if (point === undefined) throw new KeyError("no private key of the curve");
  return {
    type: "private",
    kind: "ec",
    curve,
    d: padded(d, CURVES[curve]!.length),
    point: new Uint8Array(point),
  };
}

export function ecPublicKey(curve: string, encoded: Uint8Array): EcMaterial {
  const point = ecPoint(curve, encoded);
  if (point === undefined) throw new KeyError("no point of the curve");
  return { type: "public", kind: "ec", curve, point: new Uint8Array(point) };
}

export function okpPrivate(kind: OkpMaterial["kind"], d: Uint8Array): OkpMaterial {
  const x = kind === "ed25519" ? ed25519Public(d) : x25519(d);
  if (x === undefined) throw new KeyError("no private key of that length");
  return { type: "private", kind, d, x: new Uint8Array(x) };
}

export function okpPublic(kind: OkpMaterial["kind"], x: Uint8Array): OkpMaterial {
  if (x.length !== 32) throw new KeyError("no public key of that length");
  return { type: "public", kind, x };
}

/** With zeros in front, to a length; what is longer loses zeros only. */
export function padded(bytes: Uint8Array, length: number): Uint8Array {
  if (bytes.length === length) return bytes;
  const result = new Uint8Array(length);
  if (bytes.length > length) result.set(bytes.subarray(bytes.length - length));
  else result.set(bytes, length - bytes.length);
  return result;
}

/** The public half. */
export function publicOf<T extends AsymmetricMaterial>(material: T): T {
  if (material.type === "public") return material;
  switch (material.kind) {
    case "rsa":
    case "rsa-pss": {
      const { n, e } = material.numbers;
      const { kind, pss } = material;
      return { type: "public", kind, numbers: { n, e }, ...(pss && { pss }) } as unknown as T;
    }
    case "ec":
      return { type: "public", kind: "ec", curve: material.curve, point: material.point } as unknown as T;
    case "dh": {
      const { prime, generator, y } = material;
      return { type: "public", kind: "dh", prime, generator, y } as unknown as T;
    }
    default:
      return { type: "public", kind: material.kind, x: material.x } as unknown as T;
  }
}
