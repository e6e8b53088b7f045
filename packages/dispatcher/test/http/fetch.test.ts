import { describe, expect, it, vi } from "vitest";
import type { FetchFunction } from "../../src/index.js";
import { fetching, invoke } from "../functions.js";

type Event = Record<string, unknown>;

function urlEvent(parts: Event = {}, http: Event = {}): Event {
  return {
    version: "2.0",
    rawPath: "/",
    rawQueryString: "",
    headers: { host: "localhost" },
    requestContext: { stage: "$default", http: { method: "GET", path: "/", ...http } },
    isBase64Encoded: false,
    ...parts,
  };
}

const ok: FetchFunction = () => new Response("ok");
const answer = (app: FetchFunction, event: unknown = urlEvent()): Promise<unknown> =>
  invoke(fetching(app), event);

describe("a fetch function", () => {
  it("receives event and context under the names of Hono's Lambda adapter", async () => {
    const result = await invoke(
      fetching((_request, env, execution) =>
        Response.json({
          same: env.event === env.event && env.context === env.lambdaContext,
          id: env.lambdaContext.awsRequestId,
          stage: (env.requestContext as Event)["stage"],
          props: execution.props,
          pass: execution.passThroughOnException() ?? null,
        }),
      ),
      urlEvent(),
      { awsRequestId: "id-1" },
    );
    expect(JSON.parse((result as { body: string }).body)).toEqual({
      same: true,
      id: "id-1",
      stage: "$default",
      props: {},
      pass: null,
    });
  });

  it("finishes what waitUntil was given before it answers, and reports what fails there", async () => {
    const error = vi.spyOn(console, "error").mockReturnValue();
    const done: string[] = [];
    await answer((_request, _env, execution) => {
      execution.waitUntil(new Promise((resolve) => setTimeout(resolve, 5)).then(() => done.push("done")));
      execution.waitUntil(Promise.reject(new Error("background")));
      return new Response("x");
    });
    expect(done).toEqual(["done", "done"]);
    expect(error).toHaveBeenCalledWith(expect.objectContaining({ message: "background" }));
    error.mockRestore();
  });

  it("may throw: the invocation fails with what it threw", async () => {
    const boom = new Error("boom");
    await expect(answer(() => Promise.reject(boom))).rejects.toBe(boom);
    await expect(
      answer(() => {
        throw boom;
      }),
    ).rejects.toBe(boom);
  });

  it.each([undefined, null, "text", {}, 200])("must give a Response, not %j", async (value) => {
    await expect(answer(() => value as never)).rejects.toMatchObject({ code: "LAC3006" });
  });

  it("never sees the body of a GET, and a HEAD never shows one", async () => {
    const seen: unknown[] = [];
    await answer(
      (request) => {
        seen.push(request.body);
        return new Response("x");
      },
      urlEvent({ body: "body" }),
    );
    expect(seen).toEqual([null, null]);
    expect(await answer(ok, urlEvent({}, { method: "HEAD" }))).toMatchObject({ statusCode: 200, body: "" });
  });

  it("gets no type for a body that came without one", async () => {
    const echo: FetchFunction = async (request) =>
      new Response(`${request.headers.get("content-type")}:${await request.text()}`);
    const event = urlEvent({ body: "ü" }, { method: "POST" });
    expect(await answer(echo, event)).toMatchObject({ body: "null:ü" });
  });
});

describe("a request that no app should see is answered with 400", () => {
  it.each<[string, Event, Event?]>([
    ["base64 that is none", { body: "%%%", isBase64Encoded: true }, { method: "POST" }],
    ["a line break in a header", { headers: { host: "h", "x-a": "1\r\nx-b: 2" } }],
    ["a zero byte in a header", { headers: { host: "h", "x-a": "1\u00002" } }],
    ["a header name that is none", { headers: { host: "h", "x a": "1" } }],
    ["a host that is a path", { headers: { host: "evil.example/x?" } }],
    ["a host with credentials", { headers: { host: "user:pass@evil.example" } }],
    ["an empty host", { headers: { host: "" } }],
    ["a method that is none", {}, { method: "GET / HTTP/1.1\r\n" }],
    ["a method that fetch forbids", {}, { method: "TRACE" }],
  ])("%s", async (_name, parts, http) => {
    const app = vi.fn(ok);
    expect(await answer(app, urlEvent(parts, http))).toMatchObject({
      statusCode: 400,
      headers: { "content-type": "application/json" },
      body: expect.stringContaining("message") as string,
    });
    expect(app).not.toHaveBeenCalled();
  });

  it("and the next one is served", async () => {
    await answer(ok, urlEvent({ headers: { host: "?" } }));
    expect(await answer(ok)).toMatchObject({ statusCode: 200, body: "ok" });
  });
});
