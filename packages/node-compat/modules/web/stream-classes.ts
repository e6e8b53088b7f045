import * as standard from "web-streams-polyfill";
import type { Any } from "../internal/any.js";

/** The classes of the standard, by its own reference implementation, and what Node has on them besides. */
export const {
  ByteLengthQueuingStrategy,
  CountQueuingStrategy,
  ReadableByteStreamController,
  ReadableStream,
  ReadableStreamBYOBReader,
  ReadableStreamBYOBRequest,
  ReadableStreamDefaultController,
  ReadableStreamDefaultReader,
  TransformStream,
  TransformStreamDefaultController,
  WritableStream,
  WritableStreamDefaultController,
  WritableStreamDefaultWriter,
} = standard as unknown as typeof import("node:stream/web");

const inspectCustom = Symbol.for("nodejs.util.inspect.custom");

/** The symbols by which node:stream reads the state of a web stream. */
const states: Readonly<Record<string, (stream: Any) => unknown>> = {
  "nodejs.stream.disturbed": (stream) => stream._disturbed,
  "nodejs.stream.errored": (stream) => stream._state === "errored",
  "nodejs.stream.readable": (stream) => stream._state === "readable",
};
for (const [name, get] of Object.entries(states)) {
  Object.defineProperty(ReadableStream.prototype, Symbol.for(name), {
    get(this: unknown) {
      return get(this);
    },
    configurable: true,
  });
}

/** What util.inspect shows of each class. */
const shown: readonly (readonly [Any, (stream: Any) => object])[] = [
  [
    ReadableStream,
    (stream) => ({
      locked: stream.locked,
      state: stream._state,
      supportsBYOB: stream._readableStreamController instanceof ReadableByteStreamController,
    }),
  ],
  [WritableStream, (stream) => ({ locked: stream.locked, state: stateOf(stream) })],
  [
    TransformStream,
    (stream) => ({
      readable: stream.readable,
      writable: stream.writable,
      backpressure: stream._backpressure,
    }),
  ],
  [
    ReadableStreamDefaultReader,
    (reader) => ({
      stream: reader._ownerReadableStream,
      readRequests: reader._readRequests.length,
      close: reader.closed,
    }),
  ],
  [
    ReadableStreamBYOBReader,
    (reader) => ({
      stream: reader._ownerReadableStream,
      readIntoRequests: reader._readIntoRequests.length,
      close: reader.closed,
    }),
  ],
  [
    WritableStreamDefaultWriter,
    (writer) => ({
      stream: writer._ownerWritableStream,
      close: writer.closed,
      ready: writer.ready,
      desiredSize: writer._ownerWritableStream && writer.desiredSize,
    }),
  ],
  [ByteLengthQueuingStrategy, ({ highWaterMark }) => ({ highWaterMark })],
  [CountQueuingStrategy, ({ highWaterMark }) => ({ highWaterMark })],
  [ReadableStreamDefaultController, () => ({})],
  [ReadableByteStreamController, () => ({})],
  [ReadableStreamBYOBRequest, ({ view }) => ({ view })],
  [WritableStreamDefaultController, (controller) => ({ stream: controller._controlledWritableStream })],
  [TransformStreamDefaultController, (controller) => ({ stream: controller._controlledTransformStream })],
];
for (const [{ name, prototype }, fields] of shown) {
  const value = function (this: unknown, depth: number, options: Any, inspect: Any): unknown {
    if (depth < 0) return this;
    const inner = Number.isInteger(options.depth) ? { ...options, depth: options.depth - 1 } : options;
    return `${name} ${inspect(fields(this), inner)}`;
  };
  Object.defineProperty(prototype, inspectCustom, { value, writable: true, configurable: true });
}

function stateOf({ _state }: Any): string {
  return _state;
}
