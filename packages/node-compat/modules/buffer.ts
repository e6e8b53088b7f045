import { isUtf8 as isUtf8Bytes } from "laconic:node";
import {
  Buffer as BufferClass,
  kMaxLength,
  kStringMaxLength,
  limits,
  type BufferLike,
} from "./buffer/buffer.js";
import { encodingNumber } from "./buffer/encodings.js";
import { lazily } from "./globals/lazily.js";
import type { Any } from "./internal/any.js";
import { invalidArgType, nodeError } from "./internal/errors.js";

export const Buffer = BufferClass as Any;
export { kMaxLength, kStringMaxLength };
export const constants = { MAX_LENGTH: kMaxLength, MAX_STRING_LENGTH: kStringMaxLength };
export const INSPECT_MAX_BYTES = 50;
export { Blob, File } from "./web/blob.js";
export { atob, btoa } from "./web/base64.js";

/** Deprecated: a buffer that never shares memory, which no buffer here does. */
export function SlowBuffer(length: number): BufferLike {
  return BufferClass.allocUnsafeSlow(length);
}
Object.setPrototypeOf(SlowBuffer.prototype, Uint8Array.prototype);
Object.setPrototypeOf(SlowBuffer, Uint8Array);

/** Bytes of one encoding in another; what the other does not have becomes `?`. */
export function transcode(source: Any, from: string, to: string): BufferLike {
  if (!(source instanceof Uint8Array)) throw invalidArgType("source", ["Buffer", "Uint8Array"], source);
  if (!isTranscoded(from) || !isTranscoded(to)) {
    throw nodeError(
      Error,
      "U_ILLEGAL_ARGUMENT_ERROR",
      "Unable to transcode Buffer [U_ILLEGAL_ARGUMENT_ERROR]",
      {
        errno: 1,
      },
    );
  }
  const text = BufferClass.from(source).toString(from) as string;
  const most = /^ascii$/i.test(to) ? 0x7f : /^(latin1|binary)$/i.test(to) ? 0xff : undefined;
  if (most === undefined) return BufferClass.from(text, to);
  const letters = Array.from(text, (letter) => (letter.codePointAt(0)! > most ? "?" : letter));
  return BufferClass.from(letters.join(""), "latin1");
}

function isTranscoded(encoding: string): boolean {
  return encodingNumber(encoding) !== undefined && !/^(base64|base64url|hex)$/i.test(encoding);
}

function bytesOf(input: Any): Uint8Array {
  if (ArrayBuffer.isView(input)) return new Uint8Array(input.buffer, input.byteOffset, input.byteLength);
  if (input instanceof ArrayBuffer || input instanceof SharedArrayBuffer) return new Uint8Array(input);
  throw invalidArgType("input", ["ArrayBuffer", "Buffer", "TypedArray"], input);
}

export function isUtf8(input: Any): boolean {
  return isUtf8Bytes(bytesOf(input));
}

export function isAscii(input: Any): boolean {
  return bytesOf(input).every((byte) => byte < 0x80);
}

/** There is no registry of object URLs: nothing is found. */
export function resolveObjectURL(): undefined {
  return undefined;
}

/** What `require("buffer")` gives: a bundle that imports by name has none of it. */
function builtin(): Any {
  const buffer = {
    ...{ Buffer, SlowBuffer, transcode, isUtf8, isAscii, kMaxLength, kStringMaxLength },
    ...{ constants, resolveObjectURL },
  };
  Object.defineProperty(buffer, "INSPECT_MAX_BYTES", {
    get: () => limits.inspectMaxBytes,
    set(value: number) {
      if (typeof value !== "number") throw invalidArgType("INSPECT_MAX_BYTES", "number", value);
      limits.inspectMaxBytes = value;
    },
    enumerable: true,
    configurable: true,
  });
  // Evaluated when they are asked for, which few do.
  lazily(buffer, "atob", () => require("./web/base64.js").atob, true);
  lazily(buffer, "btoa", () => require("./web/base64.js").btoa, true);
  lazily(buffer, "Blob", () => require("./web/blob.js").Blob, true);
  lazily(buffer, "File", () => require("./web/blob.js").File, true);
  return buffer;
}

export default /* @__PURE__ */ builtin();
