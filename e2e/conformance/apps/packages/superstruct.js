import * as s from "superstruct";

const Article = s.object({
  id: s.min(s.number(), 1),
  title: s.size(s.string(), 1, 10),
  tags: s.defaulted(s.array(s.string()), () => []),
  author: s.optional(s.object({ name: s.string() })),
});
const failures = (struct, value) => {
  const [error, result] = s.validate(value, struct);
  return error
    ? {
        message: error.message,
        failures: error
          .failures()
          .map(({ path, type, refinement, message }) => ({ path, type, refinement, message })),
      }
    : { result };
};

export const cases = {
  "creates with defaults": () => s.create({ id: 1, title: "x" }, Article),
  "lists failures": () => failures(Article, { id: 0, title: "", tags: [1], author: {} }),
  asserts: () => s.assert({ id: "1" }, Article),
  is: () => [s.is(5, s.number()), s.is("5", s.number())],
  masks: () => s.mask({ id: 1, title: "x", tags: [], secret: true }, Article),
  "refuses unknown keys": () => failures(s.object({ a: s.string() }), { a: "x", b: 1 }),
  coerces: () =>
    s.create(
      "42",
      s.coerce(s.number(), s.string(), (text) => Number.parseFloat(text)),
    ),
  trims: () => s.create("  a ", s.trimmed(s.string())),
  "unions, intersections, enums, literals": () => [
    failures(s.union([s.string(), s.number()]), true),
    failures(s.intersection([s.type({ a: s.string() }), s.type({ b: s.number() })]), { a: "x" }),
    failures(s.enums(["a", "b"]), "c"),
    failures(s.literal(42), 41),
  ],
  "tuples, maps, sets, records": () => [
    failures(s.tuple([s.string(), s.number()]), ["a", "b"]),
    failures(s.map(s.string(), s.number()), new Map([["a", "b"]])),
    failures(s.set(s.number()), new Set([1])),
    failures(s.record(s.string(), s.number()), { a: "x" }),
  ],
  "own types": () =>
    failures(
      s.define("Even", (value) => typeof value === "number" && value % 2 === 0),
      3,
    ),
  refinements: () =>
    failures(
      s.refine(s.string(), "shouting", (value) => value === value.toUpperCase() || "not loud enough"),
      "a",
    ),
  "partial, pick, omit, assign": () => [
    failures(s.partial(Article), {}),
    failures(s.pick(Article, ["id"]), {}),
    failures(s.omit(Article, ["id", "title"]), {}),
    failures(s.assign(s.object({ a: s.string() }), s.object({ b: s.number() })), { a: "x", b: 1 }),
  ],
  "dates, patterns, sizes": () => [
    failures(s.date(), new Date("no")),
    failures(s.pattern(s.string(), /^\d+$/), "x"),
    failures(s.nonempty(s.array()), []),
    failures(s.max(s.integer(), 3), 4),
  ],
  "dynamic and lazy": () =>
    failures(
      s.dynamic((value) => (Array.isArray(value) ? s.array(s.number()) : s.number())),
      ["x"],
    ),
};
