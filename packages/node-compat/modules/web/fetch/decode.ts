import type { Any } from "../../internal/any.js";
import { PassThrough, pipeline } from "../../stream.js";
import {
  constants,
  createBrotliDecompress,
  createGunzip,
  createInflate,
  createInflateRaw,
} from "../../zlib.js";
import type { Headers } from "../headers.js";

/** A server may end an encoding early: browsers and Node's fetch put up with it. */
const lenient = { flush: constants.Z_SYNC_FLUSH, finishFlush: constants.Z_SYNC_FLUSH };
const lenientBrotli = {
  flush: constants.BROTLI_OPERATION_FLUSH,
  finishFlush: constants.BROTLI_OPERATION_FLUSH,
};

const DECODERS: Readonly<Record<string, () => Any>> = {
  gzip: () => createGunzip(lenient),
  "x-gzip": () => createGunzip(lenient),
  deflate: () => new DeflateDecoder(),
  br: () => createBrotliDecompress(lenientBrotli),
};

/** The body as it was before the server encoded it; one in an encoding that is not known stays as it is. */
export function decoded(res: Any, headers: Headers): Any {
  const codings = (headers.get("content-encoding") ?? "")
    .split(",")
    .map((coding) => coding.trim().toLowerCase())
    .filter(Boolean);
  if (codings.length === 0 || !codings.every((coding) => Object.hasOwn(DECODERS, coding))) return res;
  const stages = codings.reverse().map((coding) => DECODERS[coding]!());
  return pipeline(res, ...stages, () => undefined);
}

/** "deflate" is zlib's format by the standard, and the bare one by what some servers send: the first byte tells. */
class DeflateDecoder extends (PassThrough as Any) {
  #inflate: Any;

  _transform(chunk: Uint8Array, encoding: string, callback: (error?: Error | null) => void): void {
    if (chunk.length === 0) return callback();
    this.#inflate ??= this.#open(
      (chunk[0]! & 0x0f) === 0x08 ? createInflate(lenient) : createInflateRaw(lenient),
    );
    this.#inflate.write(chunk, encoding, callback);
  }

  _flush(callback: (error?: Error | null) => void): void {
    if (!this.#inflate) return callback();
    this.#inflate.once("end", () => callback());
    this.#inflate.end();
  }

  #open(inflate: Any): Any {
    inflate.on("data", (piece: Uint8Array) => this.push(piece));
    inflate.on("error", (error: Error) => this.destroy(error));
    return inflate;
  }
}
