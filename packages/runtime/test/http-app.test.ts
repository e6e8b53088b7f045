import { EventEmitter } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { Context } from "aws-lambda";
import { afterEach, describe, expect, it } from "vitest";
import { http, main, type HttpApp } from "../src/index.js";

const event = {
  version: "2.0",
  rawPath: "/path",
  rawQueryString: "",
  headers: { host: "example.com" },
  requestContext: { http: { method: "GET", path: "/path" }, stage: "$default" },
};

const listener = (request: IncomingMessage, response: ServerResponse, next?: unknown): void =>
  void response.end(`${request.method} ${request.url}${next === undefined ? "" : " and next"}`);

const emitter = (): EventEmitter => new EventEmitter().on("request", listener);

/** Apps by the members that their frameworks have, because that is what they are told apart by. */
const apps: readonly (readonly [string, unknown])[] = [
  ["a listener", listener],
  [
    "a listener with next",
    (request: never, response: never, next: unknown) => listener(request, response, next),
  ],
  [
    "an app that is a function with a handle method",
    Object.assign((...both: never[]) => (listener as (...both: never[]) => void)(...both), {
      handle: () => 1,
    }),
  ],
  ["a server", createServer(listener)],
  ["an app that makes a listener", { callback: () => listener, listen: () => 1 }],
  ["an app that is made ready", { ready: async () => undefined, routing: listener }],
  [
    "an app on an adapter",
    { init: async () => undefined, getHttpAdapter: () => ({ getInstance: () => listener }) },
  ],
  ["an app with a handler", { handler: listener, listen: () => 1 }],
  ["an app that keeps a server as listener", { initialize: async () => undefined, listener: emitter() }],
  ["an app that keeps a server", { server: emitter() }],
  ["a promise of an app", Promise.resolve(listener)],
];

async function answer(app: unknown): Promise<unknown> {
  const service = main("Apps", "", [http("site", app as HttpApp as never)]);
  return service.handler("site")(event, {} as Context);
}

describe("an HTTP app", () => {
  it.each(apps)("%s is called with Node's request and response", async (_name, app) => {
    expect(await answer(app)).toMatchObject({ statusCode: 200, body: "GET /path" });
  });

  it("that is a fetch app is asked for a Response, also when it is a function", async () => {
    const fetch = (request: Request): Response => new Response(new URL(request.url).pathname);
    expect(await answer({ fetch })).toMatchObject({ body: "/path" });
    expect(await answer(fetch)).toMatchObject({ body: "/path" });
  });

  it("that cannot be made ready fails every request in the same way", async () => {
    const app = { ready: () => Promise.reject(new Error("no database")), routing: listener };
    const service = main("Apps", "", [http("site", app as never)]);
    const handler = service.handler("site");
    await expect(handler(event, {} as Context)).rejects.toThrow("no database");
    await expect(handler(event, {} as Context)).rejects.toThrow("no database");
  });

  it("is made ready once", async () => {
    let count = 0;
    const app = { ready: async () => void count++, routing: listener };
    const handler = main("Apps", "", [http("site", app as never)]).handler("site");
    await Promise.all([handler(event, {} as Context), handler(event, {} as Context)]);
    await handler(event, {} as Context);
    expect(count).toBe(1);
  });
});

describe("an app that is not named", () => {
  const provided = Symbol.for("laconic.http");
  const serverOn = (address: unknown): object => Object.assign(emitter(), { address: () => address });
  const answerOf = (...servers: object[]): Promise<unknown> => {
    (globalThis as Record<symbol, unknown>)[provided] = { servers };
    return main("Apps", "", [http("site", { timeout: 3 })]).handler("site")(event, {} as Context);
  };
  afterEach(() => void ((globalThis as Record<symbol, unknown>)[provided] = undefined));

  it("is the server that listens when a request comes", async () => {
    expect(await answerOf(serverOn({ port: 3000 }))).toMatchObject({ body: "GET /path" });
    expect(await answerOf(serverOn("/tmp/socket"))).toMatchObject({ body: "GET /path" });
  });

  it("may listen on several addresses of one port", async () => {
    expect(await answerOf(serverOn({ port: 3000 }), serverOn({ port: 3000 }))).toMatchObject({
      statusCode: 200,
    });
  });

  it("must be named when several ports are open, or none", async () => {
    await expect(answerOf(serverOn({ port: 1 }), serverOn({ port: 2 }))).rejects.toMatchObject({
      code: "LAC3012",
      message: expect.stringContaining("1 and 2") as unknown,
    });
    await expect(answerOf()).rejects.toMatchObject({ code: "LAC3011" });
  });
});
