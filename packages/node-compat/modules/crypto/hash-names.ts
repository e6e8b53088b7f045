/** Other names of the engine's hashes, in lower case. */
const ALIASES: Record<string, string> = {
  "rsa-md5": "md5",
  md5withrsaencryption: "md5",
  "ssl3-md5": "md5",
  "rsa-sha1": "sha1",
  "rsa-sha1-2": "sha1",
  sha1withrsaencryption: "sha1",
  "ssl3-sha1": "sha1",
  "sha-1": "sha1",
  "rsa-ripemd160": "ripemd160",
  ripemd: "ripemd160",
  rmd160: "ripemd160",
  ripemd160withrsa: "ripemd160",
  "rsa-sha512/224": "sha512-224",
  "sha512/224": "sha512-224",
  "rsa-sha512/256": "sha512-256",
  "sha512/256": "sha512-256",
  "sha2-224": "sha224",
  "sha2-256": "sha256",
  "sha2-384": "sha384",
  "sha2-512": "sha512",
  "sha-224": "sha224",
  "sha-256": "sha256",
  "sha-384": "sha384",
  "sha-512": "sha512",
  "sha2-512/224": "sha512-224",
  "sha2-512/256": "sha512-256",
  "sha-512/224": "sha512-224",
  "sha-512/256": "sha512-256",
  "blake2b-512": "blake2b512",
  "blake2s-256": "blake2s256",
  "shake-128": "shake128",
  "shake-256": "shake256",
};

/** Output and block lengths in bytes, by the name that the engine knows. A block of 0: no HMAC. */
export const HASHES: Readonly<Record<string, readonly [length: number, block: number]>> = {
  blake2b512: [64, 128],
  blake2s256: [32, 64],
  md5: [16, 64],
  "md5-sha1": [36, 64],
  ripemd160: [20, 64],
  sha1: [20, 64],
  sha224: [28, 64],
  sha256: [32, 64],
  "sha3-224": [28, 144],
  "sha3-256": [32, 136],
  "sha3-384": [48, 104],
  "sha3-512": [64, 72],
  sha384: [48, 128],
  sha512: [64, 128],
  "sha512-224": [28, 128],
  "sha512-256": [32, 128],
  shake128: [16, 0],
  shake256: [32, 0],
};

const known = new Map<string, string | undefined>();

/** The engine's name of a hash, by any of OpenSSL's names; undefined when there is no such hash. */
export function findHash(name: string): string | undefined {
  if (Object.hasOwn(HASHES, name)) return name;
  if (known.has(name)) return known.get(name);
  const lower = name.toLowerCase();
  const plain = lower.replace(/^(rsa-|id-rsassa-pkcs1-v1_5-with-)/, "").replace(/withrsaencryption$/, "");
  const found = [lower, ALIASES[lower], plain].find((one) => one !== undefined && Object.hasOwn(HASHES, one));
  known.set(name, found);
  return found;
}

/** What `getHashes()` gives: OpenSSL's list, without the hash that the engine lacks (SM3). */
export function hashNames(): string[] {
  const withRsa = ["md5", "sha1", "sha224", "sha256", "sha384", "sha512", "sha512-224", "sha512-256"];
  const sha3 = ["sha3-224", "sha3-256", "sha3-384", "sha3-512"];
  const upper = [
    "MD5",
    "RIPEMD160",
    "SHA1",
    "SHA1-2",
    "SHA224",
    "SHA256",
    "SHA384",
    "SHA512",
    "SHA512/224",
    "SHA512/256",
  ];
  return [
    ...[...upper, ...sha3.map((name) => name.toUpperCase())].map((name) => `RSA-${name}`),
    ...sha3.map((name) => `id-rsassa-pkcs1-v1_5-with-${name}`),
    ...Object.keys(HASHES),
    ...withRsa.map((name) => `${name}WithRSAEncryption`),
    ...["ripemd", "rmd160", "ripemd160WithRSA", "ssl3-md5", "ssl3-sha1"],
  ].sort();
}
