import type { Any, AnyFunction } from "../internal/any.js";
import { nodeError } from "../internal/errors.js";
import { isDeepEqual } from "../util/deep-equal.js";
import { inspect } from "../util/inspect.js";
import { isNativeError, isRegExp } from "../util/kinds.js";
import { AssertionError } from "./assertion-error.js";
import { type Message, refuse, refuseWith } from "./fail.js";

const isError = (value: unknown): value is Error => isNativeError(value) || value instanceof Error;

export const isErrorClass = (value: object): boolean => Object.prototype.isPrototypeOf.call(Error, value);

/** Fails unless what was thrown is as expected: of a class, like a pattern, right to a function, or with properties. */
export function matchError(error: Any, expected: Any, message: Message, caller: AnyFunction): void {
  const failure = {
    actual: error,
    expected,
    message,
    operator: caller.name,
    stackStartFn: caller,
  };
  if (isRegExp(expected)) {
    const text = String(error);
    if ((expected as RegExp).test(text)) return;
    const pattern = inspect(expected);
    refuseWith(
      `The input did not match the regular expression ${pattern}. Input:\n\n${inspect(text)}\n`,
      failure,
    );
  }
  if (typeof expected !== "function") return matchProperties(error, expected, message, caller);
  // An arrow function has no prototype, and `instanceof` would throw.
  if (expected.prototype !== undefined && error instanceof expected) return;
  if (isErrorClass(expected)) refuseWith(classMessage(error, expected), failure);
  const result: unknown = expected.call({}, error);
  if (result === true) return;
  const name = expected.name ? `"${expected.name}" ` : "";
  refuseWith(
    `The ${name}validation function is expected to return "true". Received ${inspect(result)}` +
      (isError(error) ? `\n\nCaught error:\n\n${error}` : ""),
    failure,
  );
}

function classMessage(error: Any, expected: Any): string {
  const start = `The error is expected to be an instance of "${expected.name}". Received `;
  if (!isError(error)) return `${start}"${inspect(error, { depth: -1 })}"`;
  const name = error.constructor?.name || error.name;
  const what =
    name === expected.name ? "an error with identical name but a different prototype." : `"${name}"`;
  return start + what + (error.message ? `\n\nError message:\n\n${error.message}` : "");
}

/** The name of this class is in the message. */
class Comparison {
  [key: string]: unknown;
}

/** Those of the properties that there are; a text that its pattern fits stands for the pattern. */
function pick(keys: readonly string[], from: Any, actual?: Any): Comparison {
  const part = new Comparison();
  for (const key of keys) {
    if (key in from) part[key] = actual && fits(actual[key], from[key]) ? actual[key] : from[key];
  }
  return part;
}

const fits = (text: unknown, pattern: unknown): boolean =>
  typeof text === "string" && isRegExp(pattern) && (pattern as RegExp).test(text);

function matchProperties(error: Any, expected: Any, message: Message, caller: AnyFunction): void {
  if (typeof error !== "object" || error === null) {
    const failure = describe(error, expected, message, caller);
    failure.operator = caller.name;
    throw failure;
  }
  const keys = Object.keys(expected);
  if (isError(expected)) keys.push("name", "message");
  else if (keys.length === 0) throw emptyObject(expected);
  for (const key of keys) {
    if (fits(error[key], expected[key])) continue;
    if (key in error && isDeepEqual(error[key], expected[key], "strict")) continue;
    if (message) {
      refuse({ actual: error, expected, message, operator: caller.name, stackStartFn: caller });
    }
    const failure = describe(pick(keys, error), pick(keys, expected, error), undefined, caller);
    throw Object.assign(failure, { actual: error, expected, operator: caller.name });
  }
}

/** Not by the function for such errors, which does not load inspect for the sake of a message. */
function emptyObject(value: object): Error {
  const text = `The argument 'error' may not be an empty object. Received ${inspect(value)}`;
  return nodeError(TypeError, "ERR_INVALID_ARG_VALUE", text);
}

function describe(actual: Any, expected: Any, message: Message, caller: AnyFunction): AssertionError {
  return new AssertionError({
    actual,
    expected,
    message,
    operator: "deepStrictEqual",
    stackStartFn: caller,
  });
}
