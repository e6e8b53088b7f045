import legacy from "readable-stream/lib/stream.js";
import type { Any } from "./internal/any.js";
import { addDuplexPair, duplexPair } from "./stream/duplex-pair.js";
import { addStandardStreams } from "./stream/standard.js";
import node from "./process.js";
import { addWebAdapters } from "./stream/web-adapters.js";

/** Node's own streams, as the package readable-stream keeps them; what it leaves out is added here. */
const stream = legacy as Any;

// Node 22 reads and writes in larger pieces than the package, which follows an earlier one.
stream.setDefaultHighWaterMark(false, 65_536);
addWebAdapters(stream);
addDuplexPair(stream);
addStandardStreams(stream, node);

export const Stream = stream;
export const {
  Readable,
  Writable,
  Duplex,
  Transform,
  PassThrough,
  pipeline,
  finished,
  compose,
  addAbortSignal,
  destroy,
  isDestroyed,
  isDisturbed,
  isErrored,
  isReadable,
  isWritable,
  setDefaultHighWaterMark,
  getDefaultHighWaterMark,
  promises,
  _isUint8Array,
  _uint8ArrayToBuffer,
} = stream;
export { duplexPair };
export const _isArrayBufferView = ArrayBuffer.isView;
export default stream;
