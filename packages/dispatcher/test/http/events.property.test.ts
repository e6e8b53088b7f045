import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DispatchError, fetchAdapter } from "../../src/index.js";
import { fetching, invoke } from "../functions.js";
import { gateways, type WireRequest } from "./gateways.js";
import { hostileEvents } from "./hostile.js";

/** Echoes what the request was, so that nothing of it is left unread. */
const app = fetchAdapter(
  "subject",
  async (request) => {
    const body = Buffer.from(await request.arrayBuffer()).toString("base64");
    const { method, url } = request;
    return Response.json({ method, url, headers: [...request.headers], body });
  },
  { basePath: ["/v1", "/"] },
);

interface Echo {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
}

describe("whatever the event", () => {
  it.each(Object.entries(hostileEvents))(
    "of %s, an HTTP function answers with a result, or fails with an error that says why",
    async (source, events) => {
      await fc.assert(
        fc.asyncProperty(events, async (event) => {
          const outcome = await invoke(app, event).catch((error: unknown) => error);
          if (outcome instanceof Error) {
            expect(outcome).toBeInstanceOf(DispatchError);
            expect((outcome as DispatchError).code).toBe("LAC3005");
            expect((outcome as DispatchError).hint).toBeTruthy();
          } else if (source !== "no HTTP source") {
            expect([200, 400]).toContain((outcome as { statusCode: number }).statusCode);
          }
          expect(Object.keys(Object.prototype)).toEqual([]);
        }),
        { numRuns: 300 },
      );
    },
  );
});

const segment = fc.string({
  unit: fc.constantFrom("a", "ü", "☃", " ", "%", "/", "?", "#", "+", "&", "\\", ".", "😀"),
});
const pairs = fc.array(
  fc.tuple(
    segment.filter((name) => name !== ""),
    segment.filter((value) => value !== ""),
  ),
  {
    maxLength: 4,
  },
);
const value = fc.string({ unit: fc.constantFrom("a", "B", "1", ";", "=", '"', "%"), minLength: 1 });
const wireRequests = fc.record({
  method: fc.constantFrom("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"),
  segments: fc.array(
    segment.filter((one) => !/^\.{0,2}$/.test(one)),
    { maxLength: 4 },
  ),
  pairs,
  headers: fc.uniqueArray(fc.tuple(fc.constantFrom("x-a", "X-B", "accept", "Authorization"), value), {
    selector: ([name]) => name,
  }),
  cookies: fc.array(fc.tuple(fc.constantFrom("a", "b"), fc.stringMatching(/^\w{1,5}$/)), { maxLength: 3 }),
  body: fc.option(fc.uint8Array({ minLength: 1, maxLength: 300 })),
  type: fc.constantFrom("application/octet-stream", "image/png", "application/pdf"),
});
type Generated = typeof wireRequests extends fc.Arbitrary<infer Value> ? Value : never;

function onWire({ method, segments, pairs: query, headers, cookies, body, type }: Generated): WireRequest {
  const path = `/${segments.map(encodeURIComponent).join("/")}`;
  const search = query.map((pair) => pair.map(encodeURIComponent).join("=")).join("&");
  const cookie = cookies.map((pair) => pair.join("=")).join("; ");
  return {
    method,
    target: search === "" ? path : `${path}?${search}`,
    headers: [
      ["host", "example.com"],
      ...headers,
      ...(cookie === "" ? [] : [["cookie", cookie] as const]),
      ...(body === null ? [] : [["content-type", type] as const]),
    ],
    ...(body !== null && { body }),
  };
}

describe("whatever the request", () => {
  it.each(Object.entries(gateways))(
    "behind %s, the app sees what the client sent",
    async (source, gateway) => {
      const isDecoding = source === "API Gateway HTTP API";
      await fc.assert(
        fc.asyncProperty(wireRequests, async (any) => {
          // Decoded as a whole, a path no longer tells its own delimiters from those that were encoded.
          const decodable = any.segments.map((one) => one.replace(/[/.%]/g, "a"));
          const generated = isDecoding ? { ...any, segments: decodable } : any;
          const request = onWire(generated);
          const { statusCode, body } = (await invoke(
            fetching(async (seen) => Response.json(await echo(seen))),
            gateway.toEvent(request),
          )) as { statusCode: number; body: string };
          expect(statusCode).toBe(200);
          const seen = JSON.parse(body) as Echo;
          const url = new URL(seen.url);
          expect(seen.method).toBe(request.method);
          const path = `/${generated.segments.map(encodeURIComponent).join("/")}`;
          if (isDecoding) expect(decodeURIComponent(url.pathname)).toBe(decodeURIComponent(path));
          else expect(url.pathname).toBe(path);
          const lastOnly = source === "ALB, single value headers";
          const query = lastOnly ? [...new Map(generated.pairs)] : generated.pairs;
          expect([...url.searchParams].sort()).toEqual(query.map((pair) => [...pair]).sort());
          const headers = new Map(seen.headers);
          for (const [name, sent] of generated.headers) expect(headers.get(name.toLowerCase())).toBe(sent);
          const cookie = generated.cookies.map((pair) => pair.join("=")).join("; ");
          expect(headers.get("cookie") ?? "").toBe(cookie);
          const hasBody = request.method !== "GET" && generated.body !== null;
          expect(seen.body).toBe(hasBody ? Buffer.from(generated.body!).toString("base64") : "");
          if (generated.body !== null)
            expect(headers.get("content-length")).toBe(String(generated.body.length));
        }),
        { numRuns: 150 },
      );
    },
  );

  async function echo(request: Request): Promise<Echo> {
    const body = Buffer.from(await request.arrayBuffer()).toString("base64");
    return { method: request.method, url: request.url, headers: [...request.headers], body };
  }
});

const responses = fc.record({
  status: fc.integer({ min: 200, max: 599 }).filter((status) => ![204, 205, 304].includes(status)),
  headers: fc.uniqueArray(
    fc.tuple(
      fc.constantFrom("x-a", "x-b", "location", "etag", "content-encoding"),
      fc.stringMatching(/^\w{1,8}$/),
    ),
    { selector: ([name]) => name },
  ),
  cookies: fc.array(fc.stringMatching(/^\w=\w{1,4}; Expires=Wed, 21 Oct 2026$/), { maxLength: 4 }),
  type: fc.constantFrom("text/plain", "application/json", "image/png", "text/html; charset=utf-8"),
  body: fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc.string({ unit: "binary" }).map((one) => Buffer.from(one)),
  ),
});

describe("whatever the response", () => {
  it.each(Object.entries(gateways))(
    "behind %s, the client gets what the app sent",
    async (_source, gateway) => {
      await fc.assert(
        fc.asyncProperty(responses, async ({ status, headers, cookies, type, body }) => {
          const result = await invoke(
            fetching(() => {
              const response = new Response(Uint8Array.from(body), {
                status,
                headers: [...headers, ["content-type", type]],
              });
              for (const cookie of cookies) response.headers.append("set-cookie", cookie);
              return response;
            }),
            gateway.toEvent({ method: "GET", target: "/", headers: [["host", "example.com"]] }),
          );
          const received = gateway.fromResult(result);
          const sent = [
            ...headers,
            ["content-type", type],
            ...cookies.map((cookie) => ["set-cookie", cookie]),
          ];
          expect(received.status).toBe(status);
          expect(received.headers.map((pair) => pair.join(": ")).sort()).toEqual(
            sent.map((pair) => pair.join(": ")).sort(),
          );
          expect(Buffer.from(received.body).equals(Buffer.from(body))).toBe(true);
          const isEncoded = headers.some(([name]) => name === "content-encoding") && body.length > 0;
          if (isEncoded) expect((result as { isBase64Encoded: boolean }).isBase64Encoded).toBe(true);
        }),
        { numRuns: 150 },
      );
    },
  );
});
