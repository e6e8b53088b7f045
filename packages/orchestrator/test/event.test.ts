import { describe, expect, it } from "vitest";
import { httpEvent } from "../src/index.js";
import { readEvent } from "../src/event.js";

describe("an event on the command line", () => {
  it("is JSON", async () => expect(await readEvent('{"a":[1]}')).toEqual({ a: [1] }));
  it("is empty when it is left out", async () => expect(await readEvent(undefined)).toEqual({}));
  it("may be null", async () => expect(await readEvent("null")).toBeNull());

  it("is quoted back, shortened, when it is not JSON", async () => {
    const error = await readEvent("x".repeat(1000)).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: "LAC8003", frame: `the event argument: ${"x".repeat(200)}…` });
  });
});

describe("an HTTP request on the command line", () => {
  it("becomes a payload of format 2.0", () => {
    expect(httpEvent("POST /a%20b?x=1&x=2&y=", "{}")).toMatchObject({
      version: "2.0",
      rawPath: "/a%20b",
      rawQueryString: "x=1&x=2&y=",
      queryStringParameters: { x: "1,2", y: "" },
      requestContext: { http: { method: "POST", path: "/a%20b" } },
      body: "{}",
      isBase64Encoded: false,
    });
  });

  it("is a GET when it names no method, and has no body", () => {
    const event = httpEvent("/", undefined);
    expect(event).toMatchObject({
      rawPath: "/",
      rawQueryString: "",
      requestContext: { http: { method: "GET" } },
    });
    expect(event).not.toHaveProperty("body");
    expect(event).not.toHaveProperty("queryStringParameters");
  });

  it.each(["", "GET", "get /", "/a b", "GET http://x/"])("refuses %j", (request) => {
    expect(() => httpEvent(request, undefined)).toThrow(expect.objectContaining({ code: "LAC8004" }));
  });
});
