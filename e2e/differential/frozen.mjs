// What is said of changes that an object does not allow.
import { attempt } from "./attempt.mjs";

class Point {
  x = 1;
}
const symbol = Symbol("mine");
const plain = Object.freeze({
  a: 1,
  [symbol]: 1,
  get b() {
    return 1;
  },
});
const list = Object.freeze([1, 2]);
const point = Object.freeze(new Point());
const bare = Object.freeze(Object.create(null, { a: { value: 1, enumerable: true } }));
const sealed = Object.seal({ a: 1 });
const unwritable = Object.defineProperty({}, "a", { value: 1 });

const MISTAKES = {
  assign: () => (plain.a = 2),
  "assign a symbol": () => (plain[symbol] = 2),
  "assign a number": () => (list[0] = 2),
  "assign an instance's": () => (point.x = 2),
  "assign of no prototype": () => (bare.a = 2),
  "assign an inherited one": () => (Object.create(plain).a = 2),
  "assign the length": () => (list.length = 0),
  "assign what is not writable": () => (unwritable.a = 2),
  "assign a getter": () => (plain.b = 2),
  "assign another's getter": () => (Object.create(plain).b = 2),
  add: () => (plain.z = 1),
  "add a number": () => (list[2] = 1),
  push: () => list.push(3),
  "add to an instance": () => (point.y = 1),
  "add to a sealed one": () => (sealed.b = 1),
  delete: () => delete plain.a,
  "delete a number": () => delete list[0],
  "delete an instance's": () => delete point.x,
  "delete of a sealed one": () => delete sealed.a,
  define: () => Object.defineProperty(plain, "a", { value: 2 }),
  "define a new one": () => Object.defineProperty(plain, "z", { value: 2 }),
  "define another getter": () => Object.defineProperty(plain, "b", { get: () => 2 }),
  "assign to them all": () => Object.assign(plain, { a: 3 }),
  reflected: () => [
    Reflect.set(plain, "a", 2),
    Reflect.deleteProperty(plain, "a"),
    Reflect.defineProperty(plain, "z", {}),
  ],
};

export function run(log) {
  for (const [name, mistake] of Object.entries(MISTAKES)) log(name, attempt(mistake));
}
