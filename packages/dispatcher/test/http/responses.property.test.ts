import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fetching, invoke } from "../functions.js";
import { gateways } from "./gateways.js";

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
