// Something of everything that allocates. Each allocation of it is refused once, in a process of its own.
class Base {
  #secret = 1;
  static made = 0;
  static {
    this.made++;
  }
  static #count() {
    return Base.made;
  }
  get secret() {
    return this.#secret + Base.#count();
  }
  has(other) {
    return #secret in other;
  }
  method(a, b = 2, ...rest) {
    return [a, b, rest, arguments.length];
  }
}
class Derived extends Base {
  field = super.secret;
  [`computed${1}`] = () => new.target;
  constructor() {
    super();
    this.all = {
      ...this,
      get lazy() {
        return 1;
      },
    };
  }
}
class Special extends Array {}

function* numbers() {
  try {
    yield* [1, 2, 3].map((x) => x * 2);
    yield numbers.name;
  } finally {
    yield "last";
  }
}
async function* later() {
  try {
    yield 1;
    yield Promise.resolve(2);
  } finally {
    await null;
  }
}
const tag = (strings, ...values) => strings.raw.join("|") + values;
const deep = (n) => (n ? [deep(n - 1)] : { a: [1, "two", /x(?<y>y)+/dg.exec("axyy").groups.y] });
const said = (run) => {
  try {
    return run();
  } catch (error) {
    return [error.name, error.message, typeof error.stack, error.cause?.message];
  } finally {
    label: for (const [key] of Object.entries({ a: 1, b: 2 })) {
      switch (key) {
        case "a":
          continue label;
        default:
          break label;
      }
    }
  }
};

async function waits() {
  const seen = [];
  for await (const value of later()) seen.push(value);
  for await (const value of later()) if (value === 1) break;
  seen.push(await Promise.all([1, Promise.resolve(2), later().next()]));
  seen.push(await Promise.allSettled([Promise.reject(new Error("no")), 2]));
  seen.push(await Promise.any([Promise.reject(1), 3]), await Promise.race([4, new Promise(() => {})]));
  seen.push(
    await Array.fromAsync(later(), async (x) => x + 1),
    await { then: (resolve) => resolve("thenable") },
  );
  await Promise.any([Promise.reject(1)]).catch((error) => seen.push(error.errors));
  await later()
    .throw(new Error("thrown"))
    .catch((error) => seen.push(error.message));
  const { promise, resolve } = Promise.withResolvers();
  resolve();
  return [seen, await promise.finally(() => {})];
}

function runs() {
  const out = [
    new Derived().method(1, 3, 4),
    [...numbers()],
    numbers().return(1),
    tag`a${1}b\n`,
    Special.of(1, 2).map(String),
  ];
  out.push(
    JSON.parse('{"a":[1,2.5e3,{"b":"c\\u0041"}]}', (key, value) => value).a[2].b,
    JSON.stringify(deep(4), null, 2),
  );
  const map = new Map([[1, { k: new Set([1, 2]) }]]);
  out.push(
    new WeakMap([[map, 1]]).has(map),
    new WeakRef(map).deref() === map,
    [...map.entries()].length,
    Object.groupBy([1, 2], String),
  );
  new FinalizationRegistry(() => {}).register({}, 1);
  out.push(
    [3, 1, 2].sort((a, b) => b - a),
    [1, [2, [3]]].flat(2),
    [1, 2].flatMap((x) => [x, x]),
    [1, 2, 3].toSpliced(1, 1, 9),
    [1].concat([2]),
  );
  out.push(
    "abc".replace(/b/, (x) => x + x),
    "a-b-c".split("-"),
    [..."a1b2".matchAll(/[a-z](\d)/g)].length,
    "\u1e9b\u0323".normalize("NFKD"),
  );
  out.push(
    "x".padStart(300, "ab").length,
    "abc".repeat(50).toUpperCase().indexOf("CA"),
    `${Object.entries({ a: 1 })}`,
    [..."añ𝒳"].length,
    "a".localeCompare("b"),
  );
  out.push(
    `${10n ** 50n / 7n}`,
    (2n ** 64n - 1n).toString(16),
    BigInt.asIntN(8, 255n) + "",
    (123.456).toFixed(2),
    (1e21).toString(7),
    parseFloat("1e3"),
  );
  out.push(
    new Uint8Array([1, 2, 3]).map((x) => x * 2),
    Float64Array.from([3, 1, 2]).sort(),
    new DataView(new ArrayBuffer(16)).getInt8(3),
    new Int16Array(8).subarray(2).length,
  );
  out.push(
    new Date(0).toISOString(),
    new Date(2020, 1, 1).toString().length,
    Date.parse("2020-01-01T00:00:00Z"),
    Symbol("d").description,
    Symbol.for("f").toString(),
  );
  out.push(
    Reflect.ownKeys(new Proxy({ a: 1 }, { ownKeys: () => ["a", "b"] })),
    new Proxy({}, { get: (_, key) => key }).zz,
    Reflect.construct(Derived, []).field,
  );
  out.push(
    said(() => null.x),
    said(() => early),
    said(() => undefined_()),
    said(() => {
      throw new TypeError("t", { cause: new Error("c") });
    }),
  );
  out.push(
    said(() => eval("1 +")),
    said(() => new RegExp("(")),
    said(() => JSON.parse("{")),
    said(() => [].reduce((a) => a)),
    said(() => 1n + 1),
  );
  const recurse = () => recurse() + 1;
  out.push(
    said(recurse)[0],
    new Function("q", "return q * 2")(4),
    eval("const e = out.length; e + 1"),
    (0, eval)("typeof out"),
  );
  const { a, ...rest } = { a: 1, b: 2, c: [1, 2, ...[3]], [Symbol.iterator]: 1 };
  const bound = said.bind(null, () => rest);
  out.push(
    a,
    bound(),
    bound.name,
    said.call(null, () => 1),
    said.apply(null, [() => 2]),
    Object.fromEntries(Object.entries(rest)),
  );
  try {
    Error.prepareStackTrace = (error, sites) =>
      sites.map((site) => `${site.getFunctionName()}:${site.getLineNumber()}`).join();
    out.push(new Error("sites").stack);
  } finally {
    delete Error.prepareStackTrace;
  }
  Object.defineProperties({}, { x: { get: () => 1 }, y: { value: 2, writable: true } });
  out.push(
    Object.freeze({ z: [1] }).z,
    Array.from({ length: 40 }, (_, index) => ({ index })),
    [1, 2, 3]
      .values()
      .map((x) => x)
      .toArray(),
    structure(),
  );
  return out;
}
function structure() {
  const ring = { name: "ring", list: [] };
  for (let index = 0; index < 50; index++)
    ring[`key${index}`] = ring.list[ring.list.push({ ring, index }) - 1];
  for (let index = 0; index < 50; index += 2) Reflect.deleteProperty(ring, `key${index}`);
  return Object.keys(ring).length;
}
const early = 1;
globalThis.work = () => {
  // The last time there may have been no memory to take it away.
  delete Error.prepareStackTrace;
  globalThis.settled = undefined;
  waits().then(
    (value) => (globalThis.settled = JSON.stringify(value)),
    (error) => (globalThis.settled = String(error)),
  );
  return JSON.stringify(runs());
};
