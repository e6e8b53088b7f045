import { z } from "zod";

const Address = z.object({
  street: z.string().min(1),
  zip: z.string().regex(/^\d{5}$/),
  country: z.string().length(2).default("DE"),
});
const Order = z.object({
  id: z.uuid(),
  email: z.email(),
  placedAt: z.coerce.date(),
  status: z.enum(["new", "paid", "shipped"]),
  lines: z
    .array(
      z.object({ sku: z.string(), quantity: z.number().int().positive(), price: z.number().nonnegative() }),
    )
    .min(1),
  address: Address,
  note: z.string().trim().max(20).optional(),
});
const order = {
  id: "8a2e1c1e-58a5-4c19-9b52-0f3ae2c6c1b7",
  email: "zoë@example.com".replace("ë", "e"),
  placedAt: "2024-02-29T12:00:00Z",
  status: "paid",
  lines: [{ sku: "tea", quantity: 2, price: 3.5 }],
  address: { street: "Main St", zip: "12345" },
  note: "  ring twice ",
};

export const cases = {
  "parses and fills in defaults": () => Order.parse(order),
  "lists every issue": () => {
    const { error } = Order.safeParse({
      ...order,
      id: "no",
      email: "no",
      lines: [],
      address: {},
      note: "x".repeat(30),
    });
    return error.issues;
  },
  "formats, flattens and prettifies an error": () => {
    const { error } = Order.safeParse({
      ...order,
      status: "lost",
      lines: [{ sku: 1, quantity: 0.5, price: -1 }],
    });
    return [z.treeifyError(error), z.flattenError(error), z.prettifyError(error)];
  },
  "throws a ZodError": () => z.object({ a: z.string() }).parse({ a: 1 }),
  "discriminates unions": () => {
    const shape = z.discriminatedUnion("kind", [
      z.object({ kind: z.literal("circle"), radius: z.number() }),
      z.object({ kind: z.literal("square"), side: z.number() }),
    ]);
    return [
      shape.parse({ kind: "circle", radius: 1 }),
      shape.safeParse({ kind: "square" }).error.issues,
      shape.safeParse({ kind: "line" }).error.issues,
    ];
  },
  "transforms and refines": () => {
    const even = z
      .string()
      .transform(Number)
      .refine((n) => n % 2 === 0, { message: "odd" });
    return [even.parse("4"), even.safeParse("3").error.issues];
  },
  "pipes and preprocesses": () => [
    z
      .preprocess((value) => (typeof value === "string" ? value.split(",") : value), z.array(z.string()))
      .parse("a,b"),
    z.string().pipe(z.coerce.number()).parse("12.5"),
  ],
  "strict, loose, pick, omit, extend, partial": () => {
    const base = z.object({ a: z.string(), b: z.number() });
    return [
      z.strictObject({ a: z.string() }).safeParse({ a: "x", c: 1 }).error.issues,
      z.looseObject({ a: z.string() }).parse({ a: "x", c: 1 }),
      base.pick({ a: true }).parse({ a: "x", b: 1 }),
      base.omit({ a: true }).parse({ a: "x", b: 1 }),
      base.extend({ c: z.boolean() }).parse({ a: "x", b: 1, c: true }),
      base.partial().parse({}),
    ];
  },
  "records, maps, sets, tuples": () => [
    z.record(z.string(), z.number()).parse({ a: 1 }),
    z.map(z.string(), z.number()).parse(new Map([["a", 1]])),
    z.set(z.number()).safeParse(new Set([1, "2"])).error.issues,
    z.tuple([z.string(), z.number()]).rest(z.boolean()).parse(["a", 1, true, false]),
  ],
  "recursive schemas": () => {
    const Category = z.object({
      name: z.string(),
      get children() {
        return z.array(Category);
      },
    });
    return Category.parse({ name: "root", children: [{ name: "leaf", children: [] }] });
  },
  "string formats": () =>
    [
      [z.url(), "https://example.com/a?b=c"],
      [z.url(), "not a url"],
      [z.ipv4(), "127.0.0.1"],
      [z.ipv6(), "::1"],
      [z.cidrv4(), "10.0.0.0/8"],
      [z.base64(), "aGVsbG8="],
      [z.iso.datetime(), "2020-01-01T00:00:00Z"],
      [z.iso.date(), "2020-02-30"],
      [z.nanoid(), "V1StGXR8_Z5jdHi6B-myT"],
      [z.jwt(), "eyJhbGciOiJIUzI1NiJ9.eyJhIjoxfQ.c2ln"],
      [z.emoji(), "🎉"],
      [z.e164(), "+4915112345678"],
    ].map(([schema, value]) => schema.safeParse(value).success),
  "big integers, dates and coercion": () => [
    z.coerce.boolean().parse("false"),
    z.coerce.bigint().parse("9007199254740993"),
    z.date().min(new Date("2020-01-01")).safeParse(new Date("2019-01-01")).error.issues,
    z.bigint().positive().parse(5n),
  ],
  "async refinements": async () => {
    const free = z.string().refine(async (name) => name !== "taken", "name is taken");
    return [await free.parseAsync("free"), (await free.safeParseAsync("taken")).error.issues];
  },
  "writes JSON Schema": () => z.toJSONSchema(Order, { unrepresentable: "any" }),
  "brands, readonly, catch, nullable": () => [
    z.string().brand("Id").parse("x"),
    Object.isFrozen(z.object({ a: z.number() }).readonly().parse({ a: 1 })),
    z.number().catch(42).parse("no"),
    z.string().nullable().parse(null),
    z.string().nullish().parse(undefined),
  ],
  "metadata and registries": () => {
    const registry = z.registry();
    const schema = z.string().register(registry, { title: "Name" });
    return [registry.get(schema), z.number().describe("a count").meta()];
  },
  "localised messages": () => {
    z.config(z.locales.de());
    const { issues } = z.string().safeParse(5).error;
    z.config(z.locales.en());
    return issues;
  },
};
