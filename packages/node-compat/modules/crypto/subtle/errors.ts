import { domException } from "../../internal/dom-exception.js";

/** WebCrypto's errors, in Node's words. */
export function failure(message: string, name: string, cause?: unknown): DOMException {
  const error = domException(message, name);
  if (cause !== undefined)
    Object.defineProperty(error, "cause", { value: cause, configurable: true, writable: true });
  return error;
}

export const notSupported = (message = "Unrecognized algorithm name"): DOMException =>
  failure(message, "NotSupportedError");
export const invalidAccess = (message: string): DOMException => failure(message, "InvalidAccessError");
export const dataError = (message: string, cause?: unknown): DOMException =>
  failure(message, "DataError", cause);
export const syntaxError = (message: string): DOMException => failure(message, "SyntaxError");
export const operationError = (
  message = "The operation failed for an operation-specific reason",
  cause?: unknown,
): DOMException => failure(message, "OperationError", cause);
