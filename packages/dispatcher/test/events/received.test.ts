import { describe, expect, it } from "vitest";
import { BadRequest } from "../../src/http/exchange.js";
import { receivedFrom, sample, type Event } from "./samples.js";

const post = (headers: Event, body?: string, isBase64Encoded: unknown = false): Event => ({
  ...sample("function-url"),
  headers: { host: "example.com", ...headers },
  body,
  isBase64Encoded,
});
const valuesOf = (event: Event, name: string): string[] =>
  receivedFrom(event).headers.flatMap(([field, value]) => (field === name ? [value] : []));
const refusal = (event: Event): string => {
  try {
    receivedFrom(event);
  } catch (error) {
    if (error instanceof BadRequest) return error.message;
    throw error;
  }
  return "not refused";
};

describe("the length of a request's body", () => {
  it("is stated where the gateway left it out, in bytes", () => {
    expect(valuesOf(post({}, "grüße ☃"), "content-length")).toEqual(["11"]);
    expect(valuesOf(post({}, "AAEC/w==", true), "content-length")).toEqual(["4"]);
  });

  it("is put right where the gateway counted something else", () => {
    expect(valuesOf(post({ "content-length": "8" }, "AAEC/w==", true), "content-length")).toEqual(["4"]);
    expect(valuesOf(post({ "content-length": "8" }), "content-length")).toEqual(["0"]);
  });

  it("is left as it is where it is right", () => {
    expect(valuesOf(post({ "content-length": "2" }, "ok"), "content-length")).toEqual(["2"]);
    expect(valuesOf(post({}), "content-length")).toEqual([]);
    expect(valuesOf(post({ "transfer-encoding": "chunked" }, "ok"), "content-length")).toEqual([]);
  });

  it.each<[string, Event]>([
    ["two lengths", { ...sample("alb-multi-value"), multiValueHeaders: { "Content-Length": ["1", "2"] } }],
    [
      "the same length twice",
      { ...sample("alb-multi-value"), multiValueHeaders: { "Content-Length": ["1", "1"] } },
    ],
    ["a length under two spellings", post({ "Content-Length": "1", "content-length": "1" }, "x")],
    ["two lengths in one field", post({ "content-length": "1, 1" }, "x")],
    ["a length that is no number", post({ "content-length": "1e3" }, "x")],
    ["a negative length", post({ "content-length": "-1" }, "x")],
    [
      "a length beside a transfer encoding",
      post({ "content-length": "1", "transfer-encoding": "chunked" }, "x"),
    ],
  ])("is refused when there are %s", (_name, event) => {
    expect(refusal(event)).toMatch(/Content-Length/);
  });
});

describe("a request that no app should see", () => {
  it.each<[string, Event]>([
    ["a line break in a value", post({ a: "1\r\nb: 2" })],
    ["a lone line feed", post({ a: "1\n2" })],
    ["a lone carriage return", post({ a: "1\r2" })],
    ["a zero byte", post({ a: "1\u00002" })],
    ["a line break in a name", post({ "a\r\nb": "1" })],
    ["a space in a name", post({ "a b": "1" })],
    ["a colon in a name", post({ "a:": "1" })],
    ["a name outside ASCII", post({ ä: "1" })],
    ["an empty name", post({ "": "1" })],
    ["a line break in its host", post({ host: "evil.example\r\nx: y" })],
    ["base64 that is none", post({}, "%%%", true)],
    ["base64 that is cut", post({}, "AAEC/w=", true)],
    ["base64 of one digit", post({}, "A", true)],
    ["nothing but padding", post({}, "=", true)],
  ])("has %s", (_name, event) => {
    expect(refusal(event)).not.toBe("not refused");
  });

  it.each(["GET ", "G/T", "", "GET\r\nHost: x"])("has the method %j", (method) => {
    expect(refusal({ ...sample("api-gateway-v1"), httpMethod: method })).toMatch(/method/);
  });
});

describe("the client's address", () => {
  it.each<[string, string | undefined]>([
    ["api-gateway-v1", "127.0.0.1"],
    ["api-gateway-v1-base-path", "192.0.2.7"],
    ["api-gateway-v2", "192.0.2.1"],
    ["function-url", "192.0.2.1"],
    ["websocket-connect", "192.0.2.7"],
    ["alb", undefined],
  ])("of %s is %s", (name, address) => {
    expect(receivedFrom(sample(name)).remoteAddress).toBe(address);
  });

  it("behind a balancer is the last of the forwarded ones, which the balancer itself wrote", () => {
    const headers = { host: "x", "x-forwarded-for": "10.0.0.1, 192.0.2.9" };
    expect(receivedFrom({ ...sample("alb"), headers }).remoteAddress).toBe("192.0.2.9");
  });
});
