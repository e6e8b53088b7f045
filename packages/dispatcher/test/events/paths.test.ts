import { describe, expect, it } from "vitest";
import { receivedFrom, requestOf, sample, type Event } from "./samples.js";

const alb = (path: string, query: object = {}): Event => ({
  ...sample("alb"),
  path,
  queryStringParameters: query,
});
const rest = (path: string, parts: Event = {}): Event => ({ ...sample("api-gateway-v1"), path, ...parts });
const httpApi = (rawPath: string, parts: Event = {}): Event => ({
  ...sample("api-gateway-v2"),
  rawPath,
  ...parts,
});
const url = (rawPath: string, rawQueryString = ""): Event => ({
  ...sample("function-url"),
  rawPath,
  rawQueryString,
});

describe("a path", () => {
  const sent = "/a%20b/%2F%2e%2e/%E0%A4%A/c?".slice(0, -1);

  it.each([
    ["a REST API", rest],
    ["a Function URL", url],
    ["a load balancer", (path: string) => alb(path)],
  ])("of %s is left as the client sent it", (_name, event) => {
    expect(requestOf(event(sent)).path).toBe(sent);
  });

  it("of an HTTP API, which decodes, is encoded again", () => {
    expect(requestOf(httpApi("/grüße/a b/100%/☃")).path).toBe("/gr%C3%BC%C3%9Fe/a%20b/100%25/%E2%98%83");
    expect(requestOf(sample("api-gateway-v1-http-api"))).toMatchObject({
      path: "/gr%C3%BC%C3%9Fe/100%25",
      query: "tag=a&tag=b",
    });
  });

  it.each([
    ["a question mark and a hash", "/what?#1", "/what%3F%231"],
    ["a backslash, which a URL takes for a slash", "/a\\..\\b", "/a%5C..%5Cb"],
    ["line breaks", "/a\r\nx-b: 1", "/a%0D%0Ax-b:%201"],
    ["a zero byte and a delete", "/\0\x7f", "/%00%7F"],
    ["half a surrogate pair", "/\ud83d", "/%EF%BF%BD"],
    ["no slash before it", "a", "/a"],
    ["nothing", "", "/"],
  ])("with %s stays one path", (_name, path, expected) => {
    for (const event of [alb(path), rest(path), httpApi(path), url(path)]) {
      expect(requestOf(event).path).toBe(expected);
    }
  });

  it("of an emulator that leaves the stage in a REST path loses it there", () => {
    const context = sample("api-gateway-v1")["requestContext"] as Event;
    const requestContext = { ...context, path: "/prod/items", domainName: "x.execute-api.localhost" };
    expect(requestOf(rest("/prod/items", { requestContext })).path).toBe("/items");
    expect(requestOf(rest("/prod/items")).path).toBe("/prod/items");
  });
});

describe("a base path", () => {
  const mapped = sample("api-gateway-v1-base-path");

  it.each<[string, string | readonly string[] | undefined, string]>([
    ["none", undefined, "/orders/items/a%20b"],
    ["the mapping's", "/orders", "/items/a%20b"],
    ["written without its slash, or with one more", ["orders/"], "/items/a%20b"],
    ["the longest of several", ["/orders", "/orders/items", "/other"], "/a%20b"],
    ["another one", "/order", "/orders/items/a%20b"],
    ["the whole path", "/orders/items/a%20b", "/"],
    ["the root", "/", "/orders/items/a%20b"],
  ])("%s", (_name, basePath, expected) => {
    expect(receivedFrom(mapped, basePath).path).toBe(expected);
  });

  it("is taken off whatever the source, after the stage", () => {
    expect(receivedFrom(sample("api-gateway-v2-stage"), "/items").path).toBe("/1");
    expect(receivedFrom(url("/v1/a"), "/v1").path).toBe("/a");
    expect(receivedFrom(alb("/v1"), "/v1").path).toBe("/");
  });
});

describe("a query", () => {
  it("is left as it came where the source left it", () => {
    expect(requestOf(url("/", "a=1&a=x+y&%C3%BC=%E2%98%83&b&c=")).query).toBe(
      "a=1&a=x+y&%C3%BC=%E2%98%83&b&c=",
    );
    expect(requestOf(alb("/", { "a%20b": "1%2B2" })).query).toBe("a%20b=1%2B2");
  });

  it("is encoded again where the source decoded it", () => {
    const parameters = { "a&b": ["x=y", "z z"], __proto__x: ["1"], "\ud800": ["ü"] };
    expect(requestOf(rest("/", { multiValueQueryStringParameters: parameters })).query).toBe(
      "a%26b=x%3Dy&a%26b=z%20z&__proto__x=1&%EF%BF%BD=%C3%BC",
    );
  });

  it("cannot become a fragment or a line of its own", () => {
    expect(requestOf(url("/", "a=1#b\r\nc: d ü")).query).toBe("a=1%23b%0D%0Ac:%20d%20%C3%BC");
    expect(requestOf(alb("/", { a: "#\n" })).query).toBe("a=%23%0A");
  });

  it("of a test event that has only the decoded one is taken from there", () => {
    const event = httpApi("/", { queryStringParameters: { a: "1,2", b: "x y" } });
    delete event["rawQueryString"];
    expect(requestOf(event).query).toBe("a=1%2C2&b=x%20y");
  });

  it("of a REST test event that has empty lists is taken from the single values", () => {
    const event = rest("/", { multiValueQueryStringParameters: {}, queryStringParameters: { a: "1" } });
    expect(requestOf(event).query).toBe("a=1");
  });
});
