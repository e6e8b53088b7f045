import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { invoke } from "../functions.js";
import { echoApps, type Echo } from "./echo-apps.js";
import { gateways, type WireRequest } from "./gateways.js";

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

/** A balancer with single values keeps the last of several. */
function queryBehind(source: string, { pairs: query }: Generated): string[][] {
  const kept = source === "ALB, single value headers" ? [...new Map(query)] : query;
  return kept.map((pair) => [...pair]).sort();
}

describe.each(Object.entries(echoApps))("whatever the request, %s", (kind, app) => {
  it.each(Object.entries(gateways))("behind %s sees what the client sent", async (source, gateway) => {
    const isDecoding = source === "API Gateway HTTP API";
    await fc.assert(
      fc.asyncProperty(wireRequests, async (any) => {
        // Decoded as a whole, a path no longer tells its own delimiters from those that were encoded.
        const decodable = any.segments.map((one) => one.replace(/[/.%]/g, "a"));
        const generated = isDecoding ? { ...any, segments: decodable } : any;
        const request = onWire(generated);
        const result = (await invoke(app, gateway.toEvent(request))) as { statusCode: number; body: string };
        expect(result.statusCode).toBe(200);
        const seen = JSON.parse(result.body) as Echo;
        const url = new URL(seen.url);
        expect(seen.method).toBe(request.method);
        const path = `/${generated.segments.map(encodeURIComponent).join("/")}`;
        if (isDecoding) expect(decodeURIComponent(url.pathname)).toBe(decodeURIComponent(path));
        else expect(url.pathname).toBe(path);
        expect([...url.searchParams].sort()).toEqual(queryBehind(source, generated));
        const headers = new Map(seen.headers);
        for (const [name, sent] of generated.headers) expect(headers.get(name.toLowerCase())).toBe(sent);
        const cookie = generated.cookies.map((pair) => pair.join("=")).join("; ");
        expect(headers.get("cookie") ?? "").toBe(cookie);
        const { body } = generated;
        // A fetch Request of a GET has no body.
        const isSeen = body !== null && !(kind === "a fetch app" && request.method === "GET");
        expect(seen.body).toBe(isSeen ? Buffer.from(body).toString("base64") : "");
        if (body !== null) expect(headers.get("content-length")).toBe(String(body.length));
      }),
      { numRuns: 150 },
    );
  });
});
