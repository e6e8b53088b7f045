import assert from "node:assert";
import util, { inspect } from "node:util";
import { attempt, eventually } from "./attempt.mjs";

class Point {
  constructor() {
    this.x = 1;
  }
  get sum() {
    return 2;
  }
  static s = 3;
  #hidden = 4;
}
class Empty {}
const cyclic = { name: "c", list: [1] };
cyclic.self = cyclic;
cyclic.list.push(cyclic);

const VALUES = [
  undefined,
  null,
  true,
  0,
  -0,
  1.5,
  NaN,
  Infinity,
  10n,
  "text",
  "it's",
  "both \"'`",
  "line\nbreak\t\u0001",
  Symbol("s"),
  Symbol.iterator,
  "😀",
  [],
  [1, , 3],
  [1, [2, [3, [4, [5]]]]],
  new Array(5),
  Array.from({ length: 120 }, (_, i) => i),
  Object.assign([1], { extra: true }),
  {},
  { a: 1, "b-c": 2, 3: 4 },
  { nested: { a: { b: { c: {} } } } },
  Object.create(null),
  Object.create({ inherited: 1 }),
  cyclic,
  { [Symbol("k")]: 1 },
  {
    get a() {
      return 1;
    },
    set a(v) {},
    get b() {
      return 1;
    },
    set c(v) {},
  },
  function named() {},
  () => {},
  async () => {},
  function* gen() {},
  async function* agen() {},
  class A {},
  class B extends Point {},
  Object.assign(function f() {}, { prop: 1 }),
  Math.max,
  Point,
  new Point(),
  new Empty(),
  new Date(0),
  new Date(NaN),
  /re/gi,
  Object.assign(/x/, { a: 1 }),
  new Map([
    [1, { a: 2 }],
    ["k", new Map()],
  ]),
  new Set([1, "two", [3]]),
  new WeakMap(),
  new WeakSet(),
  Promise.resolve(5),
  Promise.reject(new Error("no")).catch(() => {}) && new Promise(() => {}),
  new Proxy({ a: 1 }, {}),
  new Proxy(function p() {}, {}),
  new Uint8Array([1, 2]),
  new Float64Array(2),
  new ArrayBuffer(4),
  new DataView(new ArrayBuffer(2)),
  Buffer.from("buf"),
  new Number(3),
  new String("boxed"),
  new Boolean(false),
  Object(10n),
  Object(Symbol("b")),
  (function () {
    return arguments;
  })(1, 2),
  globalThis.Math,
  JSON,
  Reflect,
  new (class extends Map {})([[1, 2]]),
  new (class Foo extends Array {})(3),
  new URL("http://a.b/c?d=e#f").href,
  Object.freeze({ a: 1 }),
  {
    toString() {
      return "custom";
    },
  },
  { [Symbol.toStringTag]: "Tagged" },
  { [inspect.custom]: () => "CUSTOM" },
  { [inspect.custom]: (depth, options) => ({ depth, stylize: typeof options.stylize }) },
  "x".repeat(200),
  { long: "y".repeat(100), list: ["z".repeat(30), "w".repeat(30), "v".repeat(30)] },
  new Map(Array.from({ length: 3 }, (_, i) => [`key${i}`, "v".repeat(30)])),
  [
    ["a", "b"],
    ["c", "d"],
  ],
  [
    { a: 1, b: 2 },
    { a: 3, b: 4 },
  ],
  [1.5, 22.25, 333.125, 4, 5, 6, 7, 8, 9, 10],
  ["apple", "banana", "cherry", "date", "elderberry", "fig", "grape"],
];
const OPTIONS = [
  undefined,
  { depth: 0 },
  { depth: null },
  { compact: false },
  { compact: 1 },
  { breakLength: 40 },
  { showHidden: true },
  { sorted: true },
  { maxArrayLength: 2 },
  { maxStringLength: 5 },
  { colors: true },
  { getters: true },
  { numericSeparator: true },
  { showProxy: true },
];

function inspected(log) {
  for (const [index, value] of VALUES.entries()) {
    for (const options of OPTIONS) {
      // What is hidden in functions, typed arrays and boxes is each engine's own.
      if (
        options?.showHidden &&
        (typeof value === "function" ||
          ArrayBuffer.isView(value) ||
          value instanceof ArrayBuffer ||
          value instanceof WeakMap ||
          value instanceof WeakSet)
      )
        continue;
      log(
        `inspect ${index} ${JSON.stringify(options)}`,
        attempt(() => inspect(value, options)),
      );
    }
  }
  const error = new TypeError("message", { cause: "c" });
  error.stack = "TypeError: message\n    at x (y:1:2)";
  error.code = "E";
  log(
    "error",
    inspect(error),
    inspect({ error }),
    inspect(Object.assign(new Error(""), { stack: undefined })),
    inspect(Object.assign(new RangeError("r"), { name: "Other", stack: "RangeError: r\n    at z" })),
  );
}

function formatted(log) {
  const calls = [
    ["%s %d %i %f %j %o %O %c %%", "s", 1.5, 2.7, "3.5", { a: 1 }, { b: 2 }, { c: 3 }, "css"],
    ["%s", Symbol("x")],
    ["%s", null, undefined],
    ["%s", 10n, -0],
    ["%d", "x", 10n],
    ["%s", { a: { b: { c: 1 } } }],
    ["%s", class Foo {}],
    ["%s", new Date(0)],
    ["%s", { toString: () => "own" }],
    ["a", "b", { c: 1 }],
    ["%x", 1],
    ["%"],
    [1, 2, "3"],
    ["%s"],
    [],
    ["%j", cyclic],
    ["%i", "0x10"],
    ["%f", "x"],
    ["%s", "a", "b"],
    ["%O", [[[[1]]]]],
    [{ a: 1 }, "x"],
    ["%s", () => {}],
  ];
  for (const [index, args] of calls.entries()) {
    log(
      `format ${index} ${String(args[0])}`,
      attempt(() => util.format(...args)),
    );
  }
}

function compared(log) {
  const pairs = [
    [1, 1],
    [1, "1"],
    [NaN, NaN],
    [0, -0],
    [
      [1, 2],
      [1, 2],
    ],
    [
      [1, 2],
      [2, 1],
    ],
    [
      { a: 1, b: 2 },
      { b: 2, a: 1 },
    ],
    [{ a: undefined }, {}],
    [new Set([1, { a: 1 }]), new Set([{ a: 1 }, 1])],
    [new Set([1]), new Set(["1"])],
    [new Map([[1, { a: 1 }]]), new Map([[1, { a: 1 }]])],
    [new Map([[{ k: 1 }, 1]]), new Map([[{ k: 1 }, 1]])],
    [new Date(1), new Date(1)],
    [new Date(1), new Date(2)],
    [/a/g, /a/g],
    [/a/g, /a/i],
    [new Error("a"), new Error("a")],
    [new Error("a"), new TypeError("a")],
    [Buffer.from("a"), Buffer.from("a")],
    [Buffer.from("a"), new Uint8Array([97])],
    [new Number(1), new Number(1)],
    [new Number(1), 1],
    [Object(Symbol.iterator), Object(Symbol.iterator)],
    [[,], [undefined]],
    [Object.create(null), {}],
    [null, undefined],
    [new Point(), { x: 1 }],
    ["a", new String("a")],
    [() => 1, () => 1],
    [{ [Symbol.for("s")]: 1 }, { [Symbol.for("s")]: 2 }],
    [
      [1, 2, 3],
      [1, 2],
    ],
    [new Float32Array([0]), new Float32Array([-0])],
    [{ a: { b: [1, { c: 2 }] } }, { a: { b: [1, { c: 3 }] } }],
    [[..."ab"], { 0: "a", 1: "b", length: 2 }],
    [new ArrayBuffer(2), new ArrayBuffer(2)],
    [Object.assign([1], { x: 1 }), [1]],
  ];
  const a = {};
  a.self = a;
  const b = {};
  b.self = b;
  pairs.push([a, b]);
  for (const [index, [left, right]] of pairs.entries()) {
    log(
      `equal ${index}`,
      util.isDeepStrictEqual(left, right),
      attempt(() => assert.deepEqual(left, right)).split("\n")[0],
      attempt(() => assert.deepStrictEqual(left, right)).split("\n")[0],
      attempt(() => assert.notDeepStrictEqual(left, right)).split("\n")[0],
    );
  }
}

async function asserted(log) {
  const why = (act) => {
    try {
      act();
      return "passed";
    } catch (error) {
      return [
        error.name,
        error.code,
        error.message,
        error.generatedMessage,
        error.operator,
        error instanceof assert.AssertionError,
      ];
    }
  };
  log(
    "assert",
    why(() => assert(0)).slice(0, 2),
    why(() => assert(false, "own")),
    why(() => assert.ok(null, new TypeError("mine"))),
    why(() => assert.fail()),
    why(() => assert.fail("why")),
    why(() => assert.equal(1, 2)),
    why(() => assert.equal(1, 2, "told")),
    why(() => assert.strictEqual(1, 2)),
    why(() => assert.strictEqual("a", "b")),
    why(() => assert.notStrictEqual(1, 1)),
    why(() => assert.notEqual(1, 1)),
    why(() => assert.strictEqual(NaN, NaN)),
  );
  log(
    "deep",
    why(() => assert.deepStrictEqual({ a: 1 }, { a: 2 })),
    why(() => assert.deepStrictEqual([1, 2, 3], [1, 2, 4])),
    why(() => assert.deepEqual({ a: 1 }, { a: 2 })),
  );
  log(
    "throws",
    why(() => assert.throws(() => {})),
    why(() =>
      assert.throws(() => {
        throw new TypeError("x");
      }, RangeError),
    ),
    why(() =>
      assert.throws(() => {
        throw new TypeError("x");
      }, TypeError),
    ),
    why(() =>
      assert.throws(() => {
        throw new Error("abc");
      }, /b/),
    ),
    why(() =>
      assert.throws(() => {
        throw new Error("abc");
      }, /z/),
    ),
    why(() =>
      assert.throws(
        () => {
          throw Object.assign(new Error("m"), { code: 5 });
        },
        { message: "m", code: 5 },
      ),
    ),
    why(() => assert.throws("x")),
    why(() =>
      assert.doesNotThrow(() => {
        throw new Error("y");
      }),
    ),
    why(() =>
      assert.throws(
        () => {
          throw new Error("v");
        },
        () => true,
      ),
    ),
    why(() => assert.throws(() => {}, "message")),
  );
  log(
    "match",
    why(() => assert.match("abc", /x/)),
    why(() => assert.doesNotMatch("abc", /b/)),
    why(() => assert.match(5, /x/)),
    why(() => assert.ifError(null)),
    why(() => assert.ifError(new Error("e"))),
    why(() => assert.strictEqual()),
  );
  log(
    "rejects",
    await eventually(assert.rejects(Promise.reject(new Error("r")), /r/)),
    await eventually(assert.rejects(Promise.resolve())),
    await eventually(assert.doesNotReject(Promise.resolve())),
    await eventually(
      assert.rejects(
        async () => {
          throw new Error("q");
        },
        { message: "q" },
      ),
    ),
  );
  log("strict", assert.strict.equal === assert.strictEqual, assert.strict.strict === assert.strict);
  log("assertions", Object.keys(assert).sort().join());
}

async function others(log) {
  for (const value of VALUES)
    log(
      "types",
      Object.keys(util.types)
        .sort()
        .filter((name) => {
          try {
            return util.types[name](value);
          } catch {
            return false;
          }
        })
        .join(),
    );
  log(
    "promisify",
    await util.promisify((a, done) => done(null, a + 1))(1),
    await eventually(util.promisify((done) => done(new Error("e")))()),
    attempt(() => util.promisify(5)),
    util.promisify(util.promisify).name,
    await new Promise((resolve) =>
      util.callbackify(async (a) => a)(3, (error, value) => resolve([error, value])),
    ),
    await new Promise((resolve) =>
      util.callbackify(async () => {
        throw null;
      })((error) => resolve([error.code, error.message])),
    ),
  );
  log(
    "deprecate",
    util.deprecate(() => 5, "old", "DEP0")(),
    util.inherits.length,
    attempt(() => util.inherits(null, Empty)),
  );
  log(
    "styles",
    util.stripVTControlCharacters("\u001b[31mred\u001b[0m"),
    attempt(() => util.styleText("red", "x", { validateStream: false })),
    attempt(() => util.styleText("nope", "x")).slice(0, 60),
    util.toUSVString("a\ud800"),
  );
  log(
    "parse",
    attempt(() =>
      util.parseArgs({
        args: ["-v", "--name=x", "--flag", "rest"],
        options: { v: { type: "boolean", short: "v" }, name: { type: "string" }, flag: { type: "boolean" } },
        allowPositionals: true,
      }),
    ),
    attempt(() => util.parseArgs({ args: ["--nope"] })),
    attempt(() => util.parseArgs({ args: ["pos"] })),
    attempt(() => util.parseEnv("A=1\nB='two'\n# c\nexport C=\"x\\ny\"")),
  );
  log(
    "mime",
    String(new util.MIMEType('text/HTML; charset=UTF-8;q="a b"')),
    new util.MIMEType("a/b").essence,
    attempt(() => new util.MIMEType("bad")),
  );
  const pairs = [
    ["", ""],
    ["a", ""],
    ["ab😀", "a😀c"],
    ["abcabba", "cbabac"],
    [["a"], ["a"]],
    [[], ["x"]],
    ["x", ["x"]],
  ];
  for (const [left, right] of pairs.concat([
    [
      ["a", "b", "c"],
      ["c", "b", "a"],
    ],
    [[1], [2]],
    [5, 6],
    ["a", null],
  ])) {
    log(
      `diff ${JSON.stringify([left, right])}`,
      attempt(() => util.diff(left, right)),
    );
  }
  log(
    "errors",
    util.getSystemErrorName(-2),
    util.getSystemErrorMap().get(-13),
    attempt(() => util.getSystemErrorName(5)),
    util.aborted.length,
    util.isArray([]),
    util.inspect.custom.toString(),
    Object.keys(util).sort().join(),
  );
  log(
    "text",
    new util.TextDecoder().decode(new util.TextEncoder().encode("é")),
    util.isDeepStrictEqual.length,
    typeof util.debuglog("x").enabled,
    util.format.name,
  );
}

export async function run(log) {
  inspected(log);
  formatted(log);
  compared(log);
  await asserted(log);
  await others(log);
}
