const long = "a".repeat(1 << 22);
const asked = (run) => engine.isInterrupted(20, run);
let heir = {};
for (let n = 0; n < 5000; n++) heir = Object.create(heir);
const cases = {
  "properties that a long chain of prototypes does not have": () => {
    for (let n = 0; n < 200; n++) heir.missing;
  },

  "calls of native code with long texts": () => {
    for (let n = 0; n < 20000; n++) long.codePointAt(n);
  },
  "a nested iterator's steps": () => {
    for (const each of new Array(1 << 16)) each;
    for (let n = 0; n < 1 << 20; n++) Math.abs(n);
  },
  "JSON of many values": () => JSON.stringify(new Array(1 << 20).fill({})),
  "an array-like without an end": () => Array.prototype.indexOf.call({ length: 2 ** 31 }, 1),
  "a text that is compiled": () => {
    for (let n = 0; n < 200; n++) new Function(`${"x;".repeat(20000)}`);
  },
  "fill of what is no array": () => Array.prototype.fill.call({ length: 1 << 22 }, 1),
};
for (const [name, run] of Object.entries(cases)) check(name, asked(run));
check(
  "native code of the host",
  engine.isInterrupted(1, () => engine.poll()),
);
const shared = new Int32Array(new SharedArrayBuffer(4));
const waits = () => Atomics.wait(shared, 0, 0, 60000);
let blocks = true;
try {
  Atomics.wait(shared, 0, 0, 0);
} catch {
  blocks = false;
}
check("Atomics.wait", !blocks || engine.isInterrupted(3, waits));
let chain = [].values();
for (let n = 0; n < 20000; n++) chain = chain.map((each) => each);
let depth = "none";
try {
  chain.next();
} catch (error) {
  depth = error.name;
}
check(`iterators of iterators have an end (${depth})`, depth === "RangeError" || depth === "InternalError");
