// What Node has as globals and the engine has not, or not well enough. Each is evaluated when it is first asked for:
// an app that never makes a Response never pays for the class.
import "./internal/lazy.js";
import { wordJsonErrors } from "./globals/json.js";

type Source = () => Record<string, unknown>;

const blob: Source = () => require("./web/blob.js");
const streams: Source = () => require("./web/streams.js");
const textStreams: Source = () => require("./web/text-streams.js");

const LAZY: Readonly<Record<string, Source>> = {
  Blob: blob,
  File: blob,
  fetch: () => require("./web/fetch.js"),
  FormData: () => require("./web/form-data.js"),
  Headers: () => require("./web/headers.js"),
  Request: () => require("./web/request.js"),
  Response: () => require("./web/response.js"),
  TextDecoderStream: textStreams,
  TextEncoderStream: textStreams,
  ReadableStream: streams,
  ReadableStreamDefaultReader: streams,
  ReadableStreamBYOBReader: streams,
  ReadableStreamDefaultController: streams,
  ReadableByteStreamController: streams,
  ReadableStreamBYOBRequest: streams,
  WritableStream: streams,
  WritableStreamDefaultWriter: streams,
  WritableStreamDefaultController: streams,
  TransformStream: streams,
  TransformStreamDefaultController: streams,
  ByteLengthQueuingStrategy: streams,
  CountQueuingStrategy: streams,
};

for (const [name, source] of Object.entries(LAZY)) {
  const settle = (value: unknown): void => {
    Object.defineProperty(globalThis, name, { value, writable: true, enumerable: false, configurable: true });
  };
  Object.defineProperty(globalThis, name, {
    get() {
      const value = source()[name];
      settle(value);
      return value;
    },
    set: settle,
    enumerable: false,
    configurable: true,
  });
}

wordJsonErrors();
