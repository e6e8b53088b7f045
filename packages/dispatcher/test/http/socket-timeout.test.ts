import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { Context } from "aws-lambda";
import { expect, it } from "vitest";
import { listenerAdapter, serverListener, type Listener } from "../../src/index.js";

const EVENT = {
  version: "2.0",
  routeKey: "$default",
  rawPath: "/",
  rawQueryString: "",
  headers: {},
  requestContext: { http: { method: "GET", path: "/", sourceIp: "192.0.2.1" } },
  isBase64Encoded: false,
};

function ask(listener: Listener): Promise<{ body: string }> {
  const { call } = listenerAdapter("timeouts", () => listener);
  return call(EVENT, {} as Context, (result: unknown) => result as { body: string }) as Promise<{
    body: string;
  }>;
}

it("calls back when a response waits for longer than it said", async () => {
  const { body } = await ask((_request, response) => {
    response.setTimeout(5, () => response.end("late"));
  });
  expect(body).toBe("late");
});

it("tells the response of the time that the request said, as the request is complete by then", async () => {
  const { body } = await ask((request, response) => {
    request.setTimeout(5, () => response.end("request"));
    response.on("timeout", () => response.end("response"));
  });
  expect(body).toBe("response");
});

it("gives up a connection of which nobody hears that it is idle", async () => {
  let closed = false;
  const asked = ask((request, response) => {
    request.socket.setTimeout(5);
    response.on("close", () => (closed = true));
  });
  await expect(asked).rejects.toMatchObject({ code: "LAC3010" });
  expect(closed).toBe(true);
});

it("counts from the last byte that was written", async () => {
  const heard: string[] = [];
  const { body } = await ask((_request, response) => {
    response.setTimeout(200, () => heard.push("timeout"));
    let count = 0;
    const writing = setInterval(() => {
      response.write("x");
      if (++count < 10) return;
      clearInterval(writing);
      response.end();
    }, 30);
  });
  expect(body).toBe("xxxxxxxxxx");
  expect(heard).toEqual([]);
});

it("asks the server that hears the request, for as long as that said", async () => {
  const server = createServer((_request: IncomingMessage, response: ServerResponse) => {
    server.on("timeout", () => response.end("server"));
  });
  server.setTimeout(5);
  const { body } = await ask(serverListener(server));
  expect(body).toBe("server");
});

it("leaves no timer behind an answer", async () => {
  const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === "Timeout").length;
  const before = timers();
  await ask((_request, response) => {
    response.setTimeout(60_000);
    response.end("done");
  });
  expect(timers()).toBe(before);
});
