import { AssertionError } from "./assert/assertion-error.js";
import type { Any, AnyFunction } from "./internal/any.js";
import { invalidArgType, invalidArgValue, missingArgs, nodeError } from "./internal/errors.js";
import { isDeepEqual } from "./util/deep-equal.js";
import { inspect } from "./util/inspect.js";

type Message = string | Error | undefined;

function refuse(message: Message, details: Any): never {
  if (message instanceof Error) throw message;
  throw new AssertionError(message === undefined ? details : { ...details, message });
}

function requireTwo(count: number): void {
  if (count < 2) throw missingArgs("actual", "expected");
}

function checkOk(caller: AnyFunction, count: number, value: unknown, message: Message): void {
  if (value) return;
  if (message instanceof Error) throw message;
  let text = message;
  if (count === 0) text = "No value argument passed to `assert.ok()`";
  else if (text == null) text = "The expression evaluated to a falsy value";
  const error = new AssertionError({
    actual: value,
    expected: true,
    message: text,
    operator: "==",
    stackStartFn: caller,
  });
  if (message == null) (error as Any).generatedMessage = true;
  throw error;
}

const assert: Any = function ok(...args: [value?: unknown, message?: Message]): void {
  checkOk(assert, args.length, args[0], args[1]);
};

assert.ok = function ok(...args: [value?: unknown, message?: Message]): void {
  checkOk(assert.ok, args.length, args[0], args[1]);
};

assert.fail = function fail(message?: Any): never {
  if (message instanceof Error) throw message;
  const error = new AssertionError({ message: message ?? "Failed", operator: "fail", stackStartFn: fail });
  if (message === undefined) (error as Any).generatedMessage = true;
  throw error;
};

/** `assert.equal(actual, expected, message)` and its siblings: what holds, and the operator that says so. */
function comparison(
  name: string,
  operator: string,
  holds: (actual: Any, expected: Any) => boolean,
): AnyFunction {
  const compare = function (actual?: unknown, expected?: unknown, message?: Message): void {
    requireTwo(arguments.length);
    if (!holds(actual, expected)) refuse(message, { actual, expected, operator, stackStartFn: compare });
  };
  return Object.defineProperty(compare, "name", { value: name });
}

const isLooselyEqual = (left: Any, right: Any): boolean =>
  left == right || (left !== left && right !== right);

assert.equal = comparison("equal", "==", isLooselyEqual);
assert.notEqual = comparison("notEqual", "!=", (left, right) => !isLooselyEqual(left, right));
assert.deepEqual = comparison("deepEqual", "deepEqual", (left, right) => isDeepEqual(left, right, false));
assert.notDeepEqual = comparison(
  "notDeepEqual",
  "notDeepEqual",
  (left, right) => !isDeepEqual(left, right, false),
);
assert.strictEqual = comparison("strictEqual", "strictEqual", Object.is);
assert.notStrictEqual = comparison(
  "notStrictEqual",
  "notStrictEqual",
  (left, right) => !Object.is(left, right),
);
assert.deepStrictEqual = comparison("deepStrictEqual", "deepStrictEqual", (left, right) =>
  isDeepEqual(left, right, true),
);
assert.notDeepStrictEqual = comparison(
  "notDeepStrictEqual",
  "notDeepStrictEqual",
  (left, right) => !isDeepEqual(left, right, true),
);
assert.partialDeepStrictEqual = comparison("partialDeepStrictEqual", "partialDeepStrictEqual", holdsPart);

function holdsPart(actual: Any, expected: Any): boolean {
  if (typeof expected !== "object" || expected === null || typeof actual !== "object" || actual === null) {
    return Object.is(actual, expected);
  }
  if (Array.isArray(expected)) {
    return Array.isArray(actual) && expected.every((item) => actual.some((other) => holdsPart(other, item)));
  }
  const isPlain = [Object.prototype, null].includes(Object.getPrototypeOf(expected));
  if (!isPlain) return isDeepEqual(actual, expected, true);
  return Reflect.ownKeys(expected).every(
    (key) => Object.hasOwn(actual, key) && holdsPart(actual[key], expected[key]),
  );
}

function matching(name: "match" | "doesNotMatch"): AnyFunction {
  const isWanted = name === "match";
  const check = function (text: Any, pattern: Any, message?: Message): void {
    if (!(pattern instanceof RegExp)) throw invalidArgType("regexp", "RegExp", pattern);
    if (typeof text === "string" && pattern.test(text) === isWanted) return;
    const generated =
      typeof text !== "string"
        ? `The "string" argument must be of type string. Received type ${typeof text} (${inspect(text)})`
        : `The input ${isWanted ? "did not match the regular expression" : "was expected to not match the regular expression"} ${inspect(pattern)}. Input:\n\n${inspect(text)}\n`;
    if (message instanceof Error) throw message;
    const error = new AssertionError({
      actual: text,
      expected: pattern,
      message: message ?? generated,
      operator: name,
      stackStartFn: check,
    });
    (error as Any).generatedMessage = message === undefined;
    throw error;
  };
  return Object.defineProperty(check, "name", { value: name });
}

assert.match = matching("match");
assert.doesNotMatch = matching("doesNotMatch");

const NOTHING_THROWN = Symbol("nothing");

function thrownBy(act: Any): unknown {
  if (typeof act !== "function") throw invalidArgType("fn", "Function", act);
  try {
    act();
  } catch (error) {
    return error;
  }
  return NOTHING_THROWN;
}

async function rejectionOf(act: Any): Promise<unknown> {
  let promise = act;
  if (typeof act === "function") {
    promise = act();
    if (typeof promise?.then !== "function") {
      throw nodeError(
        TypeError,
        "ERR_INVALID_RETURN_VALUE",
        `Expected instance of Promise to be returned from the "promiseFn" function but got ${promise === null || promise === undefined ? promise : `type ${typeof promise}`}.`,
      );
    }
  } else if (typeof act?.then !== "function") {
    throw invalidArgType("promiseFn", ["Function", "Promise"], act);
  }
  try {
    await promise;
  } catch (error) {
    return error;
  }
  return NOTHING_THROWN;
}

function expectThrown(
  caller: AnyFunction,
  error: unknown,
  expected: Any,
  message: Message,
  isAsync: boolean,
): void {
  if (typeof expected === "string") {
    if (message !== undefined) {
      throw invalidArgType("error", ["Object", "Error", "Function", "RegExp"], expected);
    }
    message = expected;
    expected = undefined;
  } else if (expected != null && typeof expected !== "object" && typeof expected !== "function") {
    throw invalidArgType("error", ["Object", "Error", "Function", "RegExp"], expected);
  }
  if (error === NOTHING_THROWN) {
    const kind = isAsync ? "rejection" : "exception";
    const name = expected?.name ? ` (${expected.name})` : "";
    const text = message instanceof Error ? message.message : message;
    refuse(undefined as Message, {
      actual: undefined,
      expected,
      operator: caller.name,
      message: `Missing expected ${kind}${name}${text ? `: ${text}` : "."}`,
      stackStartFn: caller,
    });
  }
  if (expected !== undefined && expected !== null) matchError(error, expected, message, caller);
}

function matchError(error: Any, expected: Any, message: Message, caller: AnyFunction): void {
  const fail = (text: string) => {
    if (message instanceof Error) throw message;
    const failure = new AssertionError({
      actual: error,
      expected,
      message: message ?? text,
      operator: caller.name,
      stackStartFn: caller,
    });
    (failure as Any).generatedMessage = message === undefined;
    throw failure;
  };
  if (typeof expected === "function") {
    if (expected.prototype !== undefined && error instanceof expected) return;
    if (Object.prototype.isPrototypeOf.call(Error, expected)) {
      fail(
        `The error is expected to be an instance of "${expected.name}". Received "${error?.constructor?.name ?? inspect(error)}"` +
          (error?.message ? `\n\nError message:\n\n${error.message}` : ""),
      );
    }
    if (expected.call({}, error) === true) return;
    fail(
      `The ${expected.name ? `"${expected.name}" ` : ""}validation function is expected to return "true". Received ${inspect(expected.call({}, error))}` +
        (error instanceof Error ? `\n\nCaught error:\n\n${error}` : ""),
    );
  } else if (expected instanceof RegExp) {
    const text = String(error);
    if (!expected.test(text)) {
      fail(
        `The input did not match the regular expression ${inspect(expected)}. Input:\n\n${inspect(text)}\n`,
      );
    }
  } else matchProperties(error, expected, fail);
}

function matchProperties(error: Any, expected: Any, fail: (text: string) => void): void {
  const keys = Object.keys(expected);
  if (expected instanceof Error) keys.push("name", "message");
  else if (keys.length === 0) throw invalidArgValue("error", expected, "may not be an empty object");
  for (const key of keys) {
    const isMatch =
      typeof error?.[key] === "string" && expected[key] instanceof RegExp
        ? expected[key].test(error[key])
        : error !== null &&
          typeof error === "object" &&
          key in error &&
          isDeepEqual(error[key], expected[key], true);
    if (!isMatch) {
      const part = (from: Any) =>
        Object.fromEntries(keys.filter((one) => from && one in from).map((one) => [one, from[one]]));
      fail(
        new AssertionError({ actual: part(error), expected: part(expected), operator: "deepStrictEqual" })
          .message,
      );
    }
  }
}

function unwanted(error: Any, expected: Any, message: Message, caller: AnyFunction): void {
  if (error === NOTHING_THROWN) return;
  if (typeof expected === "string") {
    message = expected;
    expected = undefined;
  }
  const isExpected =
    expected === undefined ||
    (expected instanceof RegExp
      ? expected.test(String(error))
      : typeof expected === "function" && error instanceof expected);
  if (!isExpected) throw error;
  const kind = caller.name === "doesNotReject" ? "rejection" : "exception";
  refuse(undefined as Message, {
    actual: error,
    expected,
    operator: caller.name,
    message: `Got unwanted ${kind}${message ? `: ${message}` : "."}\nActual message: "${error?.message}"`,
    stackStartFn: caller,
  });
}

assert.throws = function throws(act: Any, expected?: Any, message?: Message): void {
  expectThrown(throws, thrownBy(act), expected, message, false);
};
assert.doesNotThrow = function doesNotThrow(act: Any, expected?: Any, message?: Message): void {
  unwanted(thrownBy(act), expected, message, doesNotThrow);
};
assert.rejects = async function rejects(act: Any, expected?: Any, message?: Message): Promise<void> {
  expectThrown(rejects, await rejectionOf(act), expected, message, true);
};
assert.doesNotReject = async function doesNotReject(
  act: Any,
  expected?: Any,
  message?: Message,
): Promise<void> {
  unwanted(await rejectionOf(act), expected, message, doesNotReject);
};

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
  (failure as Any).generatedMessage = false;
  throw failure;
};

assert.AssertionError = AssertionError;

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
  match,
  doesNotMatch,
  throws,
  doesNotThrow,
  rejects,
  doesNotReject,
  ifError,
  strict,
} = assert;
export { AssertionError };
export default assert;
