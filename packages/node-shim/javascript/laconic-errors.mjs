// Errors in the words of Lambda: type, message, stack trace; the same words as the library's.
import { original } from "./laconic-traces.mjs";

/** Bytes of a message that are reported: the runtime client repeats it in a header. */
const LONGEST_MESSAGE = 64 << 10;

/** An error of the shim itself. */
export class LaconicError extends Error {
  /** @param {string} code @param {string} message what happened, and the next step @param {unknown} [cause] */
  constructor(code, message, cause) {
    super(`${code}: ${message}`, cause === undefined ? undefined : { cause });
    this.name = "Laconic.ShimError";
    this.code = code;
  }
}

/**
 * What was thrown, as Lambda reports it. Anything can be thrown, and getters of it may throw again.
 * @param {unknown} thrown
 * @returns {{ errorType: string, errorMessage: string, stackTrace: string[] }}
 */
export function described(thrown) {
  const object = isErrorLike(thrown) ? thrown : undefined;
  if (object === undefined)
    return { errorType: "Error", errorMessage: shorten(words(thrown)), stackTrace: [] };
  const stack = text(object, "stack") ?? "";
  const lines = stack.split("\n").map((line) => line.trim());
  return {
    errorType: text(object, "errorType") || text(object, "name") || "Error",
    errorMessage: shorten(text(object, "message") ?? words(property(object, "message"))),
    stackTrace: lines.filter((line) => line.startsWith("at ")).map(original),
  };
}

/**
 * The same as an error that AWS's runtime client reports in these words: it takes the type from the name.
 * @param {unknown} thrown
 */
export function reported(thrown) {
  return revived(described(thrown), thrown);
}

/**
 * The error of a description, which another process may have given.
 * @param {{ errorType: string, errorMessage: string, stackTrace: string[] }} description
 * @param {unknown} [cause]
 */
export function revived({ errorType, errorMessage, stackTrace }, cause) {
  const error = new Error(errorMessage, cause === undefined ? undefined : { cause });
  error.name = errorType;
  error.stack = [`${errorType}: ${errorMessage}`, ...stackTrace.map((line) => `    ${line}`)].join("\n");
  return error;
}

/** @param {unknown} thrown @returns {thrown is object} */
function isErrorLike(thrown) {
  if (typeof thrown !== "object" || thrown === null) return false;
  return thrown instanceof Error || text(thrown, "message") !== undefined;
}

/** @param {object} object @param {string} name */
function property(object, name) {
  try {
    return /** @type {Record<string, unknown>} */ (object)[name];
  } catch {
    return undefined;
  }
}

/** @param {object} object @param {string} name */
function text(object, name) {
  const value = property(object, name);
  return typeof value === "string" ? value : undefined;
}

/** @param {unknown} value */
function words(value) {
  if (value === undefined) return "undefined";
  try {
    return (typeof value === "object" ? JSON.stringify(value) : undefined) ?? String(value);
  } catch {
    return typeof value;
  }
}

/** @param {string} message */
function shorten(message) {
  if (message.length <= LONGEST_MESSAGE) return message;
  return `${message.slice(0, LONGEST_MESSAGE)}… (${Buffer.byteLength(message)} bytes in all)`;
}
