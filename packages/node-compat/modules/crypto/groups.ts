import { Buffer } from "node:buffer";

/**
 * The primes of Diffie-Hellman's well-known groups (RFC 2409, RFC 3526): 2^bits - 2^(bits-64) - 1 + 2^64 * (the first
 * digits of pi + an offset). They are computed: written out they are 5 kB.
 */
const FORMS: Readonly<Record<string, readonly [bits: number, offset: number]>> = {
  modp1: [768, 149686],
  modp2: [1024, 129093],
  modp5: [1536, 741804],
  modp14: [2048, 124476],
  modp15: [3072, 1690314],
  modp16: [4096, 240904],
  modp17: [6144, 929484],
  modp18: [8192, 4743158],
};

/** Bits computed beyond those that are used, so that rounding does not reach them. */
const GUARD = 64n;

/** pi * 2^bits, rounded down, by Machin's formula. */
function pi(bits: number): bigint {
  const one = 1n << (BigInt(bits) + GUARD);
  return (16n * arctan(5n, one) - 4n * arctan(239n, one)) >> GUARD;
}

/** The arcus tangent of 1/inverse, times `one`: an alternating series. */
function arctan(inverse: bigint, one: bigint): bigint {
  const square = inverse * inverse;
  let term = one / inverse;
  let sum = term;
  for (let divisor = 3n; term !== 0n; divisor += 2n) {
    term = -term / square;
    sum += term / divisor;
  }
  return sum;
}

function prime(bits: number, offset: number): Uint8Array {
  const top = BigInt(bits);
  const digits = pi(bits - 130) + BigInt(offset);
  const value = (1n << top) - (1n << (top - 64n)) - 1n + (digits << 64n);
  return Buffer.from(value.toString(16), "hex");
}

/** Each computes its prime, big-endian; the generator is 2. */
export const GROUPS: Readonly<Record<string, () => Uint8Array>> = Object.fromEntries(
  Object.entries(FORMS).map(([name, [bits, offset]]) => [name, () => prime(bits, offset)]),
);
