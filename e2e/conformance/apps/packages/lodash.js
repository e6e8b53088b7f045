import _ from "lodash";
import debounce from "lodash/debounce.js";

const users = [
  { user: "barney", age: 36, active: true, address: { city: "Köln" } },
  { user: "fred", age: 40, active: false, address: { city: "Bremen" } },
  { user: "pebbles", age: 1, active: true, address: { city: "Köln" } },
];

export const cases = {
  collections: () => [
    _.groupBy(users, "address.city"),
    _.keyBy(users, "user"),
    _.countBy(users, "active"),
    _.partition(users, "active"),
    _.orderBy(users, ["active", "age"], ["asc", "desc"]),
  ],
  chains: () => _(users).filter("active").map("user").map(_.upperFirst).sort().value(),
  "lazy evaluation": () =>
    _(_.range(1000))
      .map((n) => n * n)
      .filter((n) => n % 7 === 1)
      .take(5)
      .value(),
  arrays: () => [
    _.chunk([1, 2, 3, 4, 5], 2),
    _.difference([2, 1], [2, 3]),
    _.flattenDeep([1, [2, [3, [4]]]]),
    _.intersectionBy([2.1, 1.2], [2.3, 3.4], Math.floor),
    _.zipObjectDeep(["a.b[0].c", "a.b[1].d"], [1, 2]),
    _.uniqWith([{ a: 1 }, { a: 1 }], _.isEqual),
    _.sortedIndexBy([{ x: 4 }, { x: 5 }], { x: 4 }, "x"),
    _.xor([2, 1], [2, 3]),
  ],
  objects: () => [
    _.get(users, "[0].address.city"),
    _.set({}, "a[0].b.c", 4),
    _.merge({ a: [{ b: 2 }, { d: 4 }] }, { a: [{ c: 3 }, { e: 5 }] }),
    _.mapKeys({ a: 1 }, (v, k) => k + v),
    _.pick(users[0], ["user", "address.city"]),
    _.omit(users[0], ["age"]),
    _.invert({ a: "1" }),
    _.defaultsDeep({ a: { b: 2 } }, { a: { b: 1, c: 3 } }),
    _.transform(
      [2, 3, 4],
      (r, n) => {
        r.push(n * n);
        return n % 2 === 0;
      },
      [],
    ),
  ],
  "prototype pollution is refused": () => [
    _.merge({}, JSON.parse('{"__proto__":{"polluted":1}}')),
    {}.polluted,
    _.set({}, "__proto__.polluted", 1),
    {}.polluted,
  ],
  strings: () => [
    _.camelCase("--foo-bar--"),
    _.kebabCase("fooBar"),
    _.snakeCase("Foo Bar"),
    _.startCase("fooBar"),
    _.deburr("déjà vu Ärger"),
    _.escape("<a & b>"),
    _.unescape("&lt;a&gt;"),
    _.pad("abc", 8, "_-"),
    _.truncate("hi-diddly-ho there, neighborino", { length: 24, separator: /,? +/ }),
    _.words("fred, barney, & pebbles"),
    _.repeat("ab", 3),
    _.size("🏳️‍🌈a"),
    _.toArray("a🎉b"),
    _.upperCase("fooBar"),
    _.template("hello <%= user %>! <% _.each(l, (x) => { %><%- x %>,<% }) %>")({
      user: "fred",
      l: ["<", "b"],
    }),
  ],
  functions: () => {
    const calls = [];
    const once = _.once(() => calls.push(1));
    once();
    once();
    const add = _.curry((a, b, c) => a + b + c);
    return [
      calls,
      add(1)(2)(3),
      add(1, _, 3)(2),
      _.flow([_.add, (n) => n * n])(1, 2),
      _.memoize((n) => n * 2)(4),
      _.partialRight((a, b) => a + b, "!")("x"),
      _.negate(_.isNil)(null),
      _.rearg((a, b, c) => [a, b, c], [2, 0, 1])("b", "c", "a"),
      _.overArgs((x, y) => [x, y], [(n) => n * 2])(5, 10),
    ];
  },
  "compares deeply": () => [
    _.isEqual(
      { a: [1, new Date(0), /x/g, new Map([[1, 2]])] },
      { a: [1, new Date(0), /x/g, new Map([[1, 2]])] },
    ),
    _.isEqual(NaN, NaN),
    _.isMatch(users[0], { address: { city: "Köln" } }),
    _.isEqualWith(["a"], ["A"], (a, b) =>
      typeof a === "string" ? a.toLowerCase() === b.toLowerCase() : undefined,
    ),
  ],
  "clones deeply": () => {
    const source = {
      d: new Date(0),
      m: new Map([["k", { x: 1 }]]),
      s: new Set([1]),
      b: Buffer.from("hi"),
      r: /x/gi,
      t: new Float32Array([1, 2]),
      n: null,
    };
    source.self = source;
    const copy = _.cloneDeep(source);
    return [copy, copy !== source, copy.self === copy, copy.m.get("k") !== source.m.get("k")];
  },
  "knows types": () =>
    [
      1,
      "a",
      null,
      undefined,
      [],
      {},
      () => 1,
      new Date(0),
      /x/,
      new Map(),
      new Set(),
      new WeakMap(),
      Symbol("s"),
      Buffer.from("x"),
      new Error("e"),
      (function () {
        return arguments;
      })(),
      new Uint8Array(1),
      NaN,
      Object(1),
    ].map((v) =>
      [
        "isPlainObject",
        "isArrayLike",
        "isBuffer",
        "isElement",
        "isError",
        "isFunction",
        "isNumber",
        "isNaN",
        "isMap",
        "isSet",
        "isSymbol",
        "isDate",
        "isRegExp",
        "isArguments",
        "isTypedArray",
        "isEmpty",
      ].filter((name) => _[name](v)),
    ),
  "numbers and math": () => [
    _.round(4.006, 2),
    _.floor(4060, -2),
    _.clamp(-10, -5, 5),
    _.inRange(-3, -2, -6),
    _.sumBy(users, "age"),
    _.meanBy(users, "age"),
    _.maxBy(users, "age").user,
    _.toSafeInteger("3.2"),
    _.toNumber("0b111"),
    _.toFinite(Infinity),
  ],
  "range, times, unique ids": () => [
    _.range(0, -4, -1),
    _.rangeRight(4),
    _.times(3, String),
    _.uniqueId("u") !== _.uniqueId("u"),
  ],
  debounces: async () => {
    const calls = [];
    const late = debounce((x) => calls.push(x), 10);
    late(1);
    late(2);
    await new Promise((resolve) => setTimeout(resolve, 40));
    return calls;
  },
  throttles: async () => {
    const calls = [];
    const throttled = _.throttle((x) => calls.push(x), 20, { trailing: true });
    throttled(1);
    throttled(2);
    throttled(3);
    await new Promise((resolve) => setTimeout(resolve, 60));
    return calls;
  },
  "defers and delays": () =>
    new Promise((resolve) => {
      const order = [];
      _.delay(() => {
        order.push("delay");
        resolve(order);
      }, 15);
      _.defer(() => order.push("defer"));
      order.push("now");
    }),
  "paths and has": () => [
    _.has(users, "[0].address.city"),
    _.toPath("a[0].b['c.d']"),
    _.at(users, ["[0].age", "[1].user"]),
    _.unset({ a: 1 }, "a"),
    _.result({ a: () => 4 }, "a"),
    _.invokeMap([[3, 1], [2]], "sort"),
  ],
  "mixes in": () => {
    const own = _.runInContext();
    own.mixin({ shout: (s) => s.toUpperCase() + "!" });
    return [own.shout("a"), own("b").shout(), "shout" in _];
  },
};
