import type {} from "../internal/lazy.js";

export type ReadableStream<Chunk = unknown> = import("node:stream/web").ReadableStream<Chunk>;

/**
 * The classes of the platform's streams, evaluated when the first one is made: most apps that could make one never do.
 */
export function streams(): typeof import("node:stream/web") {
  return require("./stream-classes.js");
}
