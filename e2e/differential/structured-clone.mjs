import { Buffer } from "node:buffer";
import { MessageChannel } from "node:worker_threads";
import { attempt, generator } from "./attempt.mjs";

/** A value with its kinds, its holes and its cycles, as text. */
function shape(value, seen = new Map()) {
  if (typeof value !== "object" || value === null) return primitive(value);
  if (seen.has(value)) return `#${seen.get(value)}`;
  seen.set(value, seen.size);
  const tag = Object.prototype.toString.call(value).slice(8, -1);
  const proto = Object.getPrototypeOf(value);
  const parts = [`${tag}:${proto?.constructor?.name ?? "null"}`];
  if (Array.isArray(value)) parts.push(`length ${value.length}`);
  else if (value instanceof Date) parts.push(String(value.getTime()));
  else if (value instanceof RegExp) parts.push(`${value.source}/${value.flags}@${value.lastIndex}`);
  else if (value instanceof Map)
    for (const [key, one] of value) parts.push(`${shape(key, seen)} => ${shape(one, seen)}`);
  else if (value instanceof Set) for (const one of value) parts.push(shape(one, seen));
  else if (ArrayBuffer.isView(value)) {
    parts.push(`${value.byteOffset}+${value.byteLength} of`, shape(value.buffer, seen));
    return `(${parts.join(" ")})`;
  } else if (value instanceof ArrayBuffer || value instanceof SharedArrayBuffer) {
    parts.push(`${[...new Uint8Array(value)].join()} ${value.resizable} ${value.maxByteLength}`);
  } else if (/^(Number|String|Boolean|BigInt)$/.test(tag)) parts.push(primitive(value.valueOf()));
  if (tag !== "String") {
    for (const key of Reflect.ownKeys(value)) {
      if (Array.isArray(value) && key === "length") continue;
      // Where it was made differs from engine to engine.
      if (key === "stack") continue;
      const { enumerable, ...rest } = Object.getOwnPropertyDescriptor(value, key);
      parts.push(
        `${enumerable ? "" : "hidden "}${String(key)}: ${"value" in rest ? shape(rest.value, seen) : "accessor"}`,
      );
    }
  }
  return `(${parts.join(", ")})`;
}

function primitive(value) {
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value === "string") return JSON.stringify(value);
  return Object.is(value, -0) ? "-0" : String(value);
}

class Point {
  x = 1;
  #secret = 2;
  get sum() {
    return this.x + this.#secret;
  }
  method() {}
  static made = 3;
}

const circular = { name: "a", list: [] };
circular.self = circular;
circular.list.push(circular, circular.list);
const inMap = new Map();
inMap.set(inMap, new Set([inMap]));
const memory = new ArrayBuffer(8);
new Uint8Array(memory).set([1, 2, 3, 4, 5, 6, 7, 8]);
const shared = {
  first: new Uint8Array(memory, 1, 3),
  second: new DataView(memory, 2),
  memory,
  again: memory,
};
const withCause = new Error("outer", { cause: new TypeError("inner") });
const odd = Object.assign(new RangeError("range"), { code: "E_ODD", extra: [1] });
const renamed = Object.assign(new Error("x"), { name: "TypeError" });
const named = Object.assign(new Error("x"), { name: "Custom" });
const noMessage = new Error();
const accessor = Object.defineProperty(new Error("a"), "message", { get: () => "got", configurable: true });
const sparse = [, 1, , "three"];
sparse.extra = true;
sparse[-1] = "minus";
const long = [];
long.length = 5;
const hidden = Object.defineProperty({ seen: 1 }, "unseen", { value: 2, enumerable: false });
const order = { b: 1, 2: "two", a: 2, 1: "one", [Symbol("s")]: 3 };
const getters = {
  get a() {
    delete this.b;
    return 1;
  },
  b: 2,
  c: 3,
};
const regular = /a(b)c/giu;
regular.lastIndex = 2;
const growing = new ArrayBuffer(4, { maxByteLength: 16 });
const props = Object.assign(new Map([[1, 2]]), { lost: true });
const boxed = Object.assign(new Number(5), { lost: true });

const COPIED = {
  primitives: [1, -0, NaN, Infinity, "text", "\ud800", true, null, undefined, 10n ** 30n, -5n],
  plain: { a: { b: { c: [1, [2, [3]]] } } },
  order,
  circular,
  inMap,
  shared,
  "shared object": (() => {
    const one = {};
    return [one, one, { one }];
  })(),
  sparse,
  long,
  hidden,
  getters,
  __proto__: JSON.parse('{"__proto__": {"x": 1}, "y": 2}'),
  "null prototype": Object.assign(Object.create(null), { a: 1 }),
  inherited: Object.create({ inherited: 1 }, { own: { value: 2, enumerable: true } }),
  instance: new Point(),
  "array of a class": (() => {
    class List extends Array {}
    return List.from([1, 2]);
  })(),
  "map of a class": new (class Dictionary extends Map {})([["k", "v"]]),
  "error of a class": new (class Failure extends RangeError {})("failed"),
  dates: [new Date(0), new Date(NaN), new Date(1.5e12)],
  regular,
  "regular sticky": /\/[/]\n/gimsuy,
  "regular v": /\p{L}+/v,
  boxes: [new Number(-0), new String("text"), new Boolean(false), Object(7n), boxed],
  map: new Map([
    [{ k: 1 }, [1]],
    ["a", new Map()],
    [NaN, null],
  ]),
  set: new Set([1, "1", { a: 1 }, new Set([undefined])]),
  props,
  errors: [
    ...[Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError].map(
      (Kind) => new Kind("m"),
    ),
    new AggregateError([new Error("one")], "several"),
  ],
  withCause,
  odd,
  renamed,
  named,
  noMessage,
  accessor,
  memory,
  growing,
  "view of growing": new Uint8Array(growing, 1),
  views: [
    ...[Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array].map(
      (Kind) => Kind.of(1, 2),
    ),
    ...[Float32Array, Float64Array].map((Kind) => Kind.of(1.5, -2)),
    ...[BigInt64Array, BigUint64Array].map((Kind) => Kind.of(1n, 2n)),
  ],
  "part of a view": new Int16Array(memory, 2, 2),
  view: new DataView(memory, 1, 4),
  "buffer alone": Buffer.from(new Uint8Array([1, 2, 3]).buffer),
  math: Math,
  json: JSON,
  tagged: { [Symbol.toStringTag]: "Map", a: 1 },
  "looks like a date": Object.create(Date.prototype),
  "looks like an error": Object.create(Error.prototype, { message: { value: "no", enumerable: true } }),
  prototype: Point.prototype,
};

const REFUSED = {
  symbol: Symbol("s"),
  "symbol inside": { a: [Symbol("s")] },
  "boxed symbol": Object(Symbol("s")),
  "weak map": new WeakMap(),
  "weak set": { deep: [new WeakSet()] },
  "weak reference": new WeakRef({}),
  promise: Promise.resolve(1),
  generator: (function* () {})(),
  "array iterator": [1].values(),
  "map iterator": new Map().entries(),
  "string iterator": "a"[Symbol.iterator](),
  proxy: new Proxy({}, {}),
  "proxy of an array": [new Proxy([], {})],
  arguments: (function () {
    return arguments;
  })(1, 2),
  registry: new FinalizationRegistry(() => undefined),
  headers: new Headers({ a: "1" }),
  request: new Request("http://a/"),
  response: new Response("a"),
  form: new FormData(),
  port: new MessageChannel().port1,
};

/** Their source text is not kept, so only what the error is. */
const FUNCTIONS = {
  arrow: () => 1,
  named: function name() {},
  class: Point,
  method: { method() {} },
  native: Math.max,
  bound: (() => 1).bind(null),
  async: async () => undefined,
  "in a map": new Map([[1, () => 1]]),
  "as a key": new Map([[() => 1, 1]]),
  "in a set": new Set([() => 1]),
  "as a cause": new Error("a", { cause: () => 1 }),
};

function kindOf(act) {
  try {
    return shape(act());
  } catch (error) {
    return [error.name, error.code, error instanceof DOMException, error instanceof Error].join();
  }
}

export async function run(log) {
  for (const [name, value] of Object.entries(COPIED)) {
    log(
      name,
      attempt(() => shape(structuredClone(value))),
      String(structuredClone(value) === value),
    );
  }
  for (const [name, value] of Object.entries(REFUSED)) {
    log(
      `refused ${name}`,
      attempt(() => shape(structuredClone(value))),
      kindOf(() => structuredClone(value)),
    );
  }
  for (const [name, value] of Object.entries(FUNCTIONS))
    log(
      `function ${name}`,
      kindOf(() => structuredClone(value)),
    );
  arguments_(log);
  transfers(log);
  errors(log);
  await blobs(log);
  random(log);
}

function arguments_(log) {
  log(
    "none",
    attempt(() => structuredClone()),
  );
  log(
    "undefined",
    attempt(() => structuredClone(undefined)),
  );
  for (const options of [
    null,
    undefined,
    {},
    1,
    "a",
    { transfer: undefined },
    { transfer: null },
    { transfer: 1 },
    { transfer: "" },
    { transfer: {} },
  ]) {
    log(
      "options",
      attempt(() => structuredClone(1, options)),
    );
  }
  log("name", structuredClone.name, String(structuredClone.length), String("prototype" in structuredClone));
  log(
    "what a getter throws",
    attempt(() =>
      structuredClone({
        get a() {
          throw new RangeError("mine");
        },
      }),
    ),
  );
  const deep = {};
  let end = deep;
  for (let depth = 0; depth < 500; depth++) end = end.next = {};
  log("deep", String(JSON.stringify(structuredClone(deep)) === JSON.stringify(deep)));
  const map = new Map([
    [
      "a",
      {
        get grow() {
          map.set("b", 1);
          return 1;
        },
      },
    ],
  ]);
  log("a map that grows meanwhile", shape(structuredClone(map)));
}

function transfers(log) {
  const bytes = () => new Uint8Array([1, 2, 3, 4]).buffer;
  const one = bytes();
  log(
    "transferred",
    shape(structuredClone(one, { transfer: [one] })),
    String(one.byteLength),
    String(one.detached),
  );
  const two = bytes();
  const view = new Uint8Array(two, 1, 2);
  log(
    "view",
    shape(structuredClone({ view, two }, { transfer: [two] })),
    String(view.length),
    String(two.byteLength),
  );
  const three = bytes();
  log("not in the value", shape(structuredClone(1, { transfer: [three] })), String(three.byteLength));
  const four = bytes();
  log(
    "refused",
    kindOf(() => structuredClone({ four, f() {} }, { transfer: [four] })),
    String(four.byteLength),
  );
  const set = new Set([bytes()]);
  log("an iterable", shape(structuredClone([...set], { transfer: set })), String([...set][0].byteLength));
  log(
    "twice",
    attempt(() => structuredClone(1, { transfer: [four, four] })),
    String(four.byteLength),
  );
  log(
    "taken",
    attempt(() => structuredClone(one)),
  );
  log(
    "taken again",
    attempt(() => structuredClone(1, { transfer: [one] })),
  );
  log(
    "a view of taken",
    attempt(() => structuredClone(view)),
  );
  for (const wrong of [1, "a", null, {}, [], new Uint8Array(2), new Date(), () => 1, new Map()]) {
    log(
      "wrong",
      attempt(() => structuredClone(1, { transfer: [wrong] })),
    );
  }
  const { port1 } = new MessageChannel();
  log("port", structuredClone(port1, { transfer: [port1] }).constructor.name);
}

function errors(log) {
  const error = new TypeError("message");
  const copy = structuredClone(error);
  log("stack", String(copy.stack === error.stack), String(copy instanceof TypeError), String(copy));
  error.stack = "mine";
  log("own stack", structuredClone(error).stack);
  const exception = structuredClone(new DOMException("gone", "NotFoundError"));
  log(
    "DOMException",
    exception.name,
    exception.message,
    String(exception.code),
    String(exception instanceof DOMException),
  );
}

async function blobs(log) {
  for (const blob of [
    new Blob(["text"], { type: "a/b" }),
    new File(["file"], "name", { type: "c/d" }),
    new Blob(),
  ]) {
    const copy = structuredClone(blob);
    log(
      "blob",
      copy.constructor.name,
      String(copy.size),
      copy.type,
      await copy.text(),
      String(copy === blob),
    );
  }
}

/** Whatever is made of the kinds together. */
function random(log) {
  const { below } = generator(42);
  const make = (depth) => {
    const leaf = [
      1,
      "s",
      null,
      undefined,
      true,
      5n,
      -0,
      new Date(5),
      /x/g,
      new Error("e"),
      Buffer.from(new Uint8Array([9]).buffer),
    ];
    if (depth === 0) return leaf[below(leaf.length)];
    const parts = Array.from({ length: below(4) }, () => make(depth - 1));
    switch (below(5)) {
      case 0:
        return parts;
      case 1:
        return new Set(parts);
      case 2:
        return new Map(parts.map((part, index) => [index % 2 ? part : index, part]));
      case 3:
        return Object.assign(new Point(), { parts });
      default:
        return Object.fromEntries(parts.map((part, index) => [`k${index}`, part]));
    }
  };
  for (let round = 0; round < 60; round++) {
    const value = make(4);
    log(`random ${round}`, shape(structuredClone(value)));
  }
}
