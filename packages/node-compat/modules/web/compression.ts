import { Duplex } from "../stream.js";
import type { Any } from "../internal/any.js";
import { invalidArgType, nodeError } from "../internal/errors.js";
import * as zlib from "../zlib.js";

const { createDeflate, createDeflateRaw, createGunzip, createGzip, createInflate, createInflateRaw } = zlib as Any;

/** A zlib stream as a pair of web streams. */
class ZlibPair {
  readonly #pair: Any;

  protected constructor(makers: Readonly<Record<string, () => Any>>, format: unknown) {
    if (typeof format !== "string") throw invalidArgType("format", "string", format);
    const make = makers[format];
    if (make === undefined) {
      throw nodeError(TypeError, "ERR_INVALID_ARG_VALUE", `The argument 'format' must be one of: ${Object.keys(makers).map((name) => `'${name}'`).join(", ")}. Received '${format}'`);
    }
    this.#pair = (Duplex as Any).toWeb(make());
  }

  get readable(): Any {
    return this.#pair.readable;
  }

  get writable(): Any {
    return this.#pair.writable;
  }
}

export class CompressionStream extends ZlibPair {
  constructor(format: unknown) {
    super({ deflate: createDeflate, "deflate-raw": createDeflateRaw, gzip: createGzip }, format);
  }

  get [Symbol.toStringTag](): string {
    return "CompressionStream";
  }
}

export class DecompressionStream extends ZlibPair {
  constructor(format: unknown) {
    super({ deflate: createInflate, "deflate-raw": createInflateRaw, gzip: createGunzip }, format);
  }

  get [Symbol.toStringTag](): string {
    return "DecompressionStream";
  }
}
