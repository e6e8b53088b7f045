import { request } from "node:http";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { MAX_PAYLOAD_BYTES, RuntimeApiEmulator } from "../src/index.js";

let api: RuntimeApiEmulator;
beforeEach(async () => {
  api = await RuntimeApiEmulator.start();
});
afterEach(() => api.close());

interface Reply {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

/** One HTTP request to the emulator, with the path after the version. */
function send(
  method: string,
  path: string,
  body?: string | Buffer,
  headers: Record<string, string> = {},
): Promise<Reply> {
  const url = `http://${api.address}${path.startsWith("/") ? path : `/2018-06-01/runtime/${path}`}`;
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () =>
        resolve({
          status: response.statusCode!,
          headers: response.headers,
          body: Buffer.concat(chunks).toString(),
        }),
      );
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

const next = (): Promise<Reply> => send("GET", "invocation/next");

describe("next", () => {
  it("hands out the event with everything that Lambda tells", async () => {
    void api.invoke('{"a":1}', {
      requestId: "id-1",
      deadlineMs: 1234,
      arn: "arn:x",
      traceId: "Root=1",
      tenantId: "tenant",
      clientContext: { custom: "é😀" },
      identity: { cognitoIdentityId: "i", cognitoIdentityPoolId: "p" },
    });
    const { status, headers, body } = await next();
    expect({ status, body }).toEqual({ status: 200, body: '{"a":1}' });
    expect(headers).toMatchObject({
      "content-type": "application/json",
      "lambda-runtime-aws-request-id": "id-1",
      "lambda-runtime-deadline-ms": "1234",
      "lambda-runtime-invoked-function-arn": "arn:x",
      "lambda-runtime-trace-id": "Root=1",
      "lambda-runtime-aws-tenant-id": "tenant",
      "lambda-runtime-client-context": '{"custom":"\\u00e9\\ud83d\\ude00"}',
      "lambda-runtime-cognito-identity": '{"cognitoIdentityId":"i","cognitoIdentityPoolId":"p"}',
    });
  });

  it("leaves out what the caller did not say", async () => {
    void api.invoke("{}");
    const { headers } = await next();
    expect(headers).not.toHaveProperty("lambda-runtime-client-context");
    expect(headers).not.toHaveProperty("lambda-runtime-cognito-identity");
    expect(headers["lambda-runtime-trace-id"]).toMatch(
      /^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0$/,
    );
  });

  it("waits until there is an event", async () => {
    const waiting = next();
    await new Promise((resolve) => setTimeout(resolve, 50));
    void api.invoke("late");
    expect((await waiting).body).toBe("late");
  });

  it("hands out queued events one after another", async () => {
    const ended = ["one", "two"].map((event, index) => api.invoke(event, { requestId: `id-${index}` }));
    for (const index of [0, 1]) {
      const { body } = await next();
      await send("POST", `invocation/id-${index}/response`, body.toUpperCase());
    }
    expect((await Promise.all(ended)).map(({ payload }) => payload.toString())).toEqual(["ONE", "TWO"]);
  });

  it("refuses to hand out a second one before the first is answered", async () => {
    void api.invoke("one");
    await next();
    expect(await next()).toMatchObject({
      status: 403,
      body: expect.stringContaining("InvalidStateTransition") as string,
    });
  });
});

describe("response and error", () => {
  it("end the invocation with the bytes and the type that were posted", async () => {
    const ended = api.invoke("{}", { requestId: "id" });
    await next();
    const reply = await send("POST", "invocation/id/response", Buffer.from([0, 255, 0]), {
      "content-type": "x/y",
    });
    expect(reply).toMatchObject({ status: 202, body: '{"status":"OK"}' });
    expect(await ended).toMatchObject({
      kind: "response",
      payload: Buffer.from([0, 255, 0]),
      contentType: "x/y",
    });
  });

  it("end the invocation with the function's error", async () => {
    const ended = api.invoke("{}", { requestId: "id" });
    await next();
    expect((await send("POST", "invocation/id/error", '{"errorType":"E"}')).status).toBe(202);
    expect(await ended).toMatchObject({ kind: "error", payload: Buffer.from('{"errorType":"E"}') });
  });

  it("refuse an unknown request id", async () => {
    void api.invoke("{}", { requestId: "id" });
    await next();
    const reply = await send("POST", "invocation/other/response", "{}");
    expect(reply.status).toBe(400);
    expect(JSON.parse(reply.body)).toEqual({
      errorMessage: "Invalid request ID",
      errorType: "InvalidRequestID",
    });
  });

  it("refuse a second answer", async () => {
    const ended = api.invoke("{}", { requestId: "id" });
    await next();
    await send("POST", "invocation/id/response", "first");
    const reply = await send("POST", "invocation/id/error", "second");
    expect([reply.status, JSON.parse(reply.body).errorType]).toEqual([403, "InvalidStateTransition"]);
    expect((await ended).payload.toString()).toBe("first");
  });

  it("accept the largest payload and refuse one byte more", async () => {
    for (const [requestId, size, status] of [
      ["a", MAX_PAYLOAD_BYTES, 202],
      ["b", MAX_PAYLOAD_BYTES + 1, 413],
    ] as const) {
      const ended = api.invoke("{}", { requestId });
      await next();
      const reply = await send("POST", `invocation/${requestId}/response`, Buffer.alloc(size, "x"));
      expect(reply.status).toBe(status);
      const { kind, payload } = await ended;
      if (status === 202) expect([kind, payload.length]).toEqual(["response", size]);
      else {
        expect(JSON.parse(reply.body).errorType).toBe("RequestEntityTooLarge");
        expect([kind, JSON.parse(payload.toString()).errorType]).toEqual([
          "error",
          "Function.ResponseSizeTooLarge",
        ]);
      }
    }
  });
});

describe("endings", () => {
  it("init/error ends what is queued and all that follows", async () => {
    const queued = api.invoke("{}");
    expect((await send("POST", "init/error", '{"errorType":"E"}')).status).toBe(202);
    expect(await queued).toMatchObject({ kind: "init-error", payload: Buffer.from('{"errorType":"E"}') });
    expect((await api.invoke("{}")).kind).toBe("init-error");
  });

  it("init/error is too late after the first next", async () => {
    void api.invoke("{}");
    await next();
    expect((await send("POST", "init/error", "{}")).status).toBe(403);
  });

  it("a timeout is Lambda's error and tells the process's owner", async () => {
    let told = 0;
    api.onTimeout = () => told++;
    const ended = api.invoke("{}", { requestId: "id", timeoutMs: 30 });
    await next();
    const { kind, payload } = await ended;
    expect([kind, told]).toEqual(["timeout", 1]);
    expect(JSON.parse(payload.toString())).toEqual({
      errorType: "Sandbox.Timedout",
      errorMessage: "RequestId: id Error: Task timed out after 0.03 seconds",
    });
  });

  it("an exit ends the running invocation", async () => {
    const ended = api.invoke("{}", { requestId: "id" });
    await next();
    api.runtimeExited("Error: Runtime exited with error: exit status 3");
    const { kind, payload } = await ended;
    expect(kind).toBe("exit");
    expect(JSON.parse(payload.toString())).toEqual({
      errorType: "Runtime.ExitError",
      errorMessage: "RequestId: id Error: Runtime exited with error: exit status 3",
    });
  });

  it("an event that Lambda would not accept is refused", () => {
    expect(() => api.invoke(Buffer.alloc(MAX_PAYLOAD_BYTES + 1))).toThrow(
      expect.objectContaining({ code: "LAC7006" }) as Error,
    );
  });
});

it("answers other paths and methods as AWS's emulator does", async () => {
  expect((await send("GET", "/")).status).toBe(404);
  expect((await send("GET", "/2018-06-01/runtime/invocation/id/nothing")).status).toBe(404);
  expect((await send("POST", "invocation/next")).status).toBe(405);
  expect((await send("GET", "init/error")).status).toBe(405);
});
