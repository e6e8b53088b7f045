import { describe, expect, it } from "vitest";
import { fetching, invoke, plain } from "../functions.js";
import { answer, requestOf, resultFor, sample } from "./samples.js";

describe("a WebSocket API", () => {
  it("connects with GET /$connect, headers and query of the client", () => {
    expect(requestOf(sample("websocket-connect"))).toMatchObject({
      method: "GET",
      scheme: "https",
      host: "qwer1234.execute-api.us-east-1.amazonaws.com",
      path: "/$connect",
      query: "room=a%20b&token=t%261",
      headers: expect.arrayContaining([
        ["sec-websocket-protocol", "chat.v1, chat.v2"],
        ["cookie", "session=abc"],
      ]) as unknown,
      body: undefined,
    });
  });

  it.each([
    ["websocket-disconnect", "/$disconnect", undefined, undefined],
    ["websocket-default", "/$default", "hello there", "text/plain;charset=UTF-8"],
    ["websocket-route", "/sendMessage", '{"action":"sendMessage","text":"grüße"}', "application/json"],
    ["websocket-binary", "/$default", Buffer.from([0, 1, 2, 0xff, 0xfe, 0xfd]), "application/octet-stream"],
  ])("sends %s as POST %s", (name, path, body, type) => {
    const request = requestOf(sample(name));
    expect(request).toMatchObject({ method: "POST", path });
    expect(request.body).toEqual(body);
    expect(request.headers.find(([field]) => field === "content-type")?.[1]).toBe(type);
  });

  it("escapes a route's key that is no path", () => {
    const event = sample("websocket-route");
    const requestContext = { ...(event["requestContext"] as object), routeKey: "say hello?" };
    expect(requestOf({ ...event, requestContext }).path).toBe("/say%20hello%3F");
  });

  it("is answered with status, headers and body", () => {
    const headers = [["sec-websocket-protocol", "chat.v2"]] as const;
    expect(resultFor(sample("websocket-connect"), answer({ headers, body: "hi" }))).toEqual({
      statusCode: 200,
      headers: { "sec-websocket-protocol": "chat.v2" },
      multiValueHeaders: {},
      body: "hi",
      isBase64Encoded: false,
    });
  });

  it("is served by an HTTP app by route, with the connection in the request context", async () => {
    const app = fetching(async (request, env) => {
      const { pathname } = new URL(request.url);
      if (pathname === "/$connect") return new Response(null, { status: 401 });
      const { connectionId } = env.requestContext as { connectionId: string };
      return new Response(`${pathname} ${connectionId} ${await request.text()}`);
    });
    expect(await invoke(app, sample("websocket-connect"))).toMatchObject({ statusCode: 401 });
    expect(await invoke(app, sample("websocket-default"))).toMatchObject({
      statusCode: 200,
      body: "/$default Fxs_jeaAIAMCJXg= hello there",
    });
  });

  it("goes to a plain function as it is", async () => {
    const event = sample("websocket-route");
    expect(
      await invoke(
        plain((received) => ({ statusCode: 200, body: JSON.stringify(received) })),
        event,
      ),
    ).toEqual({ statusCode: 200, body: JSON.stringify(event) });
  });
});
