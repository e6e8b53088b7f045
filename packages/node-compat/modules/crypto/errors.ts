import { nodeError } from "../internal/errors.js";

type ErrorClass = new (message: string) => Error;

/** An error as Node's C++ side makes it: the code is a field only, and not in the stack. */
export function nativeError(Base: ErrorClass, code: string, message: string): Error {
  return Object.assign(new Base(message), { code });
}

/**
 * OpenSSL's error, as Node passes it on.
 *
 * @param number its number in hexadecimal, which its text begins with
 */
export function opensslError(number: string, library: string, reason: string, code: string): Error {
  const error = new Error(`error:${number}:${library}::${reason}`);
  return Object.assign(error, { library, reason, code: `ERR_OSSL_${code}` });
}

export function invalidDigest(name: string): Error {
  return nativeError(TypeError, "ERR_CRYPTO_INVALID_DIGEST", `Invalid digest: ${name}`);
}

export function invalidState(operation: string): Error {
  return nodeError(Error, "ERR_CRYPTO_INVALID_STATE", `Invalid state for operation ${operation}`);
}

export function decoderUnsupported(): Error {
  const text = "error:1E08010C:DECODER routines::unsupported";
  const error = Object.assign(new Error(text), { opensslErrorStack: [text] });
  return Object.assign(error, {
    library: "DECODER routines",
    reason: "unsupported",
    code: "ERR_OSSL_UNSUPPORTED",
  });
}

export function dataTooLarge(): Error {
  return opensslError(
    "0200006E",
    "rsa routines",
    "data too large for key size",
    "RSA_DATA_TOO_LARGE_FOR_KEY_SIZE",
  );
}

export function incompatibleKeyOptions(encoding: string, reason: string): Error {
  return nodeError(
    Error,
    "ERR_CRYPTO_INCOMPATIBLE_KEY_OPTIONS",
    `The selected key encoding ${encoding} ${reason}.`,
  );
}

export function invalidKeyObjectType(actual: string, expected: string): Error {
  return nodeError(
    TypeError,
    "ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE",
    `Invalid key object type ${actual}, expected ${expected}.`,
  );
}

export function invalidJwk(): Error {
  return nativeError(TypeError, "ERR_CRYPTO_INVALID_JWK", "Invalid JWK data");
}
