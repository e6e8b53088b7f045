import { types } from "node:util";

// What the shipped modules under test take from the engine's module "laconic:node", by Node's own means.

export const compareBytes = (left: Uint8Array, right: Uint8Array): number => Buffer.compare(left, right);
export const promiseDetails = (value: unknown): unknown => (types.isPromise(value) ? [0] : undefined);
export const proxyDetails = (value: unknown): unknown => (types.isProxy(value) ? [null, null] : undefined);
