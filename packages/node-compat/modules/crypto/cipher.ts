import { Buffer } from "node:buffer";
import { open } from "laconic:ciphers";
import type { Any } from "../internal/any.js";
import { invalidArgType, invalidArgValue, nodeError } from "../internal/errors.js";
import { validateInteger, validateObject, validateString } from "../internal/validate.js";
import { isAnyArrayBuffer, output, toBytes, toUpdate, viewBytes } from "./bytes.js";
import { cipherByNid, cipherNames, findCipher, isAead, type CipherKind } from "./cipher-names.js";
import { invalidState, nativeError, opensslError } from "./errors.js";
import { extendLazyStream, STREAM_OPTIONS } from "./lazy-stream.js";
import { secretBytes } from "./secret.js";

const STATE = Symbol("kHandle");

const DEFAULT_TAG_LENGTH = 16;

function invalidIv(): Error {
  return nativeError(TypeError, "ERR_CRYPTO_INVALID_IV", "Invalid initialization vector");
}

function invalidTag(message: string): Error {
  return nativeError(TypeError, "ERR_CRYPTO_INVALID_AUTH_TAG", message);
}

/** Tags of GCM may be of some lengths only; of CCM, of even ones. */
function isTagLengthValid({ mode }: CipherKind, length: number): boolean {
  if (mode === "gcm") return length === 4 || length === 8 || (length >= 12 && length <= 16);
  if (mode === "ccm") return length >= 4 && length <= 16 && length % 2 === 0;
  return length >= 1 && length <= 16;
}

function tagLengthOf(kind: CipherKind, name: string, options: Any): number | undefined {
  const given = options?.authTagLength;
  if (given !== undefined && given !== null && !(Number.isInteger(given) && given >= 0 && given < 2 ** 31)) {
    throw invalidArgValue("options.authTagLength", given);
  }
  if (!isAead(kind)) return undefined;
  if (given === undefined || given === null) {
    if (kind.mode === "ccm") throw invalidTag(`authTagLength required for ${name}`);
    return undefined;
  }
  if (!isTagLengthValid(kind, given)) throw invalidTag(`Invalid authentication tag length: ${given}`);
  return given;
}

function ivBytes(iv: Any): Uint8Array | null {
  if (iv === null) return null;
  if (typeof iv !== "string" && !ArrayBuffer.isView(iv) && !isAnyArrayBuffer(iv)) {
    throw invalidArgType("iv", ["string", "ArrayBuffer", "Buffer", "TypedArray", "DataView"], iv);
  }
  return toBytes(iv, "iv");
}

function checkIv(kind: CipherKind, iv: Uint8Array | null): void {
  if (iv === null) {
    if (kind.ivLength !== 0) throw invalidIv();
    return;
  }
  const { length } = iv;
  const isValid =
    kind.mode === "gcm"
      ? length > 0
      : kind.mode === "ccm"
        ? length >= 7 && length <= 13
        : kind.algorithm === "chacha20-poly1305"
          ? length > 0 && length <= 12
          : length === kind.ivLength;
  if (!isValid) throw invalidIv();
}

function start(cipher: Any, isEncrypting: boolean, algorithm: Any, key: Any, iv: Any, options: Any): void {
  validateString(algorithm, "cipher");
  const encoding = options?.encoding ?? undefined;
  const keyBytes = secretBytes(key, "key", encoding);
  const given = ivBytes(iv);
  const kind = findCipher(algorithm);
  if (kind === undefined) throw nativeError(Error, "ERR_CRYPTO_UNKNOWN_CIPHER", "Unknown cipher");
  checkIv(kind, given);
  const tagLength = tagLengthOf(kind, algorithm, options);
  if (keyBytes.length !== kind.keyLength) {
    throw nativeError(RangeError, "ERR_CRYPTO_INVALID_KEYLEN", "Invalid key length");
  }
  const length = tagLength ?? DEFAULT_TAG_LENGTH;
  const handle = open(kind.algorithm, kind.mode, keyBytes, given ?? new Uint8Array(0), isEncrypting, length);
  cipher[STATE] = {
    handle,
    kind,
    isEncrypting,
    tagLength,
    options,
    isTagSet: false,
    isDone: false,
    isRefused: false,
    length: 0,
    decoder: undefined,
  };
}

export function Cipheriv(this: Any, algorithm: Any, key: Any, iv: Any, options?: Any): Any {
  if (!(this instanceof Cipheriv)) return new (Cipheriv as Any)(algorithm, key, iv, options);
  start(this, true, algorithm, key, iv, options);
}

export function Decipheriv(this: Any, algorithm: Any, key: Any, iv: Any, options?: Any): Any {
  if (!(this instanceof Decipheriv)) return new (Decipheriv as Any)(algorithm, key, iv, options);
  start(this, false, algorithm, key, iv, options);
}

/** Text comes out in pieces that may end within a character. */
function decoded(state: Any, bytes: ArrayBuffer, encoding: Any, isLast: boolean): Any {
  if (!encoding || encoding === "buffer") return output(bytes);
  if (state.decoder === undefined) {
    const { StringDecoder } = require("node:string_decoder");
    state.decoder = new StringDecoder(encoding);
    state.encoding = encoding;
  } else if (Buffer.isEncoding(encoding) && normalized(encoding) !== normalized(state.encoding)) {
    throw nodeError(Error, "ERR_INTERNAL_ASSERTION", "Cannot change encoding");
  }
  const text = state.decoder.write(Buffer.from(bytes));
  return isLast ? text + state.decoder.end() : text;
}

function normalized(encoding: string): string {
  const lower = encoding.toLowerCase();
  return lower === "utf-8" ? "utf8" : lower;
}

function update(state: Any, data: LaconicBytes): ArrayBuffer {
  if (state.isDone) throw new Error("Trying to add data in unsupported state");
  if (state.kind.mode === "ccm" && !state.isEncrypting && !state.isTagSet) throw unauthentic();
  const result = state.handle.update(data);
  if (result !== undefined) return result;
  if (state.kind.mode === "ccm" && !state.isEncrypting) {
    // Node tells of a tag that does not match in final().
    state.isRefused = true;
    return new ArrayBuffer(0);
  }
  throw new Error("Trying to add data in unsupported state");
}

function unauthentic(): Error {
  return new Error("Unsupported state or unable to authenticate data");
}

function finish(state: Any): ArrayBuffer {
  if (state.isDone) throw nativeError(Error, "ERR_CRYPTO_INVALID_STATE", "Invalid state");
  state.isDone = true;
  if (isAead(state.kind) && !state.isEncrypting && (!state.isTagSet || state.isRefused)) throw unauthentic();
  const result = state.handle.final();
  if (result !== undefined) return result;
  if (isAead(state.kind)) throw unauthentic();
  const isPartial = state.length === 0 || state.length % state.kind.blockSize !== 0;
  throw isPartial
    ? opensslError("1C80006B", "Provider routines", "wrong final block length", "WRONG_FINAL_BLOCK_LENGTH")
    : opensslError("1C800064", "Provider routines", "bad decrypt", "BAD_DECRYPT");
}

const methods: Any = {
  [STREAM_OPTIONS](this: Any): Any {
    const state = this[STATE];
    return state && (state.options ?? {});
  },

  _transform(this: Any, chunk: Any, encoding: Any, callback: Any): void {
    this.push(this.update(chunk, encoding));
    callback();
  },

  _flush(this: Any, callback: Any): void {
    try {
      this.push(this.final());
    } catch (error) {
      return callback(error);
    }
    callback();
  },

  update(this: Any, data: Any, inputEncoding?: Any, outputEncoding?: Any): Any {
    if (typeof data !== "string" && !ArrayBuffer.isView(data)) {
      throw invalidArgType("data", ["string", "Buffer", "TypedArray", "DataView"], data);
    }
    const state = this[STATE];
    const bytes = toUpdate(data, "data", inputEncoding);
    state.length += typeof bytes === "string" ? Buffer.byteLength(bytes) : bytes.length;
    return decoded(state, update(state, bytes), outputEncoding, false);
  },

  final(this: Any, outputEncoding?: Any): Any {
    const state = this[STATE];
    return decoded(state, finish(state), outputEncoding, true);
  },

  setAutoPadding(this: Any, isOn?: Any): Any {
    const state = this[STATE];
    if (state.isDone) throw invalidState("setAutoPadding");
    state.handle.setPadding(isOn === undefined || !!isOn);
    return this;
  },

  setAAD(this: Any, data: Any, options?: Any): Any {
    const encoding = options?.encoding;
    const length = options?.plaintextLength;
    if (length !== undefined && length !== null)
      validateInteger(length, "options.plaintextLength", 0, 2 ** 31 - 1);
    const bytes = toBytes(data, "buffer", encoding);
    const state = this[STATE];
    if (state.kind.mode === "ccm" && (length === undefined || length === null)) {
      throw nodeError(Error, "ERR_MISSING_ARGS", "options.plaintextLength required for CCM mode with AAD");
    }
    if (state.isDone || !isAead(state.kind) || !state.handle.setAAD(bytes)) throw invalidState("setAAD");
    return this;
  },
};

extendLazyStream(Cipheriv, "Transform", {
  ...methods,

  getAuthTag(this: Any): Buffer {
    const state = this[STATE];
    const tag = state.isDone && isAead(state.kind) ? state.handle.tag() : undefined;
    if (tag === undefined) throw invalidState("getAuthTag");
    return Buffer.from(tag);
  },
});

extendLazyStream(Decipheriv, "Transform", {
  ...methods,

  setAuthTag(this: Any, tag: Any, encoding?: Any): Any {
    if (typeof tag !== "string" && !ArrayBuffer.isView(tag) && !isAnyArrayBuffer(tag)) {
      throw invalidArgType("buffer", ["string", "ArrayBuffer", "Buffer", "TypedArray", "DataView"], tag);
    }
    const bytes = toBytes(tag, "buffer", encoding);
    const state = this[STATE];
    const { length } = bytes;
    if (!isAead(state.kind) || state.isDone || state.isTagSet) throw invalidState("setAuthTag");
    const isExpected = state.tagLength === undefined || state.tagLength === length;
    if (!isExpected || !isTagLengthValid(state.kind, length)) {
      throw invalidTag(`Invalid authentication tag length: ${length}`);
    }
    state.isTagSet = true;
    state.handle.setTag(viewBytes(bytes));
    return this;
  },
});

export function getCiphers(): string[] {
  return cipherNames();
}

export function getCipherInfo(nameOrNid: Any, options?: Any): Any {
  if (typeof nameOrNid !== "string" && typeof nameOrNid !== "number") {
    throw invalidArgType("nameOrNid", ["string", "number"], nameOrNid);
  }
  if (typeof nameOrNid === "number") validateInteger(nameOrNid, "nameOrNid", -(2 ** 31), 2 ** 31 - 1);
  let keyLength: Any;
  let ivLength: Any;
  if (options !== undefined) {
    validateObject(options, "options");
    ({ keyLength, ivLength } = options as Any);
    if (keyLength !== undefined) validateInteger(keyLength, "options.keyLength", -(2 ** 31), 2 ** 31 - 1);
    if (ivLength !== undefined) validateInteger(ivLength, "options.ivLength", -(2 ** 31), 2 ** 31 - 1);
  }
  const kind = typeof nameOrNid === "string" ? findCipher(nameOrNid) : cipherByNid(nameOrNid);
  if (kind === undefined || (keyLength !== undefined && keyLength !== kind.keyLength)) return undefined;
  if (ivLength !== undefined && !acceptsIvLength(kind, ivLength)) return undefined;
  const info: Any = { mode: kind.mode, name: kind.name, nid: kind.nid };
  if (kind.mode !== "stream") info.blockSize = kind.blockSize;
  if (kind.ivLength !== 0) info.ivLength = ivLength ?? kind.ivLength;
  info.keyLength = kind.keyLength;
  return info;
}

function acceptsIvLength(kind: CipherKind, length: number): boolean {
  if (kind.mode === "gcm") return length > 0;
  if (kind.mode === "ccm") return length >= 7 && length <= 13;
  if (kind.algorithm === "chacha20-poly1305") return length > 0 && length <= 12;
  return length === kind.ivLength;
}
