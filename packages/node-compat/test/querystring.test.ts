import reference from "node:querystring";
import { describe, expect, it } from "vitest";
import querystring from "../modules/querystring.js";

const texts = [
  "",
  "a",
  "a=",
  "=a",
  "&&a=1&&",
  "a=1&a=2&a=3",
  "a=b=c",
  "a+b=c+d",
  "%61=%zz",
  "%e4%f6=%fc",
  "x=%E4%BD%A0%E5%A5%BD",
  "__proto__=1&hasOwnProperty=2",
  "a[]=1&a[b]=2",
];
const values = [
  { a: [1, "x", null, undefined, true, 10n, NaN], b: {}, "ü ": "ö&=" },
  { empty: [], text: "it's (fine)~!*" },
  null,
  "text",
];

describe("querystring", () => {
  it.each(texts)("parses %j as Node does", (text) => {
    expect(querystring.parse(text)).toEqual(reference.parse(text));
    expect(querystring.parse(text, "=", "&")).toEqual(reference.parse(text, "=", "&"));
  });

  it("reads at most maxKeys keys, 1000 unless told otherwise, and all for 0", () => {
    const text = Array.from({ length: 1200 }, (_, index) => `k${index}=1`).join("&");
    for (const options of [{}, { maxKeys: 3 }, { maxKeys: 0 }]) {
      expect(Object.keys(querystring.parse(text, "&", "=", options))).toEqual(
        Object.keys(reference.parse(text, "&", "=", options)),
      );
    }
  });

  it.each(values.map((value) => [String(value), value]))("stringifies %s as Node does", (_, value) => {
    expect(querystring.stringify(value)).toBe(reference.stringify(value as never));
    expect(querystring.stringify(value, ";", ":")).toBe(reference.stringify(value as never, ";", ":"));
  });

  it("refuses a lone surrogate with Node's error", () => {
    expect(() => querystring.escape("\ud83d")).toThrow(expect.objectContaining({ code: "ERR_INVALID_URI" }));
  });

  it("lets an app replace escape and unescape", () => {
    const { escape, unescape } = querystring;
    try {
      querystring.escape = () => "E";
      querystring.unescape = () => "U";
      expect(querystring.stringify({ a: "b" })).toBe("E=E");
      expect({ ...querystring.parse("a=b") }).toEqual({ U: "U" });
    } finally {
      Object.assign(querystring, { escape, unescape });
    }
  });

  it("has Node's exports", () => {
    expect(Object.keys(querystring).sort()).toEqual(Object.keys(reference).sort());
  });
});
