// What HTTP clients talk to.
import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";

const routes = {
  "/json": (request, response) =>
    response
      .setHeader("content-type", "application/json")
      .end(JSON.stringify({ text: "grüße 🎉", list: [1, null] })),
  "/text": (request, response) =>
    response.setHeader("content-type", "text/plain; charset=utf-8").end("just text ä"),
  "/latin1": (request, response) =>
    response.setHeader("content-type", "text/plain; charset=iso-8859-1").end(Buffer.from("grüße", "latin1")),
  "/bytes": (request, response) =>
    response
      .setHeader("content-type", "application/octet-stream")
      .end(Buffer.from(Uint8Array.from({ length: 256 }, (_, i) => i))),
  "/large": (request, response) => response.end("0123456789".repeat(200_000)),
  "/gzip": (request, response) =>
    response.setHeader("content-encoding", "gzip").end(gzipSync("compressed text ä".repeat(50))),
  "/deflate": (request, response) =>
    response.setHeader("content-encoding", "deflate").end(deflateSync("compressed text ä".repeat(50))),
  "/br": (request, response) =>
    response.setHeader("content-encoding", "br").end(brotliCompressSync("compressed text ä".repeat(50))),
  "/redirect": (request, response) => response.writeHead(302, { location: "/json" }).end(),
  "/redirect/see-other": (request, response) => response.writeHead(303, { location: "/echo" }).end(),
  "/redirect/keep": (request, response) => response.writeHead(307, { location: "/echo" }).end(),
  "/redirect/loop": (request, response) => response.writeHead(302, { location: "/redirect/loop" }).end(),
  "/cookies": (request, response) =>
    response
      .setHeader("set-cookie", ["a=1; Path=/", "b=2; HttpOnly"])
      .end(request.headers.cookie ?? "no cookies"),
  "/headers": (request, response) =>
    response.setHeader("x-many", ["a", "b"]).setHeader("x-one", "1").end("headers"),
  "/empty": (request, response) => response.writeHead(204).end(),
  "/error": (request, response) =>
    response.writeHead(500, { "content-type": "application/json" }).end('{"error":"on purpose"}'),
  "/missing": (request, response) =>
    response.writeHead(404, { "content-type": "text/plain" }).end("not here"),
  "/broken-json": (request, response) =>
    response.setHeader("content-type", "application/json").end("{broken"),
  "/slow": (request, response) => void setTimeout(() => response.end("slow"), 400),
  "/hang-up": (request) => request.socket.destroy(),
  "/chunks"(request, response) {
    for (let i = 0; i < 20; i++) response.write(`chunk ${i}\n`);
    setTimeout(() => response.end("last"), 5);
  },
  "/auth": (request, response) =>
    request.headers.authorization === "Basic em9lOnNlY3JldA=="
      ? response.end("welcome")
      : response.writeHead(401, { "www-authenticate": 'Basic realm="x"' }).end("who?"),
  "/flaky": (request, response) =>
    flaky++ % 3 === 2 ? response.end("third time lucky") : response.writeHead(503).end("try again"),
  "/sse": (request, response) =>
    response.setHeader("content-type", "text/event-stream").end("event: a\ndata: 1\n\ndata: 2\n\n"),
  async "/echo"(request, response) {
    const chunks = await request.toArray();
    const body = Buffer.concat(chunks);
    const kept = [
      "content-type",
      "content-length",
      "transfer-encoding",
      "x-custom",
      "accept",
      "authorization",
      "cookie",
    ];
    const headers = Object.fromEntries(
      kept.filter((name) => name in request.headers).map((name) => [name, request.headers[name]]),
    );
    response.setHeader("content-type", "application/json");
    response.end(
      JSON.stringify({
        method: request.method,
        url: request.url,
        headers,
        length: body.length,
        body: body.length < 2000 ? body.toString() : createHash("sha1").update(body).digest("hex"),
      }),
    );
  },
};

let flaky = 0;

/** @returns {Promise<import("../harness/services.mjs").Service>} */
export async function start() {
  const server = createServer((request, response) => {
    const route = routes[request.url.split("?")[0]];
    if (route) route(request, response);
    else response.writeHead(404).end("no such route");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    env: { UPSTREAM: `http://127.0.0.1:${server.address().port}` },
    async reset() {
      flaky = 0;
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
