import { describe, expect, it } from "vitest";
import { answer, requestOf, resultFor, sample, type Event } from "./samples.js";

const response = answer({
  statusCode: 201,
  headers: [
    ["content-type", "text/plain"],
    ["set-cookie", "a=1; Path=/"],
    ["set-cookie", "b=2, c"],
    ["x-one", "1"],
    ["transfer-encoding", "chunked"],
    ["connection", "keep-alive"],
  ],
  body: "hi",
});

describe("API Gateway HTTP API", () => {
  const event = sample("api-gateway-v2");

  it("becomes a request, cookies joined, body decoded, query as it came", () => {
    expect(requestOf(event)).toEqual({
      method: "POST",
      scheme: "https",
      host: "id.execute-api.us-east-1.amazonaws.com",
      path: "/my/path",
      query: "parameter1=value1&parameter1=value2&parameter2=value",
      headers: [
        ["header1", "value1"],
        ["header2", "value1,value2"],
        ["host", "id.execute-api.us-east-1.amazonaws.com"],
        ["x-forwarded-proto", "https"],
        ["cookie", "cookie1=a; cookie2=b"],
      ],
      body: Buffer.from("Hello from Lambda"),
      remoteAddress: "192.0.2.1",
    });
  });

  it("takes the response back with its cookies in a list", () => {
    expect(resultFor(event, response)).toEqual({
      statusCode: 201,
      headers: { "content-type": "text/plain", "x-one": "1" },
      cookies: ["a=1; Path=/", "b=2, c"],
      body: "hi",
      isBase64Encoded: false,
    });
  });

  it("loses the name of a stage on the gateway's own domain only", () => {
    const staged = sample("api-gateway-v2-stage");
    const context = staged["requestContext"] as Event;
    expect(requestOf(staged).path).toBe("/items/1");
    expect(requestOf({ ...staged, rawPath: "/prod" }).path).toBe("/");
    expect(requestOf({ ...staged, rawPath: "/production" }).path).toBe("/production");
    const custom = { ...staged, requestContext: { ...context, domainName: "api.example.com" } };
    expect(requestOf(custom).path).toBe("/prod/items/1");
  });
});

describe("Function URL", () => {
  it("becomes a request with its path and query still encoded", () => {
    expect(requestOf(sample("function-url"))).toMatchObject({
      method: "PUT",
      host: "abc.lambda-url.us-east-1.on.aws",
      path: "/a%20b",
      query: "q=%C3%BC",
      body: '{"a":1}',
    });
  });
});

describe("API Gateway REST API", () => {
  const event = sample("api-gateway-v1");

  it("becomes a request with every value of headers and query", () => {
    expect(requestOf(event)).toMatchObject({
      method: "POST",
      path: "/path/to/resource",
      query: "name=me%20%26%20you&many=1&many=2",
      body: "hello",
    });
    expect(requestOf(event).headers.filter(([name]) => name === "x-twice")).toEqual([
      ["x-twice", "1"],
      ["x-twice", "2"],
    ]);
  });

  it("takes single values where the lists are missing, as in the console's test events", () => {
    const bare = {
      httpMethod: "GET",
      path: "/",
      headers: { a: "1", b: null },
      queryStringParameters: { n: 5 },
    };
    expect(requestOf(bare)).toMatchObject({
      headers: [["a", "1"]],
      query: "n=5",
      host: "localhost",
      body: undefined,
    });
  });

  it("takes the response back with repeated headers in lists", () => {
    expect(resultFor(event, response)).toEqual({
      statusCode: 201,
      headers: { "content-type": "text/plain", "x-one": "1" },
      multiValueHeaders: { "set-cookie": ["a=1; Path=/", "b=2, c"] },
      body: "hi",
      isBase64Encoded: false,
    });
  });
});

describe("Application Load Balancer", () => {
  it("becomes a request, its query left encoded", () => {
    expect(requestOf(sample("alb"))).toMatchObject({
      method: "GET",
      scheme: "http",
      path: "/lambda/a%2Fb",
      query: "query=1234%20ABCD&flag",
    });
    expect(requestOf(sample("alb-multi-value"))).toMatchObject({
      query: "query=1&query=2",
      headers: [
        ["host", "alb.example.com"],
        ["x-twice", "1"],
        ["x-twice", "2"],
        ["cookie", "a=1; b=2"],
      ],
    });
  });

  it("takes the response back in the form its target group is set to", () => {
    expect(resultFor(sample("alb"), response)).toEqual({
      statusCode: 201,
      statusDescription: "201 Created",
      headers: {
        "content-type": "text/plain",
        "set-cookie": "a=1; Path=/",
        "Set-cookie": "b=2, c",
        "x-one": "1",
      },
      body: "hi",
      isBase64Encoded: false,
    });
    expect(resultFor(sample("alb-multi-value"), response)).toMatchObject({
      multiValueHeaders: { "content-type": ["text/plain"], "set-cookie": ["a=1; Path=/", "b=2, c"] },
    });
  });

  it("gives each of many cookies a spelling of its own", () => {
    const headers = Array.from({ length: 40 }, (_, index) => ["set-cookie", String(index)] as const);
    const result = resultFor(sample("alb"), answer({ headers })) as { headers: object };
    expect(Object.values(result.headers)).toHaveLength(40);
  });
});

describe("any source", () => {
  it("keeps ? and # of a decoded path in the path", () => {
    expect(requestOf({ httpMethod: "GET", path: "what?#1" }).path).toBe("/what%3F%231");
  });

  it.each<[string, Event, string]>([
    [
      "headers",
      { headers: 5 },
      'The HTTP event\'s "headers" is a value of type number, where an object belongs',
    ],
    [
      "a header",
      { headers: { a: { b: 1 } } },
      '"headers.a" is a value of type object, where a string belongs',
    ],
    ["cookies", { cookies: "a=1" }, '"cookies" is a value of type string, where an array of strings belongs'],
    ["the path", { rawPath: ["/"] }, '"rawPath" is an array, where a string belongs'],
    ["the body", { body: { a: 1 } }, '"body" is a value of type object, where a string belongs'],
  ])("refuses a wrong type in %s", (_name, wrong, message) => {
    const event = { ...sample("api-gateway-v2"), ...wrong };
    expect(() => requestOf(event)).toThrow(expect.objectContaining({ code: "LAC3005" }));
    expect(() => requestOf(event)).toThrow(message);
  });
});
