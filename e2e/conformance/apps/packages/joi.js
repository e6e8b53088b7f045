import Joi from "joi";

const schema = Joi.object({
  username: Joi.string().alphanum().min(3).max(30).required(),
  password: Joi.string().pattern(/^[a-zA-Z0-9]{3,30}$/),
  repeat: Joi.ref("password"),
  token: [Joi.string(), Joi.number()],
  birthYear: Joi.number().integer().min(1900).max(2013),
  email: Joi.string().email({ minDomainSegments: 2, tlds: false }),
})
  .with("username", "birthYear")
  .xor("password", "token")
  .with("password", "repeat");
const checked = (schema, value, options) => {
  const { error, value: result } = schema.validate(value, options);
  return {
    result,
    error: error && {
      message: error.message,
      details: error.details.map(({ message, path, type }) => ({ message, path, type })),
    },
  };
};

export const cases = {
  accepts: () => checked(schema, { username: "abc", birthYear: 1994, token: 5 }),
  "lists all errors": () =>
    checked(schema, { username: "a!", birthYear: 1800, email: "x@y" }, { abortEarly: false }),
  "xor and with": () =>
    checked(
      schema,
      { username: "abc", birthYear: 1994, password: "abc", repeat: "abd", token: "t" },
      { abortEarly: false },
    ),
  asserts: () => Joi.assert("x", Joi.number()),
  attempts: () => [Joi.attempt("4", Joi.number()), Joi.attempt(" a ", Joi.string().trim().uppercase())],
  converts: () => [
    checked(Joi.date().iso(), "2020-02-29T00:00:00Z"),
    checked(Joi.boolean().truthy("yes"), "yes"),
    checked(Joi.array().single().items(Joi.number()), "5"),
  ],
  alternatives: () =>
    checked(Joi.alternatives().conditional("a", { is: 1, then: Joi.string(), otherwise: Joi.number() }), "x"),
  when: () => {
    const when = Joi.object({
      kind: Joi.string(),
      size: Joi.number().when("kind", {
        is: "big",
        then: Joi.number().min(10).required(),
        otherwise: Joi.forbidden(),
      }),
    });
    return [
      checked(when, { kind: "big", size: 3 }),
      checked(when, { kind: "small", size: 3 }),
      checked(when, { kind: "big", size: 30 }),
    ];
  },
  "own messages and labels": () =>
    checked(
      Joi.object({
        age: Joi.number()
          .min(18)
          .label("Age")
          .messages({ "number.min": "{{#label}} too young by {{#limit}}" }),
      }),
      { age: 3 },
    ),
  custom: () =>
    checked(
      Joi.string().custom((value, helpers) => (value === "x" ? helpers.error("any.invalid") : value + "!")),
      "x",
    ),
  extends: () => {
    const own = Joi.extend((joi) => ({
      type: "million",
      base: joi.number(),
      messages: { "million.base": "{{#label}} must be at least a million" },
      validate: (value, helpers) =>
        value < 1e6 ? { value, errors: helpers.error("million.base") } : undefined,
    }));
    return checked(own.object({ n: own.million() }), { n: 5 });
  },
  "strips unknown keys": () => checked(Joi.object({ a: Joi.any() }), { a: 1, b: 2 }, { stripUnknown: true }),
  "refuses unknown keys": () => checked(Joi.object({ a: Joi.any() }), { a: 1, b: 2 }),
  "patterned keys": () => checked(Joi.object().pattern(/^x-/, Joi.number()), { "x-a": "1", y: 2 }),
  formats: () => [
    checked(Joi.string().guid(), "no"),
    checked(Joi.string().ip({ version: "ipv4" }), "1.2.3.4"),
    checked(Joi.string().uri(), "https://a.b"),
    checked(Joi.string().hex(), "xyz"),
    checked(Joi.string().isoDuration(), "P3D"),
    checked(Joi.string().hostname(), "a b"),
    checked(Joi.string().creditCard(), "4111111111111111"),
    checked(Joi.string().base64(), "aGk="),
    checked(Joi.string().email(), "a@example.com"),
  ],
  links: () =>
    checked(
      Joi.object({ name: Joi.string().required(), children: Joi.array().items(Joi.link("#person")) }).id(
        "person",
      ),
      { name: "a", children: [{ name: "b" }, {}] },
    ),
  "templates and expressions": () =>
    checked(Joi.object({ a: Joi.number(), b: Joi.number().max(Joi.ref("a", { adjust: (v) => v * 2 })) }), {
      a: 2,
      b: 5,
    }),
  "describes itself": () => schema.describe(),
  "async externals": async () =>
    Joi.string()
      .external(async (value) => `${value}!`)
      .validateAsync("a"),
};
