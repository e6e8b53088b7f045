import { Buffer } from "node:buffer";
import type { Any } from "../internal/any.js";
import { invalidArgType } from "../internal/errors.js";

const VIEW_KINDS = ["ArrayBuffer", "Buffer", "TypedArray", "DataView"];

export function isAnyArrayBuffer(value: Any): boolean {
  return (
    value instanceof ArrayBuffer ||
    (typeof SharedArrayBuffer === "function" && value instanceof SharedArrayBuffer)
  );
}

/** The bytes that a view shows, without a copy. */
export function viewBytes(view: ArrayBufferView): Uint8Array {
  return view instanceof Uint8Array ? view : new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
}

/** Text for the engine, which wants its UTF-8 to be well-formed. */
export function wellFormed(text: string): string {
  return text.isWellFormed() ? text : text.toWellFormed();
}

/** Bytes of an array buffer or view; text, in `encoding`. */
export function toBytes(value: Any, name: string, encoding?: Any): Uint8Array {
  if (typeof value === "string") return Buffer.from(value, encoding === "buffer" ? "utf8" : encoding);
  if (ArrayBuffer.isView(value)) return viewBytes(value);
  if (isAnyArrayBuffer(value)) return new Uint8Array(value);
  throw invalidArgType(name, ["string", ...VIEW_KINDS], value);
}

/** The same for what an update takes: no array buffers. UTF-8 stays text, which the engine reads faster. */
export function toUpdate(value: Any, name: string, encoding?: Any): LaconicBytes {
  if (typeof value === "string") {
    if (isUtf8(encoding)) return wellFormed(value);
    return Buffer.from(value, encoding);
  }
  if (ArrayBuffer.isView(value)) return viewBytes(value);
  throw invalidArgType(name, ["string", "Buffer", "TypedArray", "DataView"], value);
}

function isUtf8(encoding: Any): boolean {
  return (
    encoding === undefined ||
    encoding === null ||
    encoding === "utf8" ||
    encoding === "utf-8" ||
    encoding === "buffer" ||
    !Buffer.isEncoding(encoding)
  );
}

/** A result in the encoding that was asked for: a Buffer when none was. */
export function output(bytes: ArrayBuffer, encoding?: Any): Any {
  const buffer = Buffer.from(bytes);
  return encoding && encoding !== "buffer" ? buffer.toString(encoding) : buffer;
}
