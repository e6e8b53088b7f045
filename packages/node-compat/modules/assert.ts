import { AssertionError } from "./assert/assertion-error.js";
import { type Message, refuse } from "./assert/fail.js";
import { doesNotMatch, match } from "./assert/match.js";
import { doesNotReject, doesNotThrow, rejects, throws } from "./assert/thrown.js";
import type { Any, AnyFunction } from "./internal/any.js";
import { missingArgs } from "./internal/errors.js";
import { isDeepEqual } from "./util/deep-equal.js";
import { inspect } from "./util/inspect.js";

function checkOk(caller: AnyFunction, count: number, value: unknown, message: Message): void {
  if (value) return;
  if (message instanceof Error) throw message;
  // Node quotes the expression, where it finds its source; without it, it says no more than this.
  const text = count === 0 ? "No value argument passed to `assert.ok()`" : message;
  const error = new AssertionError({
    actual: value,
    expected: true,
    message: text,
    operator: "==",
    stackStartFn: caller,
  });
  error.generatedMessage = message == null;
  throw error;
}

const assert: Any = function ok(...args: [value?: unknown, message?: Message]): void {
  checkOk(assert, args.length, args[0], args[1]);
};

assert.ok = function ok(...args: [value?: unknown, message?: Message]): void {
  checkOk(assert.ok, args.length, args[0], args[1]);
};

assert.fail = function fail(...args: Any[]): never {
  const isText = args.length === 1 && args[0] != null;
  const isBare = args.length < 2 && !isText;
  const [actual, expected, text, operator = args.length === 2 ? "!=" : "fail", stackStartFn = fail] = isText
    ? []
    : args;
  const message = isText ? args[0] : isBare ? "Failed" : text;
  if (message instanceof Error) throw message;
  const error = new AssertionError({ actual, expected, message, operator, stackStartFn });
  if (isBare) error.generatedMessage = true;
  throw error;
};

/** `assert.equal(actual, expected, message)` and its siblings: what holds, and the operator that says so. */
function define(name: string, holds: (actual: Any, expected: Any) => boolean, operator: string = name): void {
  const compare = function (actual?: unknown, expected?: unknown, message?: Message): void {
    if (arguments.length < 2) throw missingArgs("actual", "expected");
    if (!holds(actual, expected)) refuse({ actual, expected, message, operator, stackStartFn: compare });
  };
  assert[name] = Object.defineProperty(compare, "name", { value: name });
}

const isLooselyEqual = (left: Any, right: Any): boolean =>
  left == right || (Number.isNaN(left) && Number.isNaN(right));

define("equal", isLooselyEqual, "==");
define("notEqual", (left, right) => !isLooselyEqual(left, right), "!=");
define("deepEqual", (left, right) => isDeepEqual(left, right, "loose"));
define("notDeepEqual", (left, right) => !isDeepEqual(left, right, "loose"));
define("deepStrictEqual", (left, right) => isDeepEqual(left, right, "strict"));
define("notDeepStrictEqual", (left, right) => !isDeepEqual(left, right, "strict"));
define("strictEqual", Object.is);
define("notStrictEqual", (left, right) => !Object.is(left, right));
define("partialDeepStrictEqual", (left, right) => isDeepEqual(left, right, "partial"));

Object.assign(assert, { throws, rejects, doesNotThrow, doesNotReject });

assert.ifError = function ifError(error: Any): void {
  if (error === null || error === undefined) return;
  let message = "ifError got unwanted exception: ";
  if (typeof error === "object" && typeof error.message === "string") {
    message += error.message.length === 0 && error.constructor ? error.constructor.name : error.message;
  } else message += inspect(error);
  const failure = new AssertionError({
    actual: error,
    expected: null,
    operator: "ifError",
    message,
    stackStartFn: ifError,
  });
  const frames = framesOf(error);
  if (frames.length > 0) failure.stack = [...newFrames(failure, frames), ...frames].join("\n");
  throw failure;
};

Object.assign(assert, { match, doesNotMatch, AssertionError });

/** The lines of an error's stack that are frames. */
function framesOf(error: Any): string[] {
  const stack = typeof error.stack === "string" ? (error.stack as string) : "";
  const start = stack.indexOf("\n    at");
  return start < 0 ? [] : stack.slice(start + 1).split("\n");
}

/** The lines of the failure's stack up to those that it shares with the error that was found. */
function newFrames(failure: AssertionError, frames: readonly string[]): string[] {
  const lines = (failure.stack ?? "").split("\n");
  const shared = frames.map((frame) => lines.indexOf(frame)).find((place) => place >= 0);
  return lines.slice(0, shared);
}

assert.strict = Object.assign(
  function strict(...args: [value?: unknown, message?: Message]): void {
    checkOk(assert.strict, args.length, args[0], args[1]);
  },
  assert,
  {
    equal: assert.strictEqual,
    deepEqual: assert.deepStrictEqual,
    notEqual: assert.notStrictEqual,
    notDeepEqual: assert.notDeepStrictEqual,
  },
);
assert.strict.strict = assert.strict;

export const {
  ok,
  fail,
  equal,
  notEqual,
  deepEqual,
  notDeepEqual,
  strictEqual,
  notStrictEqual,
  deepStrictEqual,
  notDeepStrictEqual,
  partialDeepStrictEqual,
  ifError,
  strict,
} = assert;
export { AssertionError, doesNotMatch, doesNotReject, doesNotThrow, match, rejects, throws };
export default assert;
