import assert, { AssertionError } from "node:assert";
import { attempt, eventually } from "./attempt.mjs";

class Special extends Error {
  name = "Special";
}
/** An engine's stacks are its own, and some messages show them. */
const traceless = (error) => Object.assign(error, { stack: `${error.name}: ${error.message}\n    at here` });
const coded = (message, code) => Object.assign(new Error(message), { code });
const named = (name, result) => Object.defineProperty(() => result, "name", { value: name });

const THROWN = {
  nothing: undefined,
  error: () => coded("bad input", "E_BAD"),
  type: () => new TypeError("wrong type"),
  special: () => new Special("special"),
  "without a message": () => new Error(),
  text: () => "a text",
  undefined: () => undefined,
  null: () => null,
  number: () => 5,
  object: () => ({ message: "no error", code: "E_BAD", name: "Plain" }),
  cause: () => new Error("outer", { cause: new TypeError("inner") }),
};

/** Functions give what they are asked about to `calls`. */
const expectations = (calls) => ({
  none: [],
  undefined: [undefined],
  null: [null],
  "undefined and a text": [undefined, "own text"],
  "a text": ["own text"],
  "the same text": ["bad input"],
  "a text and undefined": ["own text", undefined],
  "two texts": ["one", "two"],
  "an empty text": [""],
  number: [5],
  false: [false],
  symbol: [Symbol("s")],
  class: [Error],
  "class and a text": [TypeError, "own text"],
  "class and an error": [TypeError, new RangeError("own error")],
  "class and an empty text": [TypeError, ""],
  subclass: [Special],
  "class of no errors": [function Legacy() {}],
  regexp: [/bad/],
  "global regexp": [/bad/g],
  "other regexp": [/nothing like it/],
  "regexp and a text": [/nothing like it/, "own text"],
  "regexp and an error": [/nothing like it/, new RangeError("own error")],
  "regexp of the name": [/^TypeError: wrong/],
  object: [{ message: "bad input" }],
  "object with a code": [{ message: "bad input", code: "E_BAD" }],
  "object with another code": [{ message: "bad input", code: "E_OTHER" }],
  "object, other code and a text": [{ code: "E_OTHER" }, "own text"],
  "object, other code and an error": [{ code: "E_OTHER" }, new RangeError("own error")],
  "object with a regexp": [{ message: /bad/, code: /^E/ }],
  "object with another regexp": [{ message: /bad/, code: /^F/ }],
  "object with a number for a regexp": [{ code: 5, message: /./ }],
  "object with a missing key": [{ missing: undefined }],
  "object with a nested one": [{ cause: traceless(new TypeError("inner")) }],
  "empty object": [{}],
  list: [["bad input"]],
  "an equal error": [coded("bad input", "E_BAD")],
  "another error": [coded("bad input", "E_OTHER")],
  "function, true": [(...all) => (calls.push(all.length), true)],
  "function, false": [(...all) => (calls.push(all.length), false)],
  "function, truthy": [(...all) => (calls.push(all.length), 1)],
  "function, nothing": [(...all) => void calls.push(all.length)],
  "function of a name": [named("isRight", false)],
  "function of a name and a text": [named("isRight", false), "own text"],
  "function of a name and an error": [named("isRight", false), new RangeError("own error")],
  "function that throws": [
    () => {
      calls.push("threw");
      throw new RangeError("from the function");
    },
  ],
  "function with this": [
    function () {
      calls.push(typeof this, Object.keys(this).length);
      return true;
    },
  ],
});

const COMPARISONS = [
  "equal",
  "notEqual",
  "strictEqual",
  "notStrictEqual",
  "deepEqual",
  "notDeepEqual",
].concat(["deepStrictEqual", "notDeepStrictEqual", "partialDeepStrictEqual"]);
const lines = (from, to, step = 1) =>
  Array.from({ length: Math.ceil((to - from) / step) }, (_, index) => from + index * step);
const PAIRS = () => [
  [1, 2],
  [1, 1],
  [0, -0],
  [NaN, 0],
  ["a", "b"],
  ["short", "shorter"],
  ["a longer text", "a longer test"],
  ["a\nb", "a\nc"],
  ["one", 1],
  [true, "a value that is longer"],
  [undefined, null],
  [1n, 2n],
  [{ a: 1 }, { a: 2 }],
  [{ a: 1 }, { a: 1 }],
  [
    { a: 1, b: [1, 2, 3] },
    { a: 1, b: [1, 3], c: "more" },
  ],
  [{ a: 1 }, [1]],
  [{ a: 1 }, 5],
  [5, { a: 1 }],
  [[], {}],
  [
    [1, 2, 3],
    [1, 2, 3, 4],
  ],
  [
    [3, 2, 1],
    [1, 2, 3],
  ],
  [lines(0, 12), lines(1, 13)],
  [lines(0, 60), lines(0, 60).with(30, "other")],
  [lines(0, 60), lines(0, 60, 2)],
  [lines(0, 60), lines(0, 60)],
  [new Map([[1, { a: 1 }]]), new Map([[1, { a: 2 }]])],
  [new Set([1, { a: 1 }]), new Set([{ a: 1 }, 2])],
  [new Set([{ a: 1 }]), new Set([undefined])],
  [traceless(new Error("one")), traceless(new Error("two"))],
  [traceless(new Error("one")), traceless(new TypeError("one"))],
  [
    traceless(new Error("one", { cause: traceless(new Error("a")) })),
    traceless(new Error("one", { cause: traceless(new Error("b")) })),
  ],
  [
    {
      get a() {
        return 1;
      },
    },
    { a: 2 },
  ],
  [new Date(0), new Date(1)],
  [Math.max, Math.min],
  ["x".repeat(600), "x".repeat(601)],
  [{ text: "x".repeat(600) }, { text: "y".repeat(600) }],
  [{ a: 1, b: 2, nested: { c: 3, d: 4 } }, { nested: { d: 5 } }],
];

/** What an assertion says, and all that the error carries. */
function said(act) {
  try {
    act();
    return "holds";
  } catch (error) {
    return told(error);
  }
}

function told(error) {
  if (!(error instanceof AssertionError))
    return attempt(() => {
      throw error;
    });
  const { message, operator, generatedMessage, code, name, actual, expected } = error;
  return [
    // Where an error was made is each engine's own.
    message.replaceAll(/\n[-+ ] +at .*/g, ""),
    operator,
    generatedMessage,
    code,
    name,
    typeof actual,
    typeof expected,
    Object.keys(error).join(),
  ].join(" | ");
}

const later = (act) => act().then(() => "holds", told);

function logComparisons(log) {
  for (const name of COMPARISONS) {
    for (const [index, [actual, expected]] of PAIRS().entries()) {
      log(
        `${name} ${index}`,
        said(() => assert[name](actual, expected)),
      );
      log(
        `${name} ${index}, own text`,
        said(() => assert[name](actual, expected, "own text")),
      );
      if (index > 4) continue;
      for (const message of ["", null, undefined, new RangeError("own error"), 5, { text: 1 }]) {
        log(
          `${name} ${index}, ${String(message)}`,
          said(() => assert[name](actual, expected, message)),
        );
      }
    }
    log(
      `${name} without a value`,
      said(() => assert[name]()),
      said(() => assert[name](1)),
    );
  }
}

async function logThrown(log) {
  for (const [thrown, make] of Object.entries(THROWN)) {
    const act = () => {
      if (make !== undefined) throw make();
    };
    const promised = async () => act();
    for (const expectation of Object.keys(expectations([]))) {
      const calls = [];
      const args = () => expectations(calls)[expectation];
      log(
        `throws ${thrown}, ${expectation}`,
        said(() => assert.throws(act, ...args())),
        calls.splice(0),
      );
      log(
        `doesNotThrow ${thrown}, ${expectation}`,
        said(() => assert.doesNotThrow(act, ...args())),
        calls.splice(0),
      );
      log(
        `rejects ${thrown}, ${expectation}`,
        await later(() => assert.rejects(promised, ...args())),
        calls.splice(0),
      );
      log(
        `rejects a promise ${thrown}, ${expectation}`,
        await later(() => assert.rejects(promised(), ...args())),
      );
      log(
        `doesNotReject ${thrown}, ${expectation}`,
        await later(() => assert.doesNotReject(promised, ...args())),
        calls.splice(0),
      );
    }
  }
  const values = [undefined, null, 5, "text", {}, { then() {} }, [], /x/, Math.max];
  for (const [index, value] of values.entries()) {
    log(
      `throws of ${index}`,
      said(() => assert.throws(value)),
      said(() => assert.doesNotThrow(value)),
    );
    log(`rejects of ${index}`, await later(() => assert.rejects(value)));
    log(`rejects of a function of ${index}`, await later(() => assert.rejects(() => value)));
    log(`doesNotReject of a function of ${index}`, await later(() => assert.doesNotReject(() => value)));
  }
  const thenable = { then: (_, reject) => reject(new Error("thenable")), catch() {} };
  log("rejects a thenable", await later(() => assert.rejects(thenable, /thenable/)));
  log(
    "rejects a function that throws",
    await later(() =>
      assert.rejects(() => {
        throw new Error("at once");
      }, /at once/),
    ),
  );
}

function logRest(log) {
  for (const args of [
    [],
    [undefined],
    [null],
    ["text"],
    [""],
    [5],
    [new RangeError("own error")],
    [1, 2],
    [1, 2, "text"],
    [1, 2, undefined, ">"],
    [1, 2, new RangeError("own error")],
  ]) {
    log(
      `fail ${args.length} ${String(args.at(-1))}`,
      said(() => assert.fail(...args)),
    );
  }
  for (const value of [
    undefined,
    null,
    0,
    "",
    "text",
    false,
    new Error("bad"),
    new Error(),
    {},
    { message: "" },
    { message: "m" },
    Symbol("s"),
  ]) {
    log(
      `ifError ${String(value)}`,
      said(() => assert.ifError(value)),
    );
  }
  for (const name of ["match", "doesNotMatch"]) {
    for (const text of ["abc", "xyz", "a\nb", 5, undefined, { toString: () => "abc" }]) {
      for (const args of [
        [/a/],
        [/a/, "own text"],
        [/a/, new RangeError("own error")],
        [/a/, ""],
        ["a"],
        [undefined],
      ]) {
        log(
          `${name} ${String(text)} ${args.map(String)}`,
          said(() => assert[name](text, ...args)),
        );
      }
    }
  }
  for (const name of ["ok", "strict"]) {
    for (const args of [[1], [], [0, "own text"], [0, new RangeError("own error")], [0, ""]]) {
      log(
        `${name} ${args.map(String)}`,
        said(() => assert[name](...args)),
        said(() => assert(...args)),
      );
    }
  }
  for (const options of [
    undefined,
    null,
    5,
    {},
    { message: "m" },
    { actual: 1, expected: 2, operator: "strictEqual" },
    { actual: 1, expected: 2, operator: "deepStrictEqual", message: "m" },
    { operator: "own", actual: 1, expected: 2 },
    { message: "m", details: [{ message: "a", actual: 1, expected: 2, operator: "is", stack: "at" }] },
  ]) {
    log(
      `AssertionError ${JSON.stringify(options)}`,
      said(() => {
        throw new AssertionError(options);
      }),
    );
  }
  log("AssertionError as text", String(new AssertionError({ message: "m" })));
}

export async function run(log) {
  logComparisons(log);
  await logThrown(log);
  logRest(log);
  log("eventually", await eventually(assert.rejects(Promise.resolve(1))));
}
