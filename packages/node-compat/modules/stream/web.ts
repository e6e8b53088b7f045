import * as classes from "../web/stream-classes.js";
import type {} from "../internal/lazy.js";
import { TextDecoderStream, TextEncoderStream } from "./web/text.js";

export * from "../web/stream-classes.js";
export { CompressionStream, DecompressionStream } from "../web/compression.js";
export { TextDecoderStream, TextEncoderStream };

export default {
  ...classes,
  TextDecoderStream,
  TextEncoderStream,
  // node:zlib and node:stream are behind these.
  get CompressionStream() {
    return require("../web/compression.js").CompressionStream;
  },
  get DecompressionStream() {
    return require("../web/compression.js").DecompressionStream;
  },
};
