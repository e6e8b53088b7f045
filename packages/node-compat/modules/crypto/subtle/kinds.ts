/** Families of algorithms, which take the same usages and formats. */
export type Family = "hmac" | "aes" | "rsa" | "ec" | "okp" | "derivation";

export const FAMILIES: Readonly<Record<string, Family>> = {
  HMAC: "hmac",
  "AES-CTR": "aes",
  "AES-CBC": "aes",
  "AES-GCM": "aes",
  "AES-KW": "aes",
  "RSASSA-PKCS1-v1_5": "rsa",
  "RSA-PSS": "rsa",
  "RSA-OAEP": "rsa",
  ECDSA: "ec",
  ECDH: "ec",
  Ed25519: "okp",
  X25519: "okp",
  HKDF: "derivation",
  PBKDF2: "derivation",
};

interface Usages {
  readonly secret?: readonly string[];
  readonly public?: readonly string[];
  readonly private?: readonly string[];
}

const CIPHER: Usages = { secret: ["encrypt", "decrypt", "wrapKey", "unwrapKey"] };
const SIGNATURE: Usages = { public: ["verify"], private: ["sign"] };
const AGREEMENT: Usages = { public: [], private: ["deriveKey", "deriveBits"] };
const DERIVATION: Usages = { secret: ["deriveKey", "deriveBits"] };

export const USAGES: Readonly<Record<string, Usages>> = {
  HMAC: { secret: ["sign", "verify"] },
  "AES-CTR": CIPHER,
  "AES-CBC": CIPHER,
  "AES-GCM": CIPHER,
  "AES-KW": { secret: ["wrapKey", "unwrapKey"] },
  "RSASSA-PKCS1-v1_5": SIGNATURE,
  "RSA-PSS": SIGNATURE,
  "RSA-OAEP": { public: ["encrypt", "wrapKey"], private: ["decrypt", "unwrapKey"] },
  ECDSA: SIGNATURE,
  ECDH: AGREEMENT,
  Ed25519: SIGNATURE,
  X25519: AGREEMENT,
  HKDF: DERIVATION,
  PBKDF2: DERIVATION,
};

/** How Node's messages call a key of the algorithm. */
export function keyTitle(name: string): string {
  switch (FAMILIES[name]) {
    case "hmac":
      return "an HMAC";
    case "aes":
      return "an AES";
    case "rsa":
      return "an RSA";
    case "ec":
      return `an ${name}`;
    default:
      return /^[AEHX]/.test(name) ? `an ${name}` : `a ${name}`;
  }
}

/** The algorithm's name in a JWK, where there is one. */
export function jwkAlgorithm(name: string, details: { length?: number; hash?: string }): string | undefined {
  const digits = details.hash?.replace("SHA-", "");
  switch (name) {
    case "HMAC":
      return `HS${digits}`;
    case "RSASSA-PKCS1-v1_5":
      return `RS${digits}`;
    case "RSA-PSS":
      return `PS${digits}`;
    case "RSA-OAEP":
      return digits === "1" ? "RSA-OAEP" : `RSA-OAEP-${digits}`;
    case "AES-CTR":
    case "AES-CBC":
    case "AES-GCM":
    case "AES-KW":
      return `A${details.length}${name.slice(4)}`;
    case "Ed25519":
      return name;
    default:
      return undefined;
  }
}
