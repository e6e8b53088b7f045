import "../internal/lazy.js";
import { lazily } from "./lazily.js";

lazily(
  [
    ...["ReadableStream", "ReadableStreamDefaultReader", "ReadableStreamBYOBReader"],
    ...["ReadableStreamDefaultController", "ReadableByteStreamController", "ReadableStreamBYOBRequest"],
    ...["WritableStream", "WritableStreamDefaultWriter", "WritableStreamDefaultController"],
    ...["TransformStream", "TransformStreamDefaultController"],
    ...["ByteLengthQueuingStrategy", "CountQueuingStrategy"],
  ],
  () => require("../web/streams.js"),
);
