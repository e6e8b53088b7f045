import http, { type IncomingMessage, type RequestOptions } from "node:http";
import https from "node:https";
import tls from "node:tls";
import type { Duplex } from "node:stream";
import { failure, once, record } from "./observe.js";
import type { Scenario } from "./scenarios.js";

const host = "127.0.0.1";

async function text(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("latin1");
}

/** One request, and of the response what an app can see. */
async function exchange(
  url: string,
  options: RequestOptions & tls.ConnectionOptions = {},
  body?: string,
): Promise<unknown> {
  const client = url.startsWith("https:") ? https : http;
  const request = client.request(url, options);
  request.end(body);
  const [response] = (await once(request, "response")) as [IncomingMessage];
  const content = await text(response);
  const { statusCode, statusMessage, httpVersion, trailers, complete } = response;
  const rawHeaders = response.rawHeaders.filter((field) => !field.endsWith("GMT"));
  return { statusCode, statusMessage, httpVersion, rawHeaders, trailers, complete, content };
}

/** Ports differ from run to run; the reflected request holds them. */
const stable = (value: unknown, port: number): unknown =>
  JSON.parse(JSON.stringify(value).replaceAll(String(port), "PORT"));

/** The HTTP client. */
export const requests: Readonly<Record<string, Scenario>> = {
  GET: async ({ http: port }) => stable(await exchange(`http://${host}:${port}/echo?a=1`), port),
  "POST with headers in lists and numbers": async ({ http: port }) =>
    stable(
      await exchange(
        `http://${host}:${port}/echo`,
        { method: "post", headers: { "X-One": 1, "x-list": ["a", "b"] }, auth: "u:p" },
        "bödy",
      ),
      port,
    ),
  "headers as a flat list, as they are": async ({ http: port }) =>
    stable(
      await exchange(`http://${host}:${port}/echo`, {
        headers: ["Host", "h", "X-A", "1", "x-a", "2"] as never,
      }),
      port,
    ),
  "a body in chunks, with trailers, both ways": async ({ http: port }) => {
    const request = http.request({
      host,
      port,
      path: "/trailers",
      method: "PUT",
      headers: { Trailer: "x-end" },
    });
    request.write("a");
    setTimeout(() => {
      request.addTrailers({ "x-end": "1" });
      request.end("b");
    }, 10);
    const [response] = (await once(request, "response")) as [IncomingMessage];
    return { content: await text(response), trailers: response.trailers };
  },
  "a large response, piece by piece": async ({ http: port }) => {
    const [response] = (await once(http.get(`http://${host}:${port}/large`), "response")) as [
      IncomingMessage,
    ];
    let length = 0;
    for await (const chunk of response) length += (chunk as Buffer).length;
    return length;
  },
  "HTTPS that is not trusted, and that is": async ({ https: port, certificate: ca }) => ({
    refused: await failure(exchange(`https://localhost:${port}/echo`)),
    trusted: stable(await exchange(`https://localhost:${port}/echo`, { ca }), port),
  }),
  "a connection that is kept": async ({ http: port }) => {
    const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
    const url = `http://${host}:${port}/connection`;
    const seen = (await Promise.all([1, 2, 3].map(() => exchange(url, { agent })))) as { content: string }[];
    const free = Object.entries(agent.freeSockets).map(([name, sockets]) => [name, sockets?.length]);
    agent.destroy();
    return stable({ connections: new Set(seen.map(({ content }) => content)).size, free }, port);
  },
  "a connection that the server closes": async ({ http: port }) => {
    const agent = new http.Agent({ keepAlive: true });
    const result = await exchange(`http://${host}:${port}/close`, { agent });
    return { result, free: Object.keys(agent.freeSockets), sockets: Object.keys(agent.sockets) };
  },
  refused: async ({ closed }) => stable(await failure(exchange(`http://${host}:${closed}/`)), closed),
  "a server that hangs up": async ({ http: port }) => failure(exchange(`http://${host}:${port}/hang-up`)),
  "a response that breaks off": async ({ http: port }) =>
    failure(exchange(`http://${host}:${port}/break-off`)),
  "a response that is not HTTP": async ({ tcp }) => {
    const { code } = (await failure(exchange(`http://${host}:${tcp}/`))) as { code: string };
    return code;
  },
  "a timeout": async ({ http: port }) => {
    const request = http.get(`http://${host}:${port}/slow`, { timeout: 20 });
    const events = record(request, "timeout", "abort", "error", "close");
    request.on("timeout", () => request.destroy());
    await new Promise((resolve) => request.once("close", resolve));
    return events;
  },
  "an abort by signal": async ({ http: port }) => {
    const controller = new AbortController();
    const request = http.get(`http://${host}:${port}/slow`, { signal: controller.signal });
    const events = record(request, "error", "close");
    setTimeout(() => controller.abort(), 20);
    await new Promise((resolve) => request.once("close", resolve));
    return events;
  },
  "responses without a body": async ({ http: port }) => ({
    head: await exchange(`http://${host}:${port}/large`, { method: "HEAD" }),
    noContent: await exchange(`http://${host}:${port}/no-content`),
  }),
  "Expect: 100-continue": async ({ http: port }) => {
    const request = http.request(`http://${host}:${port}/echo`, {
      method: "POST",
      headers: { Expect: "100-continue" },
    });
    const events = record(request, "continue", "information", "finish");
    request.once("continue", () => request.end("now"));
    const [response] = (await once(request, "response")) as [IncomingMessage];
    return { events, content: stable(await text(response), port) };
  },
  "an upgrade": async ({ http: port }) => {
    const request = http.request(`http://${host}:${port}/`, {
      headers: { Connection: "Upgrade", Upgrade: "echo" },
    });
    request.end();
    const [response, socket, head] = (await once(request, "upgrade")) as [IncomingMessage, Duplex, Buffer];
    socket.write("ping");
    const [echoed] = await once(socket, "data");
    socket.destroy();
    return { status: response.statusCode, head: String(head), echoed: String(echoed) };
  },
  "HTTPS through a proxy's tunnel": async ({ http: proxy, https: port, certificate: ca }) => {
    const request = http.request({ host, port: proxy, method: "CONNECT", path: `${host}:${port}` });
    request.end();
    const [response, socket] = (await once(request, "connect")) as [IncomingMessage, Duplex];
    const tunnel = tls.connect({ socket, ca, servername: "localhost" });
    await once(tunnel, "secureConnect");
    const result = await exchange(`https://localhost:${port}/no-content`, {
      createConnection: () => tunnel,
    } as RequestOptions & tls.ConnectionOptions);
    return { status: response.statusCode, result };
  },
};
