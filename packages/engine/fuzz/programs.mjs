/**
 * Makes JavaScript programs of what holds on to memory in many ways: async functions, generators, closures,
 * destructuring, proxies, typed arrays, regular expressions and weak references. A program prints the same in every
 * engine, whenever garbage is collected. `node fuzz/programs.mjs <seed>` prints one.
 */

/** The same numbers for the same seed. */
function numbers(seed) {
  let state = seed >>> 0 || 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

/**
 * @param {number} seed
 * @returns {string} a script that prints a line for each of its steps with `print`
 */
export function program(seed) {
  const next = numbers(seed);
  const pick = (list) => list[next(list.length)];
  const some = (make, most = 4) => Array.from({ length: next(most + 1) }, make).join(", ");
  let depth = 0;

  const leaf = () =>
    pick([
      () => `${next(100)}`,
      () => `"t${next(9)}"`,
      () => "null",
      () => "undefined",
      () => `${next(50)}n`,
      () => "seen",
      () => pick(["a", "b", "c"]),
      () => `{ k: ${next(9)} }`,
      () => `ring(${next(5)})`,
    ])();

  const value = () => {
    if (depth > 3) return leaf();
    depth++;
    const made = pick(VALUES)();
    depth--;
    return made;
  };

  const VALUES = [
    leaf,
    () => `[${some(value)}]`,
    () => `({ a: ${value()}, [${leaf()}]: ${value()}, get g() { return ${leaf()}; } })`,
    () => `((a, { b = ${value()} } = {}, ...c) => [a, b, c])(${some(value)})`,
    () =>
      `(() => { let [a, b = ${value()}, ...c] = list(${value()}); ({ a, ...c } = { a, ...c }); return [a, b, c]; })()`,
    () => `[...take(${generator()})]`,
    () =>
      `new Proxy({ a: ${value()} }, { get: (o, k) => (k in o ? o[k] : ${leaf()}), ownKeys: () => ["a", "z"], has: () => ${pick(["true", "false"])} })`,
    () =>
      `(() => { const w = new WeakMap(), k = {}; w.set(k, ${value()}); return [w.get(k), w.has({})]; })()`,
    () => `(() => { const o = [${value()}], r = new WeakRef(o); ring(2); return [r.deref() === o, o]; })()`,
    () =>
      `(() => { const m = new Map([[${leaf()}, ${value()}], [{}, ${value()}]]); for (const [k] of m) if (typeof k === "object") m.delete(k); return [...m]; })()`,
    () =>
      `"${pick(["aXbXc", "x1y22", "éé𝒳", "", "aaaa"])}".replace(/${pick(["(?<n>[a-z])(\\d)?", "X", "(a)(?=a)", "\\p{L}"])}/gu, (...m) => text(${value()}))`,
    () => `[..."a1b22c".matchAll(/([a-z])(\\d+)?/dg)].map((m) => m.indices[${next(3)}])`,
    () =>
      `(() => { const b = new ArrayBuffer(16, { maxByteLength: 64 }), t = new ${pick(["Uint8Array", "Int16Array", "Float64Array"])}(b); t.fill(${next(9)}); return t.map((x, i) => (i === 1 ? (b.resize(${pick([8, 16, 64])}), ${next(9)}) : x)); })()`,
    () => `new (class A { #p = ${value()}; static s = ${leaf()}; get p() { return [this.#p, A.s]; } })().p`,
    () =>
      `(() => { class A { constructor(x) { this.x = x; } m() { return this.x; } } class B extends A { constructor(...x) { super(...x); } m() { return [super.m(), new.target]; } } return new B(${value()}).m(); })()`,
    () => `JSON.parse(JSON.stringify({ a: text(${value()}) }), (k, v) => v)`,
    () => `(() => { try { throw ${value()}; } catch (e) { return e; } finally { seen = ${leaf()}; } })()`,
    () => `((strings, ...v) => [strings.raw, v])\`a\${${value()}}b\``,
    () => `[3, 1, 2].sort((x, y) => (ring(2), x - y)).concat(${value()})`,
    () => `(function () { return [arguments.length, ...arguments]; }).apply(null, list(${value()}))`,
    () => `(() => { const f = ${closure()}; return [f(${leaf()}), f(${leaf()})]; })()`,
    () => `Object.entries(Object.groupBy([1, 2, 3], (x) => (ring(1), x % 2)))`,
    () =>
      `Reflect.ownKeys(Object.defineProperties({}, { x: { get: () => ${leaf()}, enumerable: true }, y: { value: ${value()} } }))`,
  ];

  const closure = () =>
    `((a) => { let b = ${leaf()}, c = ring(1); const back = { f: () => [a, b, c] }; back.back = back; return (x) => { b = x; return back.f(); }; })(${value()})`;

  const generator = () => {
    if (depth > 3) return "[1, 2]";
    depth++;
    const made = pick([
      () =>
        `(function* () { let a = ${value()}; try { a = yield a; yield* list(${value()}); } finally { yield ${leaf()}; } })()`,
      () =>
        `(function* (a = ring(1), [b] = [${leaf()}], c = 1) { const f = () => [a, b]; for (const x of ${value()} === null ? [] : [1, 2]) { yield f(); if (x === 2) return c; } })()`,
      () => `list(${value()}).values().map((a) => [a, ${leaf()}])`,
      () => `list(${value()}).values().filter((a) => ring(1)).take(${next(4)})`,
      () => `Iterator.from(list(${value()})).flatMap((a) => [a, ${leaf()}]).drop(${next(3)})`,
    ])();
    depth--;
    return made;
  };

  const waiting = () => {
    if (depth > 3) return leaf();
    depth++;
    const made = pick([
      () => `await ${value()}`,
      () =>
        `await new Promise((resolve) => { const c = ring(2); later(() => resolve([c.length, ${leaf()}])); })`,
      () => `await Promise.all([${some(waiting, 3)}])`,
      () => `await Promise.allSettled([${some(value, 3)}, Promise.reject(${leaf()})])`,
      () =>
        `await (async () => { let resume; later(() => resume(${value()})); return await new Promise((settle) => { resume = settle; }); })()`,
      () =>
        `await (async (a, [b] = [${value()}]) => { try { await null; throw a; } catch (e) { return [e, b, ${waiting()}]; } finally { await ring(1); } })(${value()})`,
      () =>
        `await collect((async function* () { let a = ${value()}; try { yield a; yield ${waiting()}; } finally { await ring(1); } })(), ${next(4)})`,
      () => `await collect(${generator()}, ${next(4)})`,
      () =>
        `await (async () => { const out = []; for await (const x of [${some(value, 3)}]) { const f = () => x; await null; out.push(f()); ${pick(["", "break;", "if (out.length > 1) return out;"])} } return out; })()`,
      () => `await { then(resolve) { resolve(${value()}); } }`,
      () =>
        `await (async () => { await using r = { async [Symbol.asyncDispose]() { await ring(1); seen = "gone"; } }; return ${leaf()}; })()`,
    ])();
    depth--;
    return made;
  };

  const step = () =>
    pick([
      () => `print(text(${value()}));`,
      () => `print(text(${waiting()}));`,
      () =>
        `{ let a = ${value()}, b = () => a; const c = await (async () => { await null; return b(); })(); keep.push(c); if (keep.length > 3) keep.shift(); print(text(b())); }`,
      () =>
        `for (const [a, b = ${leaf()}] of [[${leaf()}], [${leaf()}, ${value()}]]) { print(text([a, b, ${leaf().replace(/\b[abc]\b/, "a")}])); }`,
    ])();

  const using = /await using/;
  const steps = Array.from({ length: 3 + next(5) }, step).filter((each) => HAS_USING || !using.test(each));
  return `${PRELUDE}(async (a, b, c) => {\n${steps.map((each) => `  try { ${each} } catch (e) { print("thrown " + (e instanceof Error ? e.name : text(e))); }`).join("\n")}\n})(1, "b", [ring(1)]).then(() => print("end"), (e) => print("failed " + e));\n`;
}

/** Whether the engine that the programs are compared with has it. */
const HAS_USING = (() => {
  try {
    new Function("async () => { await using a = null; }");
    return true;
  } catch {
    return false;
  }
})();

const PRELUDE = `let seen = "start"; const keep = [];
const ring = (n) => { const list = []; for (let i = 0; i <= n; i++) { const o = { i, list }; o.self = o; list.push(o); } return list; };
const list = (v) => (Array.isArray(v) ? v : [v, seen]);
const take = function* (g) { let n = 0; for (const v of g) { if (n++ > 5) return; yield v; } };
const later = (f) => Promise.resolve().then(() => ring(3)).then(() => {}).then(f).catch((e) => print("late " + e.name));
const collect = async (g, most) => { const out = []; for await (const v of g) { out.push(v); if (out.length > most) break; } return out; };
const text = (v, d = 0) => {
  if (d > 6) return "...";
  if (typeof v === "bigint") return v + "n";
  if (typeof v === "function") return "function";
  if (typeof v === "string") return JSON.stringify(v);
  if (v === null || typeof v !== "object") return String(v);
  if (v instanceof Error) return v.name;
  if (Array.isArray(v) || ArrayBuffer.isView(v)) return "[" + Array.prototype.map.call(v, (e) => text(e, d + 1)) .join() + "]";
  if ("self" in v && "list" in v) return "ring" + v.i;
  return "{" + Object.keys(v).map((k) => k + ":" + text(v[k], d + 1)) + "}";
};
`;

if (import.meta.filename === process.argv[1]) process.stdout.write(program(Number(process.argv[2])));
