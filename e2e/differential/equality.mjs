import assert from "node:assert";
import { createSecretKey } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { attempt, generator } from "./attempt.mjs";

class Point {
  constructor(x) {
    this.x = x;
  }

  get double() {
    return 2 * this.x;
  }
}
class OtherPoint extends Point {}
class Hidden {
  #secret;
  constructor(secret) {
    this.#secret = secret;
  }
  get secret() {
    return this.#secret;
  }
}
class List extends Array {}
const symbol = Symbol("shared");
const shared = { x: 1 };

const cyclic = (length) => {
  const first = {};
  let last = first;
  for (let index = 1; index < length; index++) last = last.next = {};
  last.next = first;
  return first;
};
const cyclicList = (...rest) => {
  const list = [...rest];
  list.push(list);
  return list;
};
const error = (message, fields, options) => Object.assign(new Error(message, options), fields);
const hiddenly = (target, key, value) => Object.defineProperty(target, key, { value, enumerable: false });
const argumentsOf = function () {
  return arguments;
};

/** Each call makes them anew: no two values of two calls are the same object, but for `shared`. */
const values = () => ({
  undefined,
  null: null,
  true: true,
  false: false,
  zero: 0,
  "minus zero": -0,
  one: 1,
  NaN,
  "1n": 1n,
  empty: "",
  text: "text",
  "'1'": "1",
  "'01'": "01",
  "' '": " ",
  "'NaN'": "NaN",
  symbol,
  "other symbol": Symbol("shared"),
  function: Math.max,
  "{}": {},
  "{x: 1}": { x: 1 },
  "{x: '1'}": { x: "1" },
  "{x: 0}": { x: 0 },
  "{x: -0}": { x: -0 },
  "{x: NaN}": { x: NaN },
  "{x: undefined}": { x: undefined },
  "{x: null}": { x: null },
  "{y: undefined}": { y: undefined },
  "{x: 1, y: 2}": { x: 1, y: 2 },
  "{y: 2, x: 1}": { y: 2, x: 1 },
  "{x: {}}": { x: {} },
  "{x: {y: 1, z: 2}}": { x: { y: 1, z: 2 } },
  "{x: {y: 1}}": { x: { y: 1 } },
  shared,
  "{[symbol]: 1}": { [symbol]: 1 },
  "{[symbol]: 2}": { [symbol]: 2 },
  "{[Symbol()]: 1}": { [Symbol("own")]: 1 },
  "a hidden symbol": hiddenly({}, symbol, 1),
  "a hidden key": hiddenly({ x: 1 }, "y", 2),
  "a getter": Object.defineProperty({}, "x", { enumerable: true, get: () => 1 }),
  "no prototype": Object.assign(Object.create(null), { x: 1 }),
  "an inherited key": Object.create({ x: 1 }),
  "own constructor": { x: 1, constructor: Object },
  "no prototype, own constructor": Object.assign(Object.create(null), { x: 1, constructor: Object }),
  Point: new Point(1),
  OtherPoint: new OtherPoint(1),
  "private field": new Hidden(1),
  "other private field": new Hidden(2),
  tagged: { x: 1, [Symbol.toStringTag]: "Tag" },
  proxy: new Proxy({ x: 1 }, {}),
  "proxy of a list": new Proxy([1], {}),
  arguments: argumentsOf(1),
  "[]": [],
  "[1]": [1],
  "['1']": ["1"],
  "[1, 2]": [1, 2],
  "[2, 1]": [2, 1],
  "[1, 3, 2]": [1, 3, 2],
  "[undefined]": [undefined],
  "[null]": [null],
  "[NaN]": [NaN],
  "[-0]": [-0],
  "[0]": [0],
  "[,]": [,],
  "[, 1]": [, 1],
  "[1, ,]": [1, ,],
  "[1, , 2]": [1, , 2],
  "[1, undefined, 2]": [1, undefined, 2],
  "new Array(5)": new Array(5),
  "[{x: 1}]": [{ x: 1 }],
  "[{x: 1, y: 2}, {x: 1}]": [{ x: 1, y: 2 }, { x: 1 }],
  "[1] and a key": Object.assign([1], { x: 1 }),
  "[1] and a symbol": Object.assign([1], { [symbol]: 1 }),
  "[1] and key -1": Object.assign([1], { "-1": 1 }),
  List: List.from([1]),
  "{0: 1, length: 1}": { 0: 1, length: 1 },
  "Set {}": new Set(),
  "Set 1": new Set([1]),
  "Set '1'": new Set(["1"]),
  "Set true": new Set([true]),
  "Set undefined": new Set([undefined]),
  "Set null": new Set([null]),
  "Set NaN": new Set([NaN]),
  "Set 0": new Set([0]),
  "Set -0": new Set([-0]),
  "Set {x: 1}": new Set([{ x: 1 }]),
  "Set {x: '1'}": new Set([{ x: "1" }]),
  "Set shared": new Set([shared]),
  "Set 1, 2, 3": new Set([1, 2, 3]),
  "Set 3, '2', 1": new Set([3, "2", 1]),
  "Set 1, {x: 1}": new Set([1, { x: 1 }]),
  "Set {x: 1}, 1": new Set([{ x: 1 }, 1]),
  "Set {x: 1}, {x: 2}, {x: 3}": new Set([{ x: 1 }, { x: 2 }, { x: 3 }]),
  "Set {x: 3}, {x: 1}, {x: 2}": new Set([{ x: 3 }, { x: 1 }, { x: 2 }]),
  "Set {x: 3}, {x: 1}, undefined": new Set([{ x: 3 }, { x: 1 }, undefined]),
  "Set null, undefined, {x: 1}": new Set([null, undefined, { x: 1 }]),
  "Set [1], [2], [3, 4]": new Set([[1], [2], [3, 4]]),
  "Set of Sets": new Set([new Set([1]), new Set([{ x: 1 }]), new Map()]),
  "Set and a key": Object.assign(new Set([1]), { x: 1 }),
  "Map {}": new Map(),
  "Map 1, 2": new Map([[1, 2]]),
  "Map '1', 2": new Map([["1", 2]]),
  "Map 1, '2'": new Map([[1, "2"]]),
  "Map undefined, 1": new Map([[undefined, 1]]),
  "Map null, 1": new Map([[null, 1]]),
  "Map NaN, NaN": new Map([[NaN, NaN]]),
  "Map x, undefined": new Map([["x", undefined]]),
  "Map y, undefined": new Map([["y", undefined]]),
  "Map {x: 1}, {y: 1}": new Map([[{ x: 1 }, { y: 1 }]]),
  "Map {x: 1}, {y: 2}": new Map([[{ x: 1 }, { y: 2 }]]),
  "Map shared, 1": new Map([[shared, 1]]),
  "Map {x: 1}, 1": new Map([[{ x: 1 }, 1]]),
  "Map of three": new Map([
    [{ x: 1 }, 1],
    ["k", { v: 1 }],
    [{ x: 1 }, 2],
  ]),
  "Map of three, otherwise": new Map([
    ["k", { v: 1 }],
    [{ x: 1 }, 2],
    [{ x: 1 }, 1],
  ]),
  "Map of three, loosely": new Map([
    ["k", { v: "1" }],
    [{ x: "1" }, "2"],
    [{ x: 1 }, true],
  ]),
  "Map and a key": Object.assign(new Map([[1, 2]]), { x: 1 }),
  Date: new Date(0),
  "Date 1": new Date(1),
  "Date NaN": new Date(NaN),
  "Date and a key": Object.assign(new Date(0), { x: 1 }),
  "/x/": /x/,
  "/x/g": /x/g,
  "/y/": /y/,
  "/x/ later": Object.assign(/x/, { lastIndex: 1 }),
  Error: error("e"),
  "Error, other message": error("f"),
  "Error without a message": new Error(),
  "Error, a key": error("e", { code: "E" }),
  "Error, own name": error("e", { name: "Own" }),
  "Error, cause": error("e", {}, { cause: { x: 1 } }),
  "Error, cause '1'": error("e", {}, { cause: { x: "1" } }),
  "Error, cause undefined": error("e", {}, { cause: undefined }),
  "Error, enumerable cause": error("e", { cause: { x: 1 } }),
  TypeError: new TypeError("e"),
  AggregateError: new AggregateError([error("a"), error("b")], "e"),
  "AggregateError, other": new AggregateError([error("a"), error("c")], "e"),
  "AggregateError of none": new AggregateError([], "e"),
  DOMException: new DOMException("e", "AbortError"),
  "error of no class": Object.assign(Object.create(Error.prototype), { message: "e" }),
  "Number 1": new Number(1),
  "Number 0": new Number(0),
  "Number -0": new Number(-0),
  "Number NaN": new Number(NaN),
  "String '1'": new String("1"),
  "String ''": new String(""),
  "Boolean true": new Boolean(true),
  "BigInt 1": Object(1n),
  "Symbol object": Object(symbol),
  "Number and a key": Object.assign(new Number(1), { x: 1 }),
  "Uint8Array 1": new Uint8Array([1]),
  "Uint8Array 1, 2, 3": new Uint8Array([1, 2, 3]),
  "Uint8Array 1, 3": new Uint8Array([1, 3]),
  "Uint8Array and a key": Object.assign(new Uint8Array([1]), { x: 1 }),
  "Uint8Array in part": new Uint8Array([0, 1, 2]).subarray(1, 2),
  "Uint8ClampedArray 1": new Uint8ClampedArray([1]),
  "Int8Array 1": new Int8Array([1]),
  "Uint16Array 1": new Uint16Array([1]),
  "Float32Array 0": new Float32Array([0]),
  "Float32Array -0": new Float32Array([-0]),
  "Float64Array NaN": new Float64Array([NaN]),
  "BigInt64Array 1": new BigInt64Array([1n]),
  "Buffer 1": Buffer.from([1]),
  DataView: new DataView(new ArrayBuffer(1)),
  "DataView 1": new DataView(new Uint8Array([1]).buffer),
  ArrayBuffer: new ArrayBuffer(1),
  "ArrayBuffer 1": new Uint8Array([1]).buffer,
  "ArrayBuffer 0, 1": new Uint8Array([0, 1]).buffer,
  SharedArrayBuffer: new SharedArrayBuffer(1),
  Promise: Promise.resolve(1),
  WeakMap: new WeakMap(),
  WeakSet: new WeakSet(),
  URL: new URL("http://a.b/c"),
  "other URL": new URL("http://a.b/d"),
  KeyObject: createSecretKey(Buffer.from("a")),
  "other KeyObject": createSecretKey(Buffer.from("b")),
  "cycle of 1": cyclic(1),
  "cycle of 2": cyclic(2),
  "cycle of 3": cyclic(3),
  "a cycle in a list": cyclicList(1),
  "a cycle in a list, longer": cyclicList(1, cyclicList(1)),
  "Set in itself": ((set) => set.add(set))(new Set([1])),
  "Map in itself": ((map) => map.set("self", map))(new Map()),
});

/** Thrown as it is: to write a message of its own an assertion would inspect both values. */
const differs = new Error("differs");

const COMPARISONS = {
  loose: (left, right) => assert.deepEqual(left, right, differs),
  strict: (left, right) => assert.deepStrictEqual(left, right, differs),
  part: (left, right) => assert.partialDeepStrictEqual(left, right, differs),
};

/** The same by other names. */
const SIBLINGS = {
  "not loose": (left, right) => assert.notDeepEqual(left, right, differs),
  "not strict": (left, right) => assert.notDeepStrictEqual(left, right, differs),
  util: (left, right) => assert(isDeepStrictEqual(left, right), differs),
};

function holds(compare, left, right) {
  try {
    compare(left, right);
    return true;
  } catch (error) {
    if (error === differs) return false;
    throw error;
  }
}

/** A value of plain parts, and sometimes one that differs from it in a single place. */
function grow(random, depth, flaw) {
  const part = () => grow(random, depth - 1, flaw);
  const parts = (most) => Array.from({ length: random.below(most) }, part);
  const isFlawed = flaw.at-- === 0;
  const leaves = [0, 1, 2, "1", "2", "", null, undefined, true, NaN, -0, 1n, "x"];
  const kind = depth > 0 ? random.below(9) : 0;
  if (kind === 0) return leaves[(random.below(leaves.length) + (isFlawed ? 1 : 0)) % leaves.length];
  if (kind < 3) return isFlawed ? [...parts(4), 1] : parts(4);
  if (kind < 5) {
    const object = Object.fromEntries(parts(4).map((value, index) => ["abcd"[index], value]));
    return isFlawed ? { ...object, e: 1 } : object;
  }
  if (kind === 5) return new Set(isFlawed ? parts(5).reverse() : parts(5));
  if (kind === 6) {
    const entries = parts(5).map((value) => [value, part()]);
    return new Map(isFlawed ? entries.reverse() : entries);
  }
  if (kind === 7) return Object.assign(new Error(`e${isFlawed}`, { cause: part() }), { detail: part() });
  return isFlawed ? new Point(part()) : { x: part() };
}

function logGrown(log, name, compare) {
  for (let seed = 1; seed <= 300; seed++) {
    const make = (at) => grow(generator(seed * 7919), 4, { at });
    const flaw = (seed % 7) * 2;
    log(
      `${name} grown ${seed}`,
      attempt(() => [
        holds(compare, make(-1), make(-1)),
        holds(compare, make(-1), make(flaw)),
        holds(compare, make(flaw), make(-1)),
      ]),
    );
  }
}

function logPairs(log, name, compare) {
  const [lefts, rights] = [Object.entries(values()), Object.entries(values())];
  for (const [left, actual] of lefts) {
    const alike = () =>
      rights.filter(([, expected]) => holds(compare, actual, expected)).map(([right]) => right);
    log(`${name} ${left}`, attempt(alike));
  }
}

export async function run(log) {
  // Before the pairs, which have cycles: Node compares in another way from the first cycle on.
  for (const [name, compare] of Object.entries({ ...COMPARISONS, ...SIBLINGS })) logGrown(log, name, compare);
  for (const [name, compare] of Object.entries(COMPARISONS)) logPairs(log, name, compare);
}
