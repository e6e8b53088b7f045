import * as v from "valibot";

const User = v.object({
  name: v.pipe(v.string(), v.trim(), v.minLength(2, "too short")),
  email: v.pipe(v.string(), v.email()),
  age: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0)), 18),
  roles: v.fallback(v.array(v.picklist(["admin", "guest"])), ["guest"]),
});
const safe = (schema, value) => {
  const { success, output, issues } = v.safeParse(schema, value);
  return {
    success,
    output,
    issues: issues?.map(({ kind, type, message, path }) => ({
      kind,
      type,
      message,
      path: path?.map(({ key }) => key),
    })),
  };
};

export const cases = {
  parses: () => v.parse(User, { name: " Al ", email: "a@b.de", roles: "x" }),
  "lists issues": () => safe(User, { name: "A", email: "no", age: 1.5 }),
  throws: () => v.parse(v.string(), 5),
  flattens: () => v.flatten(v.safeParse(User, { name: 1 }).issues),
  is: () => [v.is(v.number(), 1), v.is(v.number(), "1")],
  transforms: () =>
    v.parse(
      v.pipe(
        v.string(),
        v.transform((s) => s.length),
        v.number(),
        v.minValue(3),
      ),
      "abcd",
    ),
  variants: () =>
    safe(
      v.variant("kind", [
        v.object({ kind: v.literal("a"), n: v.number() }),
        v.object({ kind: v.literal("b") }),
      ]),
      { kind: "a" },
    ),
  "unions and intersections": () => [
    safe(v.union([v.string(), v.number()]), true),
    safe(v.intersect([v.object({ a: v.string() }), v.object({ b: v.number() })]), { a: "x", b: 1 }),
  ],
  "strict and loose objects": () => [
    safe(v.strictObject({ a: v.string() }), { a: "x", b: 1 }),
    safe(v.looseObject({ a: v.string() }), { a: "x", b: 1 }),
    safe(v.objectWithRest({ a: v.string() }, v.number()), { a: "x", b: "y" }),
  ],
  "partial, pick, omit, required": () => [
    v.parse(v.partial(User), {}),
    safe(v.pick(User, ["name"]), {}),
    safe(v.omit(User, ["name", "email"]), {}),
    safe(v.required(v.partial(User)), {}),
  ],
  "tuples, records, maps and sets": () => [
    safe(v.tuple([v.string(), v.number()]), ["a", "b"]),
    safe(v.record(v.string(), v.number()), { a: 1, b: "x" }),
    safe(v.map(v.string(), v.number()), new Map([["a", 1]])),
    safe(v.set(v.number()), new Set(["a"])),
  ],
  formats: () =>
    [
      [v.uuid(), "no"],
      [v.url(), "https://a.b"],
      [v.ip(), "::1"],
      [v.isoDate(), "2020-01-01"],
      [v.isoTimestamp(), "x"],
      [v.emoji(), "🎉"],
      [v.hexColor(), "#ff0000"],
      [v.creditCard(), "4111111111111111"],
      [v.base64(), "aGk="],
      [v.cuid2(), "x!"],
    ].map(([check, value]) => safe(v.pipe(v.string(), check), value)),
  "checks across fields": () =>
    safe(
      v.pipe(
        v.object({ a: v.string(), b: v.string() }),
        v.forward(
          v.partialCheck([["a"], ["b"]], ({ a, b }) => a === b, "differ"),
          ["b"],
        ),
      ),
      { a: "x", b: "y" },
    ),
  async: async () =>
    v
      .safeParseAsync(
        v.pipeAsync(
          v.string(),
          v.checkAsync(async (s) => s !== "taken", "taken"),
        ),
        "taken",
      )
      .then(({ issues }) => issues.map(({ message }) => message)),
  lazy: () => {
    const Node = v.object({ value: v.number(), next: v.nullable(v.lazy(() => Node)) });
    return safe(Node, { value: 1, next: { value: "x", next: null } });
  },
  "dates and bigints": () => [
    safe(v.date(), new Date("2020-01-01")),
    safe(v.date(), new Date("no")),
    safe(v.bigint(), 5n),
    safe(v.pipe(v.string(), v.decimal()), "1.5"),
  ],
};
