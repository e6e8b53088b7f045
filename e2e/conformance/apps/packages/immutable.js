import { fromJS, hash, is, List, Map, OrderedMap, Range, Record, Repeat, Seq, Set, Stack } from "immutable";

export const cases = {
  maps: () => {
    const map = Map({ a: 1, b: Map({ c: 2 }) });
    return [
      map.setIn(["b", "c"], 3).toJS(),
      map.getIn(["b", "c"]),
      map.updateIn(["b", "d"], 0, (n) => n + 1).toJS(),
      map.merge({ a: 2 }).get("a"),
    ];
  },
  lists: () => [
    List([1, 2, 3]).push(4).unshift(0).toArray(),
    List([1, 2, 3]).insert(1, 9).splice(0, 1).toJS(),
    List().setSize(2).toArray(),
  ],
  sequences: () =>
    Range(1, Infinity)
      .filter((n) => n % 3 === 0)
      .map((n) => n * n)
      .take(5)
      .toArray(),
  "equal by value": () => [
    is(Map({ a: List([1]) }), fromJS({ a: [1] })),
    hash("x") === hash("x"),
    hash(Map({ a: 1 })),
    hash("immutable"),
    hash(3.14),
    hash(null),
  ],
  records: () => {
    const Point = Record({ x: 0, y: 0 }, "Point");
    const point = new Point({ x: 3 });
    return [point.toString(), point.set("y", 1).toJS(), point.remove("x").x];
  },
  sets: () => [
    Set([3, 1, 3]).sort().toArray(),
    Set([1, 2]).intersect([2, 3]).toJS(),
    Set([1]).union([2]).size,
    Set([1, 2]).subtract([1]).toArray(),
  ],
  ordered: () =>
    OrderedMap([
      ["z", 1],
      ["a", 2],
    ])
      .sortBy((v) => -v)
      .keySeq()
      .toArray(),
  groups: () =>
    List([1, 2, 3, 4])
      .groupBy((n) => (n % 2 ? "odd" : "even"))
      .toJS(),
  "mutates for a while": () =>
    Map().withMutations((map) => {
      for (let i = 0; i < 100; i++) map.set(`k${i}`, i);
    }).size,
  "as text": () => [
    String(List([1, Map({ a: "b" })])),
    String(Stack([1, 2])),
    JSON.stringify(fromJS({ a: [1] })),
    String(Repeat("x", 3)),
    String(Seq([1])),
  ],
  "of order of keys": () =>
    Map(Array.from({ length: 40 }, (_, i) => [`key${i}`, i]))
      .keySeq()
      .toArray(),
};
