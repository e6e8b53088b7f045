import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DispatchError } from "../../src/index.js";
import { fetching, invoke } from "../functions.js";

/** Echoes what the request was, so that nothing of it is left unread. */
const app = fetching(async (request) => {
  const body = await request.arrayBuffer();
  return Response.json({ url: request.url, headers: [...request.headers], length: body.byteLength });
});

const anything = fc.anything({ maxDepth: 3, withNullPrototype: false }).map((value) => {
  try {
    return JSON.parse(JSON.stringify(value) ?? "null") as unknown;
  } catch {
    return null;
  }
});
const hostile = fc.constantFrom(
  "__proto__",
  "constructor",
  "toString",
  "host",
  "cookie",
  "a\r\nb",
  "",
  "\u0000",
);
const key = fc.oneof(hostile, fc.string({ unit: "binary" }));
const text = fc.oneof(fc.string({ unit: "binary" }), fc.webPath(), fc.base64String());
const map = fc.dictionary(key, fc.oneof(text, fc.array(text), anything));
const field = (good: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 5, arbitrary: good }, { weight: 1, arbitrary: anything });

const common = {
  headers: field(map),
  multiValueHeaders: field(map),
  body: field(text),
  isBase64Encoded: fc.oneof(fc.boolean(), anything),
};
const v2 = fc.record(
  {
    ...common,
    version: fc.constant("2.0"),
    rawPath: field(text),
    rawQueryString: field(text),
    cookies: field(fc.array(text)),
    requestContext: fc.record({
      stage: field(text),
      domainName: field(text),
      http: fc.record({
        method: field(fc.constantFrom("GET", "POST", "PUT", "HEAD", "brew")),
        path: field(text),
      }),
    }),
  },
  { requiredKeys: ["requestContext"] },
);
const v1 = fc.record(
  {
    ...common,
    httpMethod: fc.oneof(fc.constantFrom("GET", "POST", "DELETE"), text),
    path: text,
    queryStringParameters: field(map),
    multiValueQueryStringParameters: field(map),
    requestContext: field(fc.record({ stage: text })),
  },
  { requiredKeys: ["httpMethod", "path"] },
);
const alb = fc.record(
  {
    ...common,
    httpMethod: field(text),
    path: field(text),
    queryStringParameters: field(map),
    requestContext: fc.record({ elb: fc.record({ targetGroupArn: text }) }),
  },
  { requiredKeys: ["requestContext"] },
);

describe("whatever the event", () => {
  it.each([
    ["of an HTTP API", v2],
    ["of a REST API", v1],
    ["of a load balancer", alb],
    ["of any kind", anything],
  ])(
    "%s, an HTTP function answers with a result, or fails with an error that says why",
    async (_name, events) => {
      await fc.assert(
        fc.asyncProperty(events as fc.Arbitrary<unknown>, async (event) => {
          const outcome = await invoke(app, event).catch((error: unknown) => error);
          if (outcome instanceof Error) {
            expect(outcome).toBeInstanceOf(DispatchError);
            expect((outcome as DispatchError).code).toMatch(/^LAC300[45]$/);
            expect((outcome as DispatchError).hint).toBeTruthy();
          } else {
            expect([200, 400]).toContain((outcome as { statusCode: number }).statusCode);
          }
          expect(Object.keys(Object.prototype)).toEqual([]);
        }),
        { numRuns: 300 },
      );
    },
  );
});
