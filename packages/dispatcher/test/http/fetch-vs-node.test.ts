import { request as httpRequest, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fetching, invoke } from "../functions.js";
import { createApp } from "./app.js";
import { corpus } from "./corpus.js";
import { gateways, type WireRequest, type WireResponse } from "./gateways.js";

/** Headers that a server or a gateway adds for the connection and the body's framing. */
const FRAMING = new Set(["date", "connection", "keep-alive", "transfer-encoding", "content-length"]);

const app = createApp();
let server: Server;
let port: number;

beforeAll(async () => {
  server = serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" }) as Server;
  if (!server.listening) await new Promise((resolve) => server.once("listening", resolve));
  port = (server.address() as AddressInfo).port;
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

function overSocket({ method, target, headers, body }: WireRequest): Promise<WireResponse> {
  const flat = [["host", "localhost"], ...headers, ["content-length", String(body?.length ?? 0)]].flat();
  return new Promise((resolve, reject) => {
    const options = { host: "127.0.0.1", port, method, path: target, headers: flat, agent: false };
    const sent = httpRequest(options, (message) => {
      const chunks: Buffer[] = [];
      message.on("data", (chunk: Buffer) => chunks.push(chunk));
      message.on("end", () =>
        resolve({
          status: message.statusCode!,
          headers: lines(message.rawHeaders),
          body: Buffer.concat(chunks),
        }),
      );
    });
    sent.on("error", reject).end(body);
  });
}

function lines(raw: readonly string[]): [string, string][] {
  return raw
    .flatMap((name, at): [string, string][] => (at % 2 === 0 ? [[name.toLowerCase(), raw[at + 1]!]] : []))
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}

function comparable({ status, headers, body }: WireResponse): unknown {
  return {
    status,
    headers: headers.filter(([name]) => !FRAMING.has(name)),
    body: Buffer.from(body).toString("base64"),
  };
}

/** What a source loses before the function is asked: nothing that the function could restore. */
const lost: Record<string, readonly string[]> = {
  // It decodes the path, so an encoded delimiter is one like others.
  "API Gateway HTTP API": ["an encoded parameter", "a malformed escape", "a path kept encoded"],
  // It keeps the last of several values.
  "ALB, single value headers": ["repeated query keys"],
};

for (const [source, gateway] of Object.entries(gateways)) {
  describe(`a Hono app behind ${source} answers as it does over a socket`, () => {
    const cases = Object.entries(corpus).filter(([name]) => !lost[source]?.includes(name));
    it.each(cases)("%s", async (_name, request) => {
      const event = gateway.toEvent({ ...request, headers: [["host", "localhost"], ...request.headers] });
      const result = await invoke(
        fetching((input, env, execution) => app.fetch(input, env, execution)),
        event,
      );
      expect(comparable(gateway.fromResult(result))).toEqual(comparable(await overSocket(request)));
    });
  });
}
