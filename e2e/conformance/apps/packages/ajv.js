import Ajv from "ajv";
import Ajv2020 from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

const ajv = addFormats(
  new Ajv({ allErrors: true, coerceTypes: true, useDefaults: true, removeAdditional: "all" }),
);
const user = {
  $id: "user",
  type: "object",
  required: ["name", "email"],
  additionalProperties: false,
  properties: {
    name: { type: "string", minLength: 2 },
    email: { type: "string", format: "email" },
    age: { type: "integer", minimum: 0 },
    role: { enum: ["admin", "guest"], default: "guest" },
    tags: { type: "array", items: { type: "string" }, uniqueItems: true },
    born: { type: "string", format: "date" },
  },
};
const validate = ajv.compile(user);
const outcome = (check, value) => [check(value), value, check.errors];

export const cases = {
  "accepts, coerces and fills in": () =>
    outcome(validate, { name: "Zoë", email: "z@example.com", age: "42", extra: true }),
  "lists all errors": () =>
    outcome(validate, {
      name: "Z",
      email: "no",
      age: -1,
      role: "king",
      tags: ["a", "a"],
      born: "2024-13-01",
    }),
  "words its errors": () => {
    validate({});
    return ajv.errorsText(validate.errors, { dataVar: "user" });
  },
  formats: () =>
    Object.entries({
      "date-time": "2020-01-01T00:00:00Z",
      time: "10:00:00Z",
      uri: "https://a.b/c",
      ipv4: "1.2.3.4",
      uuid: "8a2e1c1e-58a5-4c19-9b52-0f3ae2c6c1b7",
      hostname: "a-b.c",
      regex: "[",
      "json-pointer": "/a/b",
      byte: "aGk=",
      duration: "P1DT2H",
    }).map(([format, value]) => [format, ajv.validate({ type: "string", format }, value)]),
  "combines schemas": () => {
    const check = ajv.compile({
      oneOf: [
        { type: "number", multipleOf: 3 },
        { type: "number", multipleOf: 5 },
      ],
      not: { const: 9 },
    });
    return [3, 5, 15, 9, "x"].map((value) => [check(value), check.errors]);
  },
  "if, then, else": () => {
    const check = ajv.compile({
      type: "object",
      if: { properties: { a: { const: 1 } } },
      then: { required: ["b"] },
      else: { required: ["c"] },
    });
    return [{ a: 1, b: 1 }, { a: 1 }, { a: 2, c: 1 }, { a: 2 }].map((value) => outcome(check, value));
  },
  references: () => {
    const check = ajv.compile({
      $defs: {
        node: {
          type: "object",
          properties: { next: { $ref: "#/$defs/node" }, value: { type: "number" } },
          required: ["value"],
        },
      },
      $ref: "#/$defs/node",
    });
    return [
      outcome(check, { value: 1, next: { value: 2, next: { value: 3 } } }),
      outcome(check, { value: 1, next: {} }),
    ];
  },
  "custom keywords": () => {
    const own = new Ajv();
    own.addKeyword({
      keyword: "even",
      type: "number",
      validate: (schema, value) => (value % 2 === 0) === schema,
    });
    return [own.validate({ even: true }, 4), own.validate({ even: true }, 5), own.errors];
  },
  "custom formats": () =>
    new Ajv().addFormat("plate", /^[A-Z]{1,3}-\d+$/).validate({ type: "string", format: "plate" }, "HB-42"),
  "draft 2020-12": () => {
    const check = new Ajv2020().compile({
      type: "array",
      prefixItems: [{ type: "string" }, { type: "number" }],
      items: false,
      minItems: 2,
    });
    return [outcome(check, ["a", 1]), outcome(check, ["a", 1, 2]), outcome(check, [1])];
  },
  "unevaluated properties": () => {
    const check = new Ajv2020().compile({
      allOf: [{ properties: { a: {} } }],
      unevaluatedProperties: false,
      type: "object",
    });
    return [outcome(check, { a: 1 }), outcome(check, { b: 1 })];
  },
  discriminator: () => {
    const check = new Ajv({ discriminator: true }).compile({
      type: "object",
      discriminator: { propertyName: "kind" },
      required: ["kind"],
      oneOf: [
        { properties: { kind: { const: "a" }, x: { type: "number" } }, required: ["x"] },
        { properties: { kind: { const: "b" } } },
      ],
    });
    return [
      outcome(check, { kind: "a", x: 1 }),
      outcome(check, { kind: "a" }),
      outcome(check, { kind: "z" }),
    ];
  },
  "refuses a wrong schema": () => new Ajv().compile({ type: "nonsense" }),
  "refuses unknown keywords when strict": () => new Ajv().compile({ type: "string", nonsense: 1 }),
  "finds a schema by its id": () => ajv.getSchema("user")({ name: "Al", email: "a@b.de" }),
  "validates asynchronously": async () => {
    const own = new Ajv();
    own.addKeyword({
      keyword: "free",
      async: true,
      type: "string",
      validate: async (_, value) => value !== "taken",
    });
    const check = own.compile({ $async: true, type: "string", free: true });
    return [await check("free"), await check("taken").catch((error) => error.errors)];
  },
  "large unicode length": () => new Ajv().validate({ type: "string", maxLength: 3 }, "🎉🎉🎉"),
};
