import type { ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

/** Writes what an app can observe into `seen`; ends the response, unless it says otherwise. */
export type Scenario = (response: ServerResponse, seen: unknown[]) => void | Promise<void>;

/** Runs `action` and notes what it threw, the way an app would look at it. */
export function attempt(seen: unknown[], action: () => unknown): void {
  try {
    seen.push(["returned", typeof action()]);
  } catch (error) {
    const { code, message } = error as Error & { code?: string };
    seen.push(["threw", code, message, error instanceof TypeError, error instanceof RangeError]);
  }
}

const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));

export const headerScenarios: Record<string, Scenario> = {
  "set, get and remove headers"(response, seen) {
    response.setHeader("X-One", "1").setHeader("x-two", ["a", "b"]).setHeader("X-Number", 3);
    seen.push(response.getHeader("x-one"), response.getHeader("X-TWO"), response.getHeader("x-number"));
    seen.push(response.hasHeader("x-ONE"), response.hasHeader("nope"), response.getHeader("nope"));
    response.removeHeader("X-One");
    seen.push(response.getHeaderNames(), { ...response.getHeaders() }, response.hasHeader("x-one"));
    response.end();
  },
  "set a status when it has gone out already"(response, seen) {
    response.writeHead(201);
    response.statusCode = 500;
    response.write("made");
    response.statusCode = 204;
    response.end("!");
    seen.push(response.statusCode);
  },
  "append to a header"(response, seen) {
    response.appendHeader("Set-Cookie", "a=1").appendHeader("set-cookie", ["b=2", "c=3"]);
    seen.push(response.getHeader("set-cookie"));
    response.setHeader("x-list", "1");
    response.appendHeader("X-List", "2");
    seen.push(response.getHeader("x-list"), response.getHeaderNames());
    response.end();
  },
  "setHeaders from Headers and Map"(response, seen) {
    const headers = new Headers({ "x-a": "1" });
    headers.append("set-cookie", "a=1");
    headers.append("set-cookie", "b=2");
    response.setHeaders(headers);
    response.setHeaders(new Map([["X-B", "2"]]));
    seen.push({ ...response.getHeaders() });
    attempt(seen, () => response.setHeaders({} as never));
    response.end();
  },
  "headers named like members of Object"(response, seen) {
    response
      .setHeader("__proto__", "polluted")
      .setHeader("constructor", "x")
      .setHeader("hasOwnProperty", "y");
    seen.push(
      response.getHeaderNames(),
      response.getHeader("__proto__"),
      ({} as { polluted?: unknown }).polluted,
    );
    seen.push(Object.getPrototypeOf(response.getHeaders()));
    response.end();
  },
  "bad header names and values"(response, seen) {
    attempt(seen, () => response.setHeader("", "x"));
    attempt(seen, () => response.setHeader("a b", "x"));
    attempt(seen, () => response.setHeader("a\r\nb", "x"));
    attempt(seen, () => response.setHeader("x", "a\r\nSet-Cookie: evil=1"));
    attempt(seen, () => response.setHeader("x", "a\nb"));
    attempt(seen, () => response.setHeader("x", "snow \u2603"));
    attempt(seen, () => response.setHeader("x", ["ok", "not\r\nok"]));
    attempt(seen, () => response.setHeader("x", undefined as never));
    attempt(seen, () => response.appendHeader("x", "a\r\nb"));
    attempt(seen, () => response.writeHead(200, "OK\r\nX: y"));
    response.statusMessage = "";
    attempt(seen, () => response.writeHead(200, { "x-bad": "a\r\nb" }));
    attempt(seen, () => response.writeHead(200, { "x bad": "a" }));
    seen.push(response.headersSent);
    response.setHeader("x-latin", "caf\u00e9");
    response.end();
  },
  "wrong types of names"(response, seen) {
    attempt(seen, () => response.getHeader(1 as never));
    attempt(seen, () => response.hasHeader(undefined as never));
    attempt(seen, () => response.removeHeader(null as never));
    attempt(seen, () => response.setHeader(5 as never, "x"));
    response.end();
  },
  "headers after they are sent"(response, seen) {
    response.write("x");
    seen.push(response.headersSent);
    attempt(seen, () => response.setHeader("a", "1"));
    attempt(seen, () => response.appendHeader("a", "1"));
    attempt(seen, () => response.removeHeader("a"));
    attempt(seen, () => response.writeHead(201));
    attempt(seen, () => response.flushHeaders());
    response.end();
  },
};

export const headScenarios: Record<string, Scenario> = {
  defaults(response, seen) {
    seen.push(response.statusCode, response.statusMessage, response.headersSent, response.finished);
    response.end("x");
    seen.push(response.statusCode, response.statusMessage, response.headersSent, response.finished);
  },
  "status code and message"(response, seen) {
    response.statusCode = 418;
    response.statusMessage = "Short and stout";
    response.end("tea");
    seen.push(response.statusMessage);
  },
  "writeHead with an object"(response, seen) {
    response.setHeader("x-a", "1");
    seen.push(response.writeHead(201, { "X-A": "2", "x-b": ["3", "4"] }) === response);
    seen.push(response.getHeaders()["x-a"], response.getHeader("x-b"));
    response.end("made");
  },
  "writeHead with message and headers"(response, seen) {
    response.writeHead(202, "Fine", { "x-a": "1" });
    seen.push(response.statusMessage, response.getHeader("x-a"));
    response.end();
  },
  "writeHead with a flat array, nothing set before"(response) {
    response.writeHead(200, ["Set-Cookie", "a=1", "Set-Cookie", "b=2", "X-Y", "z"]);
    response.end();
  },
  "writeHead with a flat array, headers set before"(response, seen) {
    response.setHeader("x-y", "before");
    response.writeHead(200, ["x-y", "z", "x-w", "v"]);
    seen.push(response.getHeaderNames());
    response.end();
  },
  "writeHead with pairs"(response) {
    response.writeHead(200, [
      ["x-a", "1"],
      ["x-b", "2"],
    ] as never);
    response.end();
  },
  "writeHead with an odd array"(response, seen) {
    try {
      response.writeHead(200, ["x-a"]);
    } catch (error) {
      seen.push((error as { code: string }).code, error instanceof TypeError);
    }
    response.end();
  },
  "bad status codes"(response, seen) {
    for (const status of [0, 99, 1000, NaN, "abc", undefined, null, {}]) {
      attempt(seen, () => response.writeHead(status as never));
    }
    response.statusCode = 1000;
    attempt(seen, () => response.end());
    response.statusCode = 200;
    response.end();
  },
  "an unregistered status"(response, seen) {
    response.writeHead(299);
    seen.push(response.statusMessage);
    response.end();
  },
  "no body with 204"(response) {
    response.writeHead(204);
    response.write("ignored");
    response.end("ignored");
  },
  "no body with 304"(response) {
    response.statusCode = 304;
    response.end("ignored");
  },
  flushHeaders(response, seen) {
    response.setHeader("x-a", "1");
    response.flushHeaders();
    seen.push(response.headersSent);
    response.end("x");
  },
};

export const bodyScenarios: Record<string, Scenario> = {
  "text in pieces"(response, seen) {
    seen.push(response.write("grü"), response.write("ße ☃"));
    response.end("!");
  },
  "bytes, Buffers and text mixed"(response) {
    response.write(new Uint8Array([0, 255, 128]));
    response.write(Buffer.from("b"));
    response.end("c");
  },
  "a buffer that is reused after write"(response) {
    const buffer = Buffer.from("first");
    response.cork();
    response.write("");
    response.uncork();
    response.write(Buffer.from(buffer));
    response.end();
  },
  encodings(response) {
    response.write("68656c6c6f", "hex");
    response.write("d29ybGQ=", "base64");
    response.write("caf\u00e9", "latin1");
    response.write("\u2603", "utf8");
    response.end("AB", "utf16le");
  },
  "bad chunks"(response, seen) {
    for (const chunk of [null, undefined, 5, {}, true]) {
      try {
        response.write(chunk as never);
      } catch (error) {
        seen.push((error as { code: string }).code, error instanceof TypeError);
      }
    }
    try {
      response.end(5 as never);
    } catch (error) {
      seen.push((error as { code: string }).code);
    }
    response.end();
  },
  async "order of callbacks and events"(response, seen) {
    for (const event of ["prefinish", "finish", "close"]) response.on(event, () => seen.push(event));
    response.write("a", () => seen.push("written"));
    response.end("b", () => seen.push("ended"));
    seen.push("sync", response.writableEnded, response.writableFinished);
    await turn();
    seen.push(response.writableFinished);
  },
  async "end with nothing but a callback"(response, seen) {
    response.end(() => seen.push("ended"));
    await turn();
  },
  async "write after end"(response, seen) {
    response.on("error", (error: Error & { code?: string }) =>
      seen.push(["error event", error.code, error.message]),
    );
    response.end("done");
    seen.push(response.write("late", (error) => seen.push(["callback", (error as { code?: string }).code])));
    seen.push(response.end("later") === response, response.end() === response);
    await turn();
  },
  async "end after end, with callbacks"(response, seen) {
    response.end("done");
    response.end(() => seen.push("second end"));
    await turn();
    response.end((error?: Error & { code?: string }) => seen.push(["third end", error?.code]));
    await turn();
  },
  async "listeners: once, off, prepend, order"(response, seen) {
    const gone = (): unknown => seen.push("never");
    response
      .on("finish", gone)
      .once("finish", () => seen.push("once"))
      .off("finish", gone);
    response.prependListener("finish", () => seen.push("first"));
    response.on("custom", (...args: unknown[]) => seen.push(args));
    seen.push(response.emit("custom", 1, 2), response.emit("nobody"), response.listenerCount("custom"));
    seen.push(response.listeners("custom").length);
    attempt(seen, () => response.emit("error", new Error("unheard")));
    response.removeAllListeners("custom");
    seen.push(response.emit("custom"));
    response.end();
    await turn();
  },
  "cork and uncork"(response, seen) {
    response.cork();
    response.write("a");
    response.uncork();
    response.end("b");
    seen.push(response.writableCorked);
  },
  async "a stream piped into it"(response, seen) {
    Readable.from(["one ", "two ", "three"]).pipe(response);
    await new Promise((resolve) => response.on("finish", resolve));
    seen.push(response.writableEnded);
  },
  async "pipeline into it"(response, seen) {
    await pipeline(Readable.from([Buffer.from("bytes "), "text"]), response);
    seen.push(response.writableFinished);
  },
  "piping from it"(response, seen) {
    response.on("error", (error: Error & { code?: string }) => seen.push(error.code));
    response.pipe(response as never);
    response.end();
  },
};
