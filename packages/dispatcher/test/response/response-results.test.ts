import { Readable } from "node:stream";
import { describe, expect, it, vi } from "vitest";
import type { ResponseHandler } from "../../src/index.js";
import { dispatchTo, invoke, responding } from "../functions.js";

const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** The result of a handler that ends with `body` under `headers`. */
function resultOf(
  body: string | Uint8Array | undefined,
  headers: Record<string, string> = {},
): Promise<unknown> {
  return invoke(
    responding((_event, _context, response) => {
      response.writeHead(200, headers);
      response.end(body);
    }),
    {},
  );
}

describe("the result of a handler that answers through its response", () => {
  it.each([
    "application/json",
    "application/json; charset=utf-8",
    "APPLICATION/JSON",
    "application/problem+json",
  ])("is the JSON of the body for %s", async (type) =>
    expect(await resultOf('{"a":[1]}', { "content-type": type })).toEqual({ a: [1] }),
  );

  it("sends JSON on as it is written, spaces and all", async () => {
    const handler: ResponseHandler = (_event, _context, response) => response.end('{ "b" : 1.0 }');
    expect(await dispatchTo(responding(handler))("subject", "1", "{}")).toBe('{ "b" : 1.0 }');
  });

  it("takes a body without a type for JSON when it is JSON, else for text", async () => {
    expect(await resultOf('{"a":1}')).toEqual({ a: 1 });
    expect(await resultOf("plain words")).toBe("plain words");
  });

  it("is text when the body only claims to be JSON", async () => {
    expect(await resultOf("{oops", { "content-type": "application/json" })).toBe("{oops");
  });

  it.each(["text/plain", "text/html; charset=utf-8", "application/xml", "image/svg+xml"])(
    "is text for %s",
    async (type) => expect(await resultOf('{"a":1} ☃', { "content-type": type })).toBe('{"a":1} ☃'),
  );

  it("is text for UTF-8 bytes written in pieces that cut a letter", async () => {
    const bytes = new TextEncoder().encode("☃");
    const handler: ResponseHandler = (_event, _context, response) => {
      response.setHeader("content-type", "text/plain");
      response.write(bytes.subarray(0, 1));
      response.end(bytes.subarray(1));
    };
    expect(await invoke(responding(handler), {})).toBe("☃");
  });

  it("is base64 for a binary type, for a compressed body and for bytes that are not UTF-8", async () => {
    const base64 = Buffer.from(png).toString("base64");
    expect(await resultOf(png, { "content-type": "image/png" })).toBe(base64);
    expect(await resultOf(png, { "content-type": "text/plain", "content-encoding": "gzip" })).toBe(base64);
    expect(await resultOf(png, { "content-type": "text/plain" })).toBe(base64);
    expect(await resultOf(png)).toBe(base64);
    expect(await resultOf("abc", { "content-type": "application/octet-stream" })).toBe("YWJj");
  });

  it("is null without a body", async () => {
    expect(await resultOf(undefined)).toBeNull();
    expect(await resultOf("", { "content-type": "application/json" })).toBeNull();
  });

  it("holds a large body whole", async () => {
    const text = "x".repeat(6 * 1024 * 1024);
    expect(await resultOf(text, { "content-type": "text/plain" })).toBe(text);
  });
});

describe("a status of 400 or above", () => {
  it("fails the invocation with the envelope that API Gateway's patterns match", async () => {
    const handler: ResponseHandler = (_event, _context, response) => {
      response.statusCode = 404;
      response.setHeader("Content-Type", "application/json");
      response.setHeader("X-Twice", ["1", "2"]);
      response.end('{"missing":"item"}');
    };
    const error = await invoke(responding(handler), {}).catch((reason: unknown) => reason as Error);
    expect(error).toMatchObject({ name: "ResponseStatusError", code: "LAC3008", statusCode: 404 });
    expect(JSON.parse((error as Error).message)).toEqual({
      code: 404,
      status: "Not Found",
      headers: { "content-type": "application/json", "x-twice": ["1", "2"] },
      error: { missing: "item" },
    });
    expect((error as Error).message).toMatch(/.*Not Found.*/);
  });

  it("keeps the app's own phrase for a status that has none", async () => {
    const handler: ResponseHandler = (_event, _context, response) =>
      response.writeHead(499, "Client Closed Request").end("gone");
    const error = (await invoke(responding(handler), {}).catch((reason: unknown) => reason)) as Error;
    expect(JSON.parse(error.message)).toMatchObject({
      code: 499,
      status: "Client Closed Request",
      error: "gone",
    });
  });

  it("is a success below 400", async () => {
    const handler: ResponseHandler = (_event, _context, response) => response.writeHead(399).end('"ok"');
    expect(await invoke(responding(handler), {})).toBe("ok");
  });
});

describe("when the exchange is over", () => {
  it("waits for end() of a handler that returns no promise", async () => {
    const handler: ResponseHandler = (_event, _context, response) =>
      setTimeout(() => response.end('"later"'), 5);
    expect(await invoke(responding(handler), {})).toBe("later");
  });

  it("waits for the promise of one that does, although the response is ended", async () => {
    let worked = 0;
    const handler: ResponseHandler = async (_event, _context, response) => {
      response.end('"x"');
      await new Promise((resolve) => setTimeout(resolve, 5));
      worked++;
    };
    expect(await invoke(responding(handler), {})).toBe("x");
    expect(worked).toBe(2);
  });

  it("waits for a stream that is piped into the response", async () => {
    const handler: ResponseHandler = async (_event, _context, response) => {
      response.setHeader("content-type", "text/plain");
      Readable.from(["a", "b"]).pipe(response as never);
    };
    expect(await invoke(responding(handler), {})).toBe("ab");
  });

  it("tells finish listeners before the result goes out", async () => {
    const seen: string[] = [];
    const handler: ResponseHandler = (_event, _context, response) => {
      response.on("finish", () => seen.push("finish")).once("close", () => seen.push("close"));
      response.end('"x"');
    };
    await invoke(responding(handler), {});
    expect(seen).toEqual(["finish", "close", "finish", "close"]);
  });

  it("takes the value of a promise whose response is still open", async () => {
    expect(
      await invoke(
        responding(async () => ({ returned: 1 })),
        {},
      ),
    ).toEqual({ returned: 1 });
  });

  it("fails when a promise settles with neither", async () => {
    await expect(
      invoke(
        responding(async () => undefined),
        {},
      ),
    ).rejects.toMatchObject({
      code: "LAC3007",
      message: 'Function "subject" settled without ending its response',
    });
  });

  it("fails with what a listener throws, with what destroys the response, with what the handler rejects with", async () => {
    const boom = new Error("boom");
    const inListener: ResponseHandler = (_event, _context, response) => {
      response.on("finish", () => {
        throw boom;
      });
      response.end();
    };
    await expect(invoke(responding(inListener), {})).rejects.toBe(boom);
    await expect(
      invoke(
        responding((_e, _c, response) => response.destroy(boom)),
        {},
      ),
    ).rejects.toBe(boom);
    await expect(
      invoke(
        responding(async (_e, _c, response) => void response.destroy()),
        {},
      ),
    ).rejects.toMatchObject({
      code: "ERR_STREAM_DESTROYED",
    });
    const afterEnd: ResponseHandler = async (_event, _context, response) => {
      response.end("x");
      throw boom;
    };
    await expect(invoke(responding(afterEnd), {})).rejects.toBe(boom);
  });

  it("reports a write after the end that nobody listens for", async () => {
    const error = vi.spyOn(console, "error").mockReturnValue();
    const handler: ResponseHandler = async (_event, _context, response) => {
      response.end('"x"');
      response.write("late");
    };
    expect(await invoke(responding(handler), {})).toBe("x");
    expect(error.mock.calls[0]![0]).toMatchObject({ code: "ERR_STREAM_WRITE_AFTER_END" });
    error.mockRestore();
  });
});
