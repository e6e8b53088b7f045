"use strict";
const said = (run) => {
  try {
    run();
  } catch (error) {
    return error.message;
  }
};
class Point {
  get x() {
    return 1;
  }
}
const constant = 1;
const cases = [
  [() => null.x, "Cannot read properties of null (reading 'x')"],
  [() => undefined[Symbol.iterator], "Cannot read properties of undefined (reading 'Symbol.iterator')"],
  [() => (null.x = 1), "Cannot set properties of null (setting 'x')"],
  [() => (undefined.x = 1), "Cannot set properties of undefined (setting 'x')"],
  [() => (constant = 2), "Assignment to constant variable."],
  [() => (Object.freeze([1])[0] = 2), "Cannot assign to read only property '0' of object '[object Array]'"],
  [
    () => (Object.freeze(Object.assign(new Point(), { a: 1 })).a = 2),
    "Cannot assign to read only property 'a' of object '#<Point>'",
  ],
  [() => (new Point().x = 2), "Cannot set property x of #<Point> which has only a getter"],
  [() => (Object.preventExtensions({}).a = 1), "Cannot add property a, object is not extensible"],
  [
    () => Object.defineProperty(Object.freeze({}), "a", { value: 1 }),
    "Cannot define property a, object is not extensible",
  ],
  [() => Object.defineProperty(Object.freeze({ a: 1 }), "a", { value: 2 }), "Cannot redefine property: a"],
  [() => delete Object.freeze({ a: 1 }).a, "Cannot delete property 'a' of #<Object>"],
  [() => JSON.stringify(1n), "Do not know how to serialize a BigInt"],
  [() => new Array(-1), "Invalid array length"],
  [() => "x".repeat(2 ** 30), "Invalid string length"],
  [() => Array.from({ length: 31 }).reduce((text) => text + text, "x"), "Invalid string length"],
  [() => new Uint8Array(1).set([1, 2]), "offset is out of bounds"],
];
for (const [run, message] of cases) check(`${message} (${said(run)})`, said(run) === message);
const ring = {};
ring.ring = ring;
check("a ring", said(() => JSON.stringify(ring)).startsWith("Converting circular structure to JSON"));
