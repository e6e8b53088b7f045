import type { Any, AnyFunction } from "../internal/any.js";
import { invalidArgType, nodeError, received } from "../internal/errors.js";
import { validateFunction } from "../internal/validate.js";
import { isPromise, isRegExp } from "../util/kinds.js";
import { matchError, isErrorClass } from "./expected-error.js";
import { type Message, refuse } from "./fail.js";

type Args = [expected?: Any, message?: Message];

const NOTHING_THROWN = Symbol("nothing");

function thrownBy(act: Any): unknown {
  validateFunction(act, "fn");
  try {
    act();
  } catch (error) {
    return error;
  }
  return NOTHING_THROWN;
}

/** A thenable must look like a promise: a function that has `then`, or one without `catch`, is more likely a mistake. */
function isPromiseLike(value: Any): boolean {
  const isObject = typeof value === "object" && value !== null;
  return (
    isPromise(value) || (isObject && [value.then, value.catch].every((one) => typeof one === "function"))
  );
}

async function rejectionOf(act: Any): Promise<unknown> {
  const promise = typeof act === "function" ? act() : act;
  if (!isPromiseLike(promise)) {
    if (typeof act !== "function") throw invalidArgType("promiseFn", ["Function", "Promise"], act);
    throw nodeError(
      TypeError,
      "ERR_INVALID_RETURN_VALUE",
      `Expected instance of Promise to be returned from the "promiseFn" function but got ${received(promise)}.`,
    );
  }
  try {
    await promise;
  } catch (error) {
    return error;
  }
  return NOTHING_THROWN;
}

/** What the arguments after the function ask for: the expected error and the message. */
function readArgs(error: Any, args: Args): Args {
  const [expected, message] = args;
  if (typeof expected === "string" && args.length < 2) {
    refuseAmbiguous(error, expected);
    return [undefined, expected];
  }
  if (expected != null && typeof expected !== "object" && typeof expected !== "function") {
    throw invalidArgType("error", ["Object", "Error", "Function", "RegExp"], expected);
  }
  return [expected, message];
}

/** Whoever writes the error's own message where the assertion's belongs means to check it. */
function refuseAmbiguous(error: Any, text: string): void {
  const isObject = typeof error === "object" && error !== null;
  if ((isObject ? error.message : error) !== text) return;
  const what = isObject ? `error message "${text}"` : `error "${text}"`;
  throw nodeError(
    TypeError,
    "ERR_AMBIGUOUS_ARGUMENT",
    `The "error/message" argument is ambiguous. The ${what} is identical to the message.`,
  );
}

function expectError(caller: AnyFunction, error: unknown, args: Args): void {
  const [expected, message] = readArgs(error, args);
  if (error === NOTHING_THROWN) {
    const kind = caller.name === "rejects" ? "rejection" : "exception";
    const name = expected?.name ? ` (${expected.name})` : "";
    refuse({
      actual: undefined,
      expected,
      operator: caller.name,
      message: `Missing expected ${kind}${name}${message ? `: ${message}` : "."}`,
      stackStartFn: caller,
    });
  }
  if (expected) matchError(error, expected, message, caller);
}

function isUnwanted(error: Any, expected: Any): boolean {
  if (isRegExp(expected)) return (expected as RegExp).test(String(error));
  if (typeof expected !== "function") throw invalidArgType("expected", ["Function", "RegExp"], expected);
  if (expected.prototype !== undefined && error instanceof expected) return true;
  return !isErrorClass(expected) && expected.call({}, error) === true;
}

function expectNoError(caller: AnyFunction, error: Any, args: Args): void {
  if (error === NOTHING_THROWN) return;
  const [expected, message] = typeof args[0] === "string" ? [undefined, args[0]] : args;
  if (expected && !isUnwanted(error, expected)) throw error;
  const kind = caller.name === "doesNotReject" ? "rejection" : "exception";
  refuse({
    actual: error,
    expected,
    operator: caller.name,
    message: `Got unwanted ${kind}${message ? `: ${message}` : "."}\nActual message: "${error?.message}"`,
    stackStartFn: caller,
  });
}

export function throws(act: Any, ...args: Any[]): void {
  expectError(throws, thrownBy(act), args as Args);
}

export function doesNotThrow(act: Any, ...args: Any[]): void {
  expectNoError(doesNotThrow, thrownBy(act), args as Args);
}

export async function rejects(act: Any, ...args: Any[]): Promise<void> {
  expectError(rejects, await rejectionOf(act), args as Args);
}

export async function doesNotReject(act: Any, ...args: Any[]): Promise<void> {
  expectNoError(doesNotReject, await rejectionOf(act), args as Args);
}
