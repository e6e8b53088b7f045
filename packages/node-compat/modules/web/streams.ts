/** The engine's own: a body is a stream of the same kind as everybody else's. */
export const ReadableStream = globalThis.ReadableStream;
export type ReadableStream<Chunk = unknown> = import("node:stream/web").ReadableStream<Chunk>;
