import { STATUS_CODES } from "node:http";
import { describe, expect, it } from "vitest";
import { fromBase64, isJsonType, isTextType, toBase64 } from "../src/http/body.js";
import { reasonPhrase } from "../src/http/status-codes.js";
import { closest } from "../src/suggest.js";

describe("reason phrases", () => {
  it("are Node's, for every three-digit status", () => {
    for (let status = 100; status < 1000; status++) expect(reasonPhrase(status)).toBe(STATUS_CODES[status]);
  });
});

describe("body types", () => {
  it.each([
    "text/css",
    "application/json",
    "application/vnd.api+json",
    "application/x-www-form-urlencoded; a=b",
  ])("%s travels as text", (type) => expect(isTextType(type, undefined)).toBe(true));
  it.each(["image/png", "application/octet-stream", "application/jsonish", "font/woff2", "nonsense"])(
    "%s travels as base64",
    (type) => expect(isTextType(type, undefined)).toBe(false),
  );
  it("goes by the encoding first", () => {
    expect(isTextType("text/plain", "br")).toBe(false);
    expect(isTextType("text/plain", "identity")).toBe(true);
    expect(isTextType(undefined, undefined)).toBe(true);
  });
  it("knows JSON by its type", () => {
    expect(isJsonType("application/ld+json;x=y")).toBe(true);
    expect(isJsonType("text/plain")).toBe(false);
  });
});

describe("base64", () => {
  it.each([0, 1, 2, 3, 100])("survives a round trip of %i bytes", (length) => {
    const bytes = Uint8Array.from({ length }, (_, index) => index * 7);
    expect([...fromBase64(toBase64(bytes))!]).toEqual([...bytes]);
    expect([...fromBase64(toBase64(bytes).replace(/=+$/, ""))!]).toEqual([...bytes]);
  });
  it.each(["a", "ab!d", "====", "ab=c", "☃☃☃☃", "YQ==YQ==", "a b c"])("refuses %j", (text) =>
    expect(fromBase64(text)).toBeUndefined(),
  );
});

describe("suggestions", () => {
  it.each([
    ["helo", "hello"],
    ["Hello", "hello"],
    ["get_item", "get-item"],
    ["completely-else", undefined],
    ["", undefined],
  ])("%s -> %s", (name, expected) => expect(closest(name, ["hello", "get-item"])).toBe(expected));
});
