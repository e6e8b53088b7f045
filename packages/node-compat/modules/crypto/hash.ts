import { digest as digestAtOnce, hash as startHash, hmac as startHmac } from "laconic:crypto";
import type { Any } from "../internal/any.js";
import { invalidArgType, nodeError } from "../internal/errors.js";
import { validateInteger, validateString } from "../internal/validate.js";
import { output, toUpdate } from "./bytes.js";
import { invalidDigest, opensslError } from "./errors.js";
import { findHash, HASHES } from "./hash-names.js";
import { extendLazyStream, STREAM_OPTIONS } from "./lazy-stream.js";
import { secretBytes } from "./secret.js";

const STATE = Symbol("kState");

function finalized(): Error {
  return nodeError(Error, "ERR_CRYPTO_HASH_FINALIZED", "Digest already called");
}

/** Hashes of a fixed length take that length only. */
function checkLength(name: string, length: number | undefined): void {
  if (length === undefined || name.startsWith("shake") || length === HASHES[name]![0]) return;
  throw opensslError(
    "030000B2",
    "digital envelope routines",
    "not XOF or invalid length",
    "EVP_NOT_XOF_OR_INVALID_LENGTH",
  );
}

export function Hash(this: Any, algorithm: Any, options?: Any): Any {
  if (!(this instanceof Hash)) return new (Hash as Any)(algorithm, options);
  const isCopy = algorithm instanceof Hash;
  if (!isCopy) validateString(algorithm, "algorithm");
  const length = typeof options === "object" && options !== null ? options.outputLength : undefined;
  if (length !== undefined) validateInteger(length, "options.outputLength", 0, 2 ** 32 - 1);
  if (isCopy) {
    const { name, hasher } = (algorithm as Any)[STATE];
    checkLength(name, length);
    (this as Any)[STATE] = { name, hasher: hasher.copy(length), options, isDone: false };
    return;
  }
  const name = findHash(algorithm as string);
  if (name === undefined) throw new Error("Digest method not supported");
  checkLength(name, length);
  (this as Any)[STATE] = { name, hasher: startHash(name, length), options, isDone: false };
}

const hashMethods: Any = {
  [STREAM_OPTIONS](this: Any): Any {
    const state = this[STATE];
    return state && (state.options ?? {});
  },

  copy(this: Any, options?: Any): Any {
    const state = this[STATE];
    if (state.isDone) throw finalized();
    return new (Hash as Any)(this, options);
  },

  _transform(this: Any, chunk: Any, encoding: Any, callback: Any): void {
    this[STATE].hasher.update(toUpdate(chunk, "data", encoding));
    callback();
  },

  _flush(this: Any, callback: Any): void {
    this.push(output(this[STATE].hasher.digest()));
    callback();
  },

  update(this: Any, data: Any, encoding?: Any): Any {
    const state = this[STATE];
    if (state.isDone) throw finalized();
    state.hasher.update(toUpdate(data, "data", encoding));
    return this;
  },

  digest(this: Any, encoding?: Any): Any {
    const state = this[STATE];
    if (state.isDone) throw finalized();
    const result = output(state.hasher.digest(), encoding && `${encoding}`);
    state.isDone = true;
    return result;
  },
};
extendLazyStream(Hash, "Transform", hashMethods);

export function Hmac(this: Any, algorithm: Any, key: Any, options?: Any): Any {
  if (!(this instanceof Hmac)) return new (Hmac as Any)(algorithm, key, options);
  validateString(algorithm, "hmac");
  const bytes = secretBytes(key, "key", options?.encoding);
  const name = findHash(algorithm);
  if (name === undefined || HASHES[name]![1] === 0) throw invalidDigest(algorithm);
  (this as Any)[STATE] = { hasher: startHmac(name, bytes), options, isDone: false };
}

extendLazyStream(Hmac, "Transform", {
  [STREAM_OPTIONS]: hashMethods[STREAM_OPTIONS],
  _transform: hashMethods._transform,
  _flush: hashMethods._flush,
  update: hashMethods.update,

  /** A second call gives nothing instead of an error: Node keeps it so for programs that rely on it. */
  digest(this: Any, encoding?: Any): Any {
    const state = this[STATE];
    const result = state.isDone ? new ArrayBuffer(0) : state.hasher.digest();
    state.isDone = true;
    return output(result, encoding && `${encoding}`);
  },
});
/** `crypto.hash`: all at once. */
export function hash(algorithm: Any, input: Any, encoding: Any = "hex"): Any {
  validateString(algorithm, "algorithm");
  if (typeof input !== "string" && !ArrayBuffer.isView(input)) {
    throw invalidArgType("input", ["Buffer", "TypedArray", "DataView", "string"], input);
  }
  if (encoding !== "buffer") validateString(encoding, "outputEncoding");
  const name = findHash(algorithm);
  if (name === undefined) throw invalidDigestMethod();
  return output(digestAtOnce(name, toUpdate(input, "input"))!, encoding);
}

function invalidDigestMethod(): Error {
  return opensslError("0308010C", "digital envelope routines", "unsupported", "EVP_UNSUPPORTED");
}
