// What the engine's modules for cryptography give to the shipped ones. Text counts as its UTF-8. A name or a value that
// a primitive does not take gives undefined.

type LaconicBytes = Uint8Array | string;

interface LaconicHasher {
  update(data: LaconicBytes): void;
  digest(): ArrayBuffer | undefined;
  copy(length?: number): LaconicHasher | undefined;
}

interface LaconicCipher {
  update(data: LaconicBytes): ArrayBuffer | undefined;
  final(): ArrayBuffer | undefined;
  setPadding(isOn: boolean): void;
  setAAD(data: LaconicBytes, length?: number): boolean;
  setTag(tag: Uint8Array): void;
  tag(): ArrayBuffer | undefined;
}

interface LaconicRsaKey {
  signPkcs1(data: Uint8Array): ArrayBuffer | undefined;
  recoverPkcs1(signature: Uint8Array): ArrayBuffer | undefined;
  signPss(hash: string, maskHash: string, digest: Uint8Array, saltLength: number): ArrayBuffer | undefined;
  verifyPss(
    hash: string,
    maskHash: string,
    digest: Uint8Array,
    signature: Uint8Array,
    saltLength: number | undefined,
  ): boolean;
  encryptPkcs1(data: Uint8Array): ArrayBuffer | undefined;
  decryptPkcs1(data: Uint8Array): ArrayBuffer | undefined;
  encryptOaep(data: Uint8Array, hash: string, maskHash: string, label: Uint8Array): ArrayBuffer | undefined;
  decryptOaep(data: Uint8Array, hash: string, maskHash: string, label: Uint8Array): ArrayBuffer | undefined;
  raw(block: Uint8Array, isPrivate: boolean): ArrayBuffer | undefined;
}

declare module "laconic:crypto" {
  export function hash(name: string, length?: number): LaconicHasher | undefined;
  export function hmac(name: string, key: LaconicBytes): LaconicHasher | undefined;
  export function digest(name: string, data: LaconicBytes, length?: number): ArrayBuffer | undefined;
  export function mac(name: string, key: LaconicBytes, data: LaconicBytes): ArrayBuffer | undefined;
  export function pbkdf2(
    hash: string,
    password: LaconicBytes,
    salt: LaconicBytes,
    iterations: number,
    length: number,
  ): ArrayBuffer | undefined;
  export function scrypt(
    password: LaconicBytes,
    salt: LaconicBytes,
    logCost: number,
    blockSize: number,
    parallelization: number,
    length: number,
  ): ArrayBuffer | undefined;
  export function hkdf(
    hash: string,
    key: LaconicBytes,
    salt: LaconicBytes,
    info: LaconicBytes,
    length: number,
  ): ArrayBuffer | undefined;
  export function randomFill(bytes: Uint8Array): void;
  export function randomBytes(length: number): ArrayBuffer;
  export function randomUUID(): string;
  export function equal(left: Uint8Array, right: Uint8Array): boolean;
}

declare module "laconic:ciphers" {
  export function open(
    algorithm: string,
    mode: string,
    key: Uint8Array,
    iv: Uint8Array,
    isEncrypting: boolean,
    tagLength: number,
  ): LaconicCipher | undefined;
}

declare module "laconic:keys" {
  export function rsaPublic(n: Uint8Array, e: Uint8Array): LaconicRsaKey | undefined;
  export function rsaPrivate(
    n: Uint8Array,
    e: Uint8Array,
    d: Uint8Array,
    p: Uint8Array,
    q: Uint8Array,
  ): LaconicRsaKey | undefined;
  /** n, e, d, p, q, d mod p-1, d mod q-1, 1/q mod p */
  export function rsaGenerate(bits: number, e: Uint8Array): ArrayBuffer[] | undefined;
  export function ecGenerate(curve: string): ArrayBuffer | undefined;
  export function ecPublic(curve: string, d: Uint8Array): ArrayBuffer | undefined;
  export function ecPoint(curve: string, point: Uint8Array): ArrayBuffer | undefined;
  export function ecSign(curve: string, d: Uint8Array, digest: Uint8Array): ArrayBuffer | undefined;
  export function ecVerify(
    curve: string,
    point: Uint8Array,
    digest: Uint8Array,
    signature: Uint8Array,
  ): boolean;
  export function ecAgree(curve: string, d: Uint8Array, point: Uint8Array): ArrayBuffer | undefined;
  export function ed25519Public(d: Uint8Array): ArrayBuffer | undefined;
  export function ed25519Sign(d: Uint8Array, data: LaconicBytes): ArrayBuffer | undefined;
  export function ed25519Verify(x: Uint8Array, data: LaconicBytes, signature: Uint8Array): boolean;
  export function x25519(d: Uint8Array, x?: Uint8Array): ArrayBuffer | undefined;
  export function modPow(
    base: Uint8Array,
    exponent: Uint8Array,
    modulus: Uint8Array,
  ): ArrayBuffer | undefined;
  export function isPrime(candidate: Uint8Array): boolean;
  export function randomPrime(bits: number, isSafe: boolean): ArrayBuffer;
}
