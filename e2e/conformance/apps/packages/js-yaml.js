import * as yaml from "js-yaml";

const text = `# a comment
version: 3
name: "grüße 🎉"
list: [1, 2.5, .inf, 0x1f, ~]
nested:
  - &base {a: 1, b: two}
  - <<: *base
    c: |
      several
      lines
  - >-
    folded
    text
date: 2024-02-29T13:05:09Z
binary: !!binary aGVsbG8=
set: !!set {a, b}
empty:
`;
export const cases = {
  loads: () => yaml.load(text),
  "loads all": () => {
    const all = yaml.loadAll("--- 1\n---\na: 2\n...\n---\n- x");
    return all;
  },
  dumps: () =>
    yaml.dump({
      a: 1,
      b: [true, null, "yes", "multi\nline", 1.5, { c: [] }],
      "key with: colon": "#x",
      date: new Date(0),
      n: -0,
      inf: Infinity,
    }),
  "dumps with options": () =>
    yaml.dump(
      { b: 1, a: { c: "x".repeat(100), d: ["a", "b"] } },
      { sortKeys: true, flowLevel: 2, indent: 4, lineWidth: 40, noRefs: true },
    ),
  "dumps references": () => {
    const shared = { x: 1 };
    return yaml.dump({ a: shared, b: shared });
  },
  schemas: () => [
    yaml.load("2024-01-01", { schema: yaml.JSON_SCHEMA }),
    yaml.load("[1, true, null]", { schema: yaml.FAILSAFE_SCHEMA }),
    yaml.load("yes"),
  ],
  "errors name the place": () => {
    try {
      return yaml.load("a: 1\n b: [2");
    } catch (error) {
      return [error.name, error.reason, error.mark?.line, error.mark?.column, error.message];
    }
  },
  "refuses duplicate keys": () => {
    try {
      return yaml.load("a: 1\na: 2");
    } catch (error) {
      return error.reason;
    }
  },
  "refuses functions": () => {
    try {
      return yaml.dump({ f: () => 1 });
    } catch (error) {
      return error.message;
    }
  },
  "skips invalid": () => yaml.dump({ f: () => 1, a: 1 }, { skipInvalid: true }),
  "there and back": () => {
    const value = { a: [{ b: "1" }, "x: y", " leading", "trailing ", "", "null", "0o7", "12e3"] };
    return yaml.load(yaml.dump(value));
  },
  "strings of many kinds": () =>
    yaml.dump(["'", '"', "\t", "\u0001", "@a", "- b", "?", "é", "🎉", "a #b", "true"]),
};
