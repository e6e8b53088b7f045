import { createHash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";

/** What a listener does, and what it has to say of how that went. */
export interface Scenario {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  readonly listener: (request: IncomingMessage, response: ServerResponse, seen: unknown[]) => unknown;
}

const code = (act: () => unknown): unknown => {
  try {
    act();
    return "no error";
  } catch (error) {
    const { name, code, message } = error as Error & { code: string };
    return [name, code, message];
  }
};

const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);

const text = async (request: IncomingMessage): Promise<string> => {
  let whole = "";
  request.setEncoding("utf8");
  for await (const chunk of request) whole += chunk;
  return whole;
};

export const scenarios: Readonly<Record<string, Scenario>> = {
  "ends with a text": { listener: (_request, response) => response.end("text") },
  "ends with nothing": { listener: (_request, response) => response.end() },
  "ends with bytes": { listener: (_request, response) => response.end(bytes) },
  "writes in pieces of several encodings": {
    listener(_request, response) {
      response.write("é", "latin1");
      response.write("ff00", "hex");
      response.write(Buffer.from("ä"));
      response.end("aGk=", "base64");
    },
  },
  "sends the status that its head had": {
    listener(_request, response) {
      response.writeHead(201, "Made");
      response.statusCode = 500;
      response.statusMessage = "Too late";
      response.end();
    },
  },
  "is asked to wait when it writes a lot at once": {
    listener(_request, response, seen) {
      const chunk = Buffer.alloc(262_144, "x");
      seen.push(response.write("a little"), response.write(chunk), response.writableNeedDrain);
      response.on("drain", () => {
        seen.push(response.writableNeedDrain);
        response.end();
      });
    },
  },
  "sees a Host that is none": {
    headers: { host: "http://example.com/x" },
    listener: (request, response) => response.end(request.headers.host),
  },
  "sees what a request is": {
    method: "POST",
    path: "/a%20b?x=1&x=2&%C3%A9",
    headers: { "x-one": "1", "X-Mixed": "Case", cookie: "a=b; c=d", accept: "text/html" },
    body: '{"a":1}',
    async listener(request, response) {
      const { method, url, httpVersion, httpVersionMajor, httpVersionMinor, headers } = request;
      const known = Object.fromEntries(
        Object.entries(headers).filter(([name]) =>
          /^(x-(?!forwarded)|cookie|accept|content-length)/.test(name),
        ),
      );
      const body = await text(request);
      response.end(
        JSON.stringify({
          method,
          url,
          httpVersion,
          httpVersionMajor,
          httpVersionMinor,
          known,
          body,
          complete: request.complete,
        }),
      );
    },
  },
  "sees its own state at every step": {
    method: "POST",
    body: "some body",
    listener(request, response, seen) {
      const state = (when: string) =>
        seen.push([
          when,
          ...[
            response.headersSent,
            response.writableEnded,
            response.writableFinished,
            response.destroyed,
            response.finished,
          ],
          ...[request.complete, request.readableEnded, request.destroyed, request.aborted, response.writable],
          ...[response.writableCorked, response.writableObjectMode, response.errored, response.closed],
        ]);
      state("start");
      request.on("data", () => state("data"));
      request.on("end", () => {
        state("end of request");
        response.write("a");
        state("written");
        response.end("b", () => state("end callback"));
        state("ended");
      });
      request.on("close", () => seen.push("request closed"));
      response.on("prefinish", () => state("prefinish"));
      response.on("finish", () => state("finish"));
      response.on("close", () => seen.push("response closed"));
    },
  },
  "pipes the request through a transform into the response": {
    method: "POST",
    body: "to be shouted",
    listener: (request, response) =>
      pipeline(
        request,
        new Transform({
          transform: (chunk: Buffer, _encoding, done) => done(null, chunk.toString().toUpperCase()),
        }),
        response,
      ),
  },
  "streams more than any buffer holds": {
    listener(_request, response, seen) {
      const hash = createHash("sha256");
      let count = 0;
      const source = new Readable({
        read() {
          const chunk = Buffer.alloc(50_000, count);
          hash.update(chunk);
          this.push(count++ < 40 ? chunk : null);
        },
      });
      source.pipe(response);
      response.on("finish", () => seen.push(count));
    },
  },
  compresses: {
    listener(_request, response) {
      response.setHeader("content-encoding", "gzip");
      response.setHeader("content-type", "text/plain");
      Readable.from(["one ", "two"]).pipe(createGzip()).pipe(response);
    },
  },
  "sets, reads, appends and removes headers": {
    listener(_request, response, seen) {
      response.setHeader("X-List", ["a", "b"]);
      response.setHeader("set-cookie", ["a=1", "b=2"]);
      response.appendHeader("x-list", "c");
      response.setHeader("Number", 5);
      response.setHeader("gone", "x");
      response.removeHeader("Gone");
      seen.push(
        response.getHeaders(),
        response.getHeaderNames(),
        (response as unknown as { getRawHeaderNames(): string[] }).getRawHeaderNames(),
        response.hasHeader("NUMBER"),
      );
      response.setHeaders(new Map([["from-map", "1"]]));
      response.end("x");
    },
  },
  "writes the head with a phrase and headers": {
    listener: (_request, response) =>
      response.writeHead(202, "Sure", { "x-a": "1", "X-B": ["2", "3"] }).end("x"),
  },
  "writes the head with a flat list": {
    listener: (_request, response) => response.writeHead(200, ["x-a", "1", "x-a", "2"]).end("x"),
  },
  "writes a head that overrides what was set": {
    listener(_request, response) {
      response.setHeader("x-a", "old");
      response.writeHead(200, { "X-A": "new" }).end("x");
    },
  },
  "flushes the head early": {
    listener(_request, response, seen) {
      response.setHeader("x-a", "1");
      response.flushHeaders();
      seen.push(
        response.headersSent,
        code(() => response.setHeader("x-b", "2")),
      );
      response.end("x");
    },
  },
  "is refused what a header must not hold": {
    listener(_request, response, seen) {
      seen.push(
        ...[code(() => response.setHeader("x", "a\r\nevil: 1")), code(() => response.setHeader("x y", "a"))],
        ...[code(() => response.setHeader("", "a")), code(() => response.setHeader("x", undefined as never))],
        ...[code(() => response.writeHead(99)), code(() => response.writeHead(1000))],
        ...[code(() => response.writeHead(200, { "x\n": "1" })), code(() => response.getHeader(1 as never))],
        ...[
          code(() => response.write(null as never)),
          code(() => response.write(5 as never)),
          code(() => response.appendHeader("x", "\0")),
        ],
      );
      response.end();
    },
  },
  "writes after the end": {
    listener(_request, response, seen) {
      response.on("error", (error: Error & { code: string }) => seen.push(["error", error.code]));
      response.end("x");
      response.end(() => seen.push("second end"));
      seen.push(
        response.write("late", (error) => seen.push(["callback", (error as { code?: string } | null)?.code])),
      );
    },
  },
  "answers HEAD without the body": { method: "HEAD", listener: (_request, response) => response.end("body") },
  "answers 204 without the body": {
    listener(_request, response) {
      response.statusCode = 204;
      response.end("body");
    },
  },
  "answers 304 with an etag": {
    listener: (_request, response) => response.writeHead(304, { etag: '"x"' }).end("body"),
  },
  "answers an unknown status": { listener: (_request, response) => response.writeHead(799).end("x") },
  "corks and uncorks": {
    listener(_request, response, seen) {
      response.cork();
      response.write("a");
      response.write("b");
      seen.push(response.writableCorked);
      process.nextTick(() => {
        response.uncork();
        seen.push(response.writableCorked);
        response.end("c");
      });
    },
  },
  "adds trailers": {
    listener(_request, response) {
      response.writeHead(200, { trailer: "x-checksum" });
      response.write("body");
      response.addTrailers({ "x-checksum": "1" });
      response.end();
    },
  },
  "tells of the request before it is answered": {
    listener(_request, response) {
      response.writeProcessing();
      response.writeEarlyHints({ link: "</a.css>; rel=preload; as=style" });
      response.end("x");
    },
  },
  "holds to the length it promised": {
    listener(_request, response, seen) {
      response.strictContentLength = true;
      response.setHeader("content-length", 3);
      seen.push(
        response.write("abc"),
        code(() => response.write("d")),
      );
      response.end();
    },
  },
  "does not read the request": {
    method: "POST",
    body: "x".repeat(100_000),
    listener: (_request, response) => response.end("ignored"),
  },
  "reads the request late": {
    method: "POST",
    body: "late",
    listener(request, response) {
      setTimeout(() => void text(request).then((body) => response.end(body)), 5);
    },
  },
  "is told of the order of ticks, microtasks and events": {
    method: "POST",
    body: "x",
    listener(request, response, seen) {
      process.nextTick(() => seen.push("tick"));
      void Promise.resolve().then(() => seen.push("microtask"));
      request.on("data", () => seen.push("data"));
      request.on("end", () => {
        seen.push("end");
        setImmediate(() => {
          seen.push("immediate");
          response.end();
        });
      });
    },
  },
};
