import * as R from "ramda";

const people = [
  { name: "Ann", age: 30, tags: ["a"] },
  { name: "Bob", age: 25, tags: ["b", "c"] },
  { name: "Cid", age: 30, tags: [] },
];

export const cases = {
  "pipes and composes": () => [
    R.pipe(R.filter(R.propEq(30, "age")), R.map(R.prop("name")), R.join(", "))(people),
    R.compose(R.toUpper, R.trim)("  a "),
  ],
  curries: () => [
    R.add(1)(2),
    R.curry((a, b, c) => a + b + c)(1)(2, 3),
    R.__ !== undefined,
    R.subtract(R.__, 2)(10),
  ],
  "groups and sorts": () => [
    R.groupBy(R.prop("age"), people),
    R.sortWith([R.descend(R.prop("age")), R.ascend(R.prop("name"))], people),
    R.indexBy(R.prop("name"), people),
    R.countBy(R.prop("age"), people),
  ],
  lenses: () => {
    const lens = R.lensPath(["address", "city"]);
    return [
      R.view(lens, { address: { city: "X" } }),
      R.set(lens, "Y", {}),
      R.over(R.lensIndex(0), R.inc, [1, 2]),
    ];
  },
  "evolves and merges": () => [
    R.evolve({ age: R.inc, tags: R.append("z") }, people[0]),
    R.mergeDeepRight({ a: { b: 1, c: 2 } }, { a: { c: 3 } }),
    R.mergeWith(R.concat, { a: [1] }, { a: [2] }),
  ],
  transduces: () =>
    R.transduce(
      R.compose(
        R.map(R.inc),
        R.filter((n) => n % 2 === 0),
        R.take(3),
      ),
      R.flip(R.append),
      [],
      R.range(0, 100),
    ),
  paths: () => [
    R.path(["a", 0, "b"], { a: [{ b: 2 }] }),
    R.pathOr("no", ["x"], {}),
    R.assocPath(["a", "b"], 1, {}),
    R.dissocPath(["a"], { a: 1, b: 2 }),
    R.modifyPath(["a"], R.negate, { a: 1 }),
  ],
  logic: () => [
    R.cond([
      [R.lt(R.__, 0), R.always("neg")],
      [R.equals(0), R.always("zero")],
      [R.T, (n) => `pos ${n}`],
    ])(5),
    R.ifElse(R.isNil, R.always("nil"), R.identity)(null),
    R.both(R.is(Number), R.gt(R.__, 3))(4),
    R.anyPass([R.isEmpty, R.isNil])([]),
    R.defaultTo(1)(NaN),
  ],
  equality: () => [
    R.equals({ a: [1, new Date(0), /x/] }, { a: [1, new Date(0), /x/] }),
    R.equals(new Set([1]), new Set([1])),
    R.equals(0, -0),
    R.identical(NaN, NaN),
    R.eqProps("age", people[0], people[2]),
  ],
  lists: () => [
    R.zipWith(R.multiply, [1, 2], [3, 4]),
    R.aperture(2, [1, 2, 3]),
    R.splitEvery(2, [1, 2, 3]),
    R.uniqBy(Math.abs, [1, -1, 2]),
    R.scan(R.add, 0, [1, 2, 3]),
    R.xprod([1, 2], ["a"]),
    R.transpose([
      [1, 2],
      [3, 4],
    ]),
    R.insertAll(1, ["x", "y"], [1, 2]),
    R.dropLastWhile((n) => n > 1, [1, 2, 3]),
  ],
  strings: () => [
    R.split(",", "a,b"),
    R.replace(/b/g, "x", "abb"),
    R.match(/([a-z]a)/g, "bananas"),
    R.test(/^x/, "xyz"),
    R.toString({ a: [1, "b"] }),
  ],
  types: () =>
    [{}, 1, false, "s", null, [], /[A-z]/, () => {}, async () => {}, undefined, Symbol("a")].map(R.type),
  memoizes: () => {
    let n = 0;
    const f = R.memoizeWith(String, (x) => {
      n++;
      return x;
    });
    f(1);
    f(1);
    return n;
  },
  async: () => R.pipeWith(R.andThen, [async (x) => x + 1, (x) => x * 2])(1),
  "reduces and stops": () => R.reduce((acc, n) => (n > 3 ? R.reduced(acc) : acc + n), 0, [1, 2, 3, 4, 5]),
  tries: () =>
    R.tryCatch(
      () => {
        throw new Error("no");
      },
      (error) => error.message,
    )(),
};
