// The streams of the web platform, all of one kind, so that each can be piped into each.
import * as polyfill from "web-streams-polyfill";
import type { Any } from "../internal/any.js";

export type ReadableStream<Chunk = Any> = import("node:stream/web").ReadableStream<Chunk>;

export const {
  ReadableStream,
  ReadableStreamDefaultReader,
  ReadableStreamBYOBReader,
  ReadableStreamDefaultController,
  ReadableByteStreamController,
  ReadableStreamBYOBRequest,
  WritableStream,
  WritableStreamDefaultWriter,
  WritableStreamDefaultController,
  TransformStream,
  TransformStreamDefaultController,
  ByteLengthQueuingStrategy,
  CountQueuingStrategy,
} = polyfill as Any;
