import * as yup from "yup";

const person = yup.object({
  name: yup.string().trim().required(),
  age: yup.number().integer().min(18).max(120),
  email: yup.string().email().lowercase(),
  website: yup.string().url().nullable(),
  created: yup.date().default(() => new Date("2024-01-01")),
  tags: yup.array().of(yup.string().min(2)).max(3),
});
const errorsOf = async (schema, value, options = { abortEarly: false }) =>
  schema.validate(value, options).then(
    (result) => ({ result }),
    ({ name, message, errors, inner }) => ({
      name,
      message,
      errors,
      paths: inner.map(({ path, type }) => [path, type]),
    }),
  );

export const cases = {
  "casts and fills in": () => person.cast({ name: "  Al ", age: "42", email: "A@B.DE" }),
  validates: () => errorsOf(person, { name: "Al", age: 30, email: "a@b.de", tags: ["ab"] }),
  "lists all errors": () =>
    errorsOf(person, { age: 3.5, email: "no", website: "no", tags: ["a", "bb", "cc", "dd"] }),
  "stops at the first": () => errorsOf(person, { age: 3, email: "no" }, { abortEarly: true }),
  "validates synchronously": () => person.validateSync({ name: "" }),
  "depends on other fields": () => {
    const schema = yup.object({
      company: yup.boolean(),
      vat: yup
        .string()
        .when("company", { is: true, then: (s) => s.required("vat is needed"), otherwise: (s) => s.strip() }),
    });
    return Promise.all([errorsOf(schema, { company: true }), errorsOf(schema, { company: false, vat: "x" })]);
  },
  references: () =>
    errorsOf(
      yup.object({ password: yup.string(), again: yup.string().oneOf([yup.ref("password")], "must match") }),
      { password: "a", again: "b" },
    ),
  "own tests": () =>
    errorsOf(
      yup.string().test("palindrome", "${path} is no palindrome", (v) => v === [...v].reverse().join("")),
      "abc",
    ),
  "tuples and mixed": () =>
    Promise.all([
      errorsOf(yup.tuple([yup.string().required(), yup.number().required()]), ["a", "x"]),
      errorsOf(yup.mixed().oneOf(["a", 1]), 2),
    ]),
  "strict mode": () => errorsOf(yup.object({ n: yup.number() }).strict(), { n: "1" }),
  "unknown keys": () => errorsOf(yup.object({ a: yup.string() }).noUnknown().strict(), { b: 1 }),
  "pick, omit, concat, partial": () => [
    Object.keys(person.pick(["name"]).fields),
    Object.keys(person.omit(["name", "age"]).fields),
    Object.keys(yup.object({ a: yup.string() }).concat(yup.object({ b: yup.number() })).fields),
  ],
  "describes itself": () => person.describe(),
  dates: () => [
    yup.date().cast("2020-02-29"),
    yup.date().isValidSync("nonsense"),
    yup.date().min("2020-01-01").isValidSync("2019-12-31"),
  ],
  reach: () => yup.reach(person, "tags[0]").isValidSync("a"),
  lazy: () =>
    errorsOf(
      yup.lazy((value) => (Array.isArray(value) ? yup.array().of(yup.number()) : yup.number())),
      ["x"],
    ),
  booleans: () =>
    ["true", "1", 1, "no"].map((value) => {
      try {
        return yup.boolean().validateSync(value);
      } catch (error) {
        return error.message;
      }
    }),
};
