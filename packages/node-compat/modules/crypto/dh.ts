import { Buffer } from "node:buffer";
import { randomBytes } from "laconic:crypto";
import { isPrime, modPow, randomPrime } from "laconic:keys";
import type { Any } from "../internal/any.js";
import { invalidArgType } from "../internal/errors.js";
import { validateInteger, validateString } from "../internal/validate.js";
import { isAnyArrayBuffer, output, toBytes } from "./bytes.js";
import { nativeError, opensslError } from "./errors.js";
import { GROUPS } from "./groups.js";
import { padded } from "./keys/material.js";

const STATE = Symbol("kHandle");

interface State {
  readonly prime: Uint8Array;
  readonly generator: Uint8Array;
  x?: Uint8Array;
  y?: Uint8Array;
}

const LEAST_BITS = 512;
const DEFAULT_GENERATOR = 2;
/** Flags of `verifyError`. */
const CHECK = { notPrime: 1, notSafePrime: 2 } as const;

/** The shared secret, as long as the prime; undefined when the other key is none. */
export function agreeDh(prime: Uint8Array, x: Uint8Array, y: Uint8Array): ArrayBuffer | undefined {
  return isKey(prime, y) ? modPow(y, x, prime) : undefined;
}

/** Between 1 and prime - 1, both excluded. */
function isKey(prime: Uint8Array, y: Uint8Array): boolean {
  const [modulus, value] = [toNumber(prime), toNumber(y)];
  return value > 1n && value < modulus - 1n;
}

function toNumber(bytes: Uint8Array): bigint {
  return bytes.length === 0 ? 0n : BigInt(`0x${Buffer.from(bytes).toString("hex")}`);
}

function fromNumber(number: bigint): Uint8Array {
  const hex = number.toString(16);
  return Buffer.from(hex.length % 2 ? `0${hex}` : hex, "hex");
}

export function DiffieHellman(
  this: Any,
  sizeOrKey: Any,
  keyEncoding?: Any,
  generator?: Any,
  generatorEncoding?: Any,
): Any {
  if (!(this instanceof DiffieHellman)) {
    return new (DiffieHellman as Any)(sizeOrKey, keyEncoding, generator, generatorEncoding);
  }
  const isData =
    typeof sizeOrKey === "string" || ArrayBuffer.isView(sizeOrKey) || isAnyArrayBuffer(sizeOrKey);
  if (typeof sizeOrKey !== "number" && !isData) {
    const kinds = ["number", "string", "ArrayBuffer", "Buffer", "TypedArray", "DataView"];
    throw invalidArgType("sizeOrKey", kinds, sizeOrKey);
  }
  if (typeof sizeOrKey === "number") validateInteger(sizeOrKey, "sizeOrKey", -(2 ** 31), 2 ** 31 - 1);
  // The encodings may be left out, each with the next argument in its place.
  if (keyEncoding && !Buffer.isEncoding(keyEncoding) && keyEncoding !== "buffer") {
    generatorEncoding = generator;
    generator = keyEncoding;
    keyEncoding = false;
  }
  const prime =
    typeof sizeOrKey === "number" ? freshPrime(sizeOrKey) : toBytes(sizeOrKey, "prime", keyEncoding);
  (this as Any)[STATE] = { prime, generator: generatorBytes(generator, generatorEncoding) } satisfies State;
}

function freshPrime(bits: number): Uint8Array {
  if (bits < LEAST_BITS) {
    throw opensslError("0280007E", "Diffie-Hellman routines", "modulus too small", "DH_MODULUS_TOO_SMALL");
  }
  return new Uint8Array(randomPrime(bits, true));
}

function badGenerator(): Error {
  return opensslError("02800065", "Diffie-Hellman routines", "bad generator", "DH_BAD_GENERATOR");
}

function generatorBytes(generator: Any, encoding: Any): Uint8Array {
  if (!generator) return Uint8Array.of(DEFAULT_GENERATOR);
  if (typeof generator === "number") {
    if (generator < DEFAULT_GENERATOR) throw badGenerator();
    return fromNumber(BigInt(generator));
  }
  const bytes = toBytes(generator, "generator", encoding);
  if (toNumber(bytes) < 2n) throw badGenerator();
  return bytes;
}

export function DiffieHellmanGroup(this: Any, name: Any): Any {
  if (!(this instanceof DiffieHellmanGroup)) return new (DiffieHellmanGroup as Any)(name);
  validateString(name, "name");
  const group = GROUPS[name.toLowerCase()];
  if (group === undefined) throw nativeError(Error, "ERR_CRYPTO_UNKNOWN_DH_GROUP", "Unknown DH group");
  (this as Any)[STATE] = { prime: group(), generator: Uint8Array.of(DEFAULT_GENERATOR) } satisfies State;
}

function encoded(bytes: Uint8Array | undefined, encoding: Any, what = ""): Any {
  if (bytes === undefined) {
    throw nativeError(
      Error,
      "ERR_CRYPTO_INVALID_KEYTYPE",
      `No ${what} key - did you forget to generate one?`,
    );
  }
  return output(bytes.slice().buffer as ArrayBuffer, encoding);
}

const methods: Any = {
  generateKeys(this: Any, encoding?: Any): Any {
    const state: State = this[STATE];
    state.x ??= new Uint8Array(randomBytes(Math.max(state.prime.length - 1, 1)));
    state.y = new Uint8Array(modPow(state.generator, state.x, state.prime)!);
    return this.getPublicKey(encoding);
  },

  computeSecret(this: Any, key: Any, inputEncoding?: Any, outputEncoding?: Any): Any {
    const { prime, x }: State = this[STATE];
    const y = toBytes(key, "otherPublicKey", inputEncoding);
    const [modulus, value] = [toNumber(prime), toNumber(y)];
    const refuse = (size: string): never => {
      throw nativeError(RangeError, "ERR_CRYPTO_INVALID_KEYLEN", `Supplied key is too ${size}`);
    };
    if (value <= 1n) refuse("small");
    if (value >= modulus - 1n) refuse("large");
    if (x === undefined) throw nativeError(RangeError, "ERR_CRYPTO_INVALID_KEYPAIR", "Invalid key pair");
    return encoded(padded(new Uint8Array(modPow(y, x, prime)!), prime.length), outputEncoding);
  },

  getPrime(this: Any, encoding?: Any): Any {
    return encoded(this[STATE].prime, encoding);
  },

  getGenerator(this: Any, encoding?: Any): Any {
    return encoded(this[STATE].generator, encoding);
  },

  getPublicKey(this: Any, encoding?: Any): Any {
    return encoded(this[STATE].y, encoding, "public");
  },

  getPrivateKey(this: Any, encoding?: Any): Any {
    return encoded(this[STATE].x, encoding, "private");
  },
};

function define(Class: Any, extra: Any): void {
  for (const [name, value] of Object.entries({ ...methods, ...extra })) Class.prototype[name] = value;
  Object.defineProperty(Class.prototype, "verifyError", {
    configurable: true,
    enumerable: true,
    get(this: Any): number {
      const { prime }: State = this[STATE];
      if (!isPrime(prime)) return CHECK.notPrime;
      return isPrime(fromNumber((toNumber(prime) - 1n) / 2n)) ? 0 : CHECK.notSafePrime;
    },
  });
}

define(DiffieHellman, {
  setPublicKey(this: Any, key: Any, encoding?: Any): Any {
    this[STATE].y = toBytes(key, "key", encoding).slice();
    return this;
  },

  setPrivateKey(this: Any, key: Any, encoding?: Any): Any {
    this[STATE].x = toBytes(key, "key", encoding).slice();
    return this;
  },
});
define(DiffieHellmanGroup, {});

export function createDiffieHellman(...args: Any[]): Any {
  return new (DiffieHellman as Any)(...args);
}

export function getDiffieHellman(name: Any): Any {
  return new (DiffieHellmanGroup as Any)(name);
}
