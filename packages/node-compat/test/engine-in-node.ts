import { types } from "node:util";

// What the shipped modules under test take from the engine's module "laconic:node", by Node's own means.

export const compareBytes = (left: Uint8Array, right: Uint8Array): number => Buffer.compare(left, right);
export const promiseDetails = (value: unknown): unknown => (types.isPromise(value) ? [0] : undefined);
export const proxyDetails = (value: unknown): unknown => (types.isProxy(value) ? [null, null] : undefined);

/** By the engine's numbers. */
const ENCODINGS = ["utf8", "utf16le", "latin1", "ascii", "base64", "base64url", "hex"] as const;

export const toText = (bytes: Uint8Array, encoding: number, start: number, end: number): string =>
  Buffer.from(bytes).toString(ENCODINGS[encoding], start, end);
