import { createServer, request as ask } from "node:http";
import type { AddressInfo } from "node:net";
import type { Context } from "aws-lambda";
import { describe, expect, it } from "vitest";
import { listenerAdapter, type Listener } from "../../src/index.js";
import { scenarios, type Scenario } from "./listener-scenarios.js";

interface Observation {
  readonly status: number;
  readonly headers: unknown;
  /** Base64, so that a difference in any byte shows. */
  readonly body: string;
  readonly seen: unknown[];
}

/** Headers that a server adds for the connection, of which there is none in process. */
const CONNECTION = new Set(["date", "connection", "keep-alive", "transfer-encoding"]);

async function onServer({
  listener,
  method = "GET",
  path = "/",
  headers,
  body,
}: Scenario): Promise<Observation> {
  const seen: unknown[] = [];
  let close: () => void;
  const closed = new Promise<void>((resolve) => (close = resolve));
  const server = createServer((incoming, response) => {
    response.on("close", () => close());
    void listener(incoming, response, seen);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    const { port } = server.address() as AddressInfo;
    const received = await new Promise<Observation>((resolve, reject) => {
      const length = body === undefined ? {} : { "content-length": String(Buffer.byteLength(body)) };
      ask(
        { port, host: "127.0.0.1", method, path, headers: { ...headers, ...length }, agent: false },
        (message) => {
          const chunks: Buffer[] = [];
          message.on("data", (chunk: Buffer) => chunks.push(chunk));
          message.on("end", () =>
            resolve({
              status: message.statusCode!,
              headers: visible(message.rawHeaders),
              body: Buffer.concat(chunks).toString("base64"),
              seen,
            }),
          );
        },
      )
        .on("error", reject)
        .end(body);
    });
    await closed;
    return received;
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

/** Names as HTTP compares them, values of one name together and in order. */
function visible(raw: readonly string[]): Record<string, string> {
  const fields: Record<string, string> = {};
  for (let index = 0; index < raw.length; index += 2) {
    const name = raw[index]!.toLowerCase();
    if (CONNECTION.has(name)) continue;
    fields[name] = name in fields ? `${fields[name]}, ${raw[index + 1]}` : raw[index + 1]!;
  }
  return fields;
}

async function inProcess({
  listener,
  method = "GET",
  path = "/",
  headers,
  body,
}: Scenario): Promise<Observation> {
  const seen: unknown[] = [];
  const adapter = listenerAdapter(
    "site",
    () => ((request, response) => listener(request, response, seen)) as Listener,
  );
  const [rawPath, rawQueryString = ""] = path.split("?");
  const event = {
    version: "2.0",
    rawPath,
    rawQueryString,
    headers: { host: "127.0.0.1", "x-forwarded-proto": "http", ...headers },
    body: body === undefined ? undefined : Buffer.from(body).toString("base64"),
    isBase64Encoded: body !== undefined,
    requestContext: { http: { method, path: rawPath }, stage: "$default" },
  };
  const result = (await adapter.call(event, {} as Context, adapter.toValue)) as {
    statusCode: number;
    headers: Record<string, string>;
    cookies?: string[];
    body: string;
    isBase64Encoded: boolean;
  };
  const cookies = result.cookies ? { "set-cookie": result.cookies.join(", ") } : {};
  const shown = Object.entries({ ...result.headers, ...cookies }).flat();
  return {
    status: result.statusCode,
    headers: visible(shown),
    body: Buffer.from(result.body, result.isBase64Encoded ? "base64" : "utf8").toString("base64"),
    seen,
  };
}

describe("a listener in process sees and answers what it would behind a socket: it", () => {
  it.each(Object.entries(scenarios))("%s", async (_name, scenario) => {
    expect(await inProcess(scenario)).toEqual(await onServer(scenario));
  });
});

describe("a listener in process", () => {
  const call = (listener: Listener, event: object = {}) =>
    Promise.resolve(
      listenerAdapter("site", () => listener).call(
        {
          version: "2.0",
          rawPath: "/",
          headers: { host: "h" },
          requestContext: { http: { method: "GET", path: "/", sourceIp: "192.0.2.1" } },
          ...event,
        },
        { awsRequestId: "r-1" } as Context,
        (result) => result,
      ),
    );

  it("reaches the event and the context", async () => {
    const result = await call((request, response) =>
      response.end(
        `${request.lambda.context.awsRequestId} ${(request.lambda.event as { rawPath: string }).rawPath}`,
      ),
    );
    expect(result).toMatchObject({ body: "r-1 /" });
  });

  it("has a socket that knows the client and whether it spoke TLS", async () => {
    const result = await call((request, response) => {
      const { encrypted, remoteAddress, destroyed, remoteFamily } = request.socket as never;
      response.end(
        JSON.stringify([
          encrypted,
          remoteAddress,
          destroyed,
          remoteFamily,
          request.connection === request.socket,
        ]),
      );
    });
    expect(JSON.parse((result as { body: string }).body)).toEqual([true, "192.0.2.1", false, "IPv4", true]);
  });

  it("that throws or rejects fails the request with that error", async () => {
    await expect(
      call(() => {
        throw new TypeError("thrown");
      }),
    ).rejects.toThrow("thrown");
    await expect(
      call(async () => {
        throw new TypeError("rejected");
      }),
    ).rejects.toThrow("rejected");
  });

  it("that destroys its response fails the request, and is told so", async () => {
    const seen: string[] = [];
    const failure = call((request, response) => {
      request.on("aborted", () => seen.push("aborted"));
      request.on("error", (error: Error & { code: string }) => seen.push(error.code));
      response.on("close", () => seen.push("close"));
      response.destroy();
    });
    await expect(failure).rejects.toMatchObject({ code: "LAC3010" });
    await new Promise(setImmediate);
    expect(seen.sort()).toEqual(["ECONNRESET", "aborted", "close"]);
  });

  it("that destroys its response with an error fails the request with it", async () => {
    await expect(call((_request, response) => response.destroy(new Error("disk full")))).rejects.toThrow(
      "disk full",
    );
  });

  it("is over when its own promise is, too", async () => {
    let isDone = false;
    await call(async (_request, response) => {
      response.end("early");
      await new Promise((resolve) => setTimeout(resolve, 5));
      isDone = true;
    });
    expect(isDone).toBe(true);
  });

  it("never sees a request that could be two, or that no parser would take", async () => {
    const listener: Listener = () => expect.unreachable("the listener was called");
    const bad = [
      { headers: { host: "h", "content-length": "1", "Content-Length": "2" }, body: "x" },
      { headers: { host: "h", "x-a": "a\r\nx-b: b" } },
      { headers: { host: "h" }, body: "%%%", isBase64Encoded: true },
      { headers: { host: "h", "bad name": "1" } },
    ];
    for (const event of bad) expect(await call(listener, event)).toMatchObject({ statusCode: 400 });
  });

  it("takes a body of 6 MB and gives one back", async () => {
    const body = Buffer.alloc(6_000_000, "é");
    const result = (await call((request, response) => void request.pipe(response), {
      requestContext: { http: { method: "POST", path: "/" } },
      body: body.toString("base64"),
      isBase64Encoded: true,
    })) as { body: string; isBase64Encoded: boolean };
    expect(Buffer.from(result.body, result.isBase64Encoded ? "base64" : "utf8").equals(body)).toBe(true);
  });
});
