import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { RuntimeApiEmulator } from "../src/index.js";

let api: RuntimeApiEmulator;
beforeEach(async () => {
  api = await RuntimeApiEmulator.start();
});
afterEach(() => api.close());

const call = (path: string, init?: RequestInit): Promise<Response> =>
  fetch(`http://${api.address}${path}`, init);
const register = (
  body = '{"events":["INVOKE"]}',
  headers: Record<string, string> = { "lambda-extension-name": "laconic" },
) => call("/2020-01-01/extension/register", { method: "POST", body, headers });
const nextEvent = (id: string) =>
  call("/2020-01-01/extension/event/next", { headers: { "lambda-extension-identifier": id } });
const nextInvocation = () => call("/2018-06-01/runtime/invocation/next");
const respond = (id: string) =>
  call(`/2018-06-01/runtime/invocation/${id}/response`, { method: "POST", body: "1" });

/** Ends with the emulator. */
const unanswered = (request: Promise<Response>) => void request.catch(() => undefined);

async function registered(): Promise<string> {
  const response = await register();
  expect(response.status).toBe(200);
  return response.headers.get("lambda-extension-identifier")!;
}

describe("an extension", () => {
  it("receives an INVOKE event for each invocation", async () => {
    const event = nextEvent(await registered());
    const taken = nextInvocation();
    void api.invoke("{}", { requestId: "id-1", deadlineMs: 1234, arn: "arn:x", traceId: "Root=1" });
    expect(await (await event).json()).toEqual({
      eventType: "INVOKE",
      requestId: "id-1",
      deadlineMs: 1234,
      invokedFunctionArn: "arn:x",
      tracing: { type: "X-Amzn-Trace-Id", value: "Root=1" },
    });
    expect((await taken).headers.get("lambda-runtime-aws-request-id")).toBe("id-1");
  });

  it("holds up the next invocation, and the idle sandbox, but not the response", async () => {
    const idle: boolean[] = [];
    api.onIdle = (isIdle) => idle.push(isIdle);
    const id = await registered();
    const event = nextEvent(id);
    const taken = nextInvocation();
    const first = api.invoke("{}", { requestId: "id-1" });
    await Promise.all([event, taken]);
    await respond("id-1");
    expect((await first).kind).toBe("response");
    const again = nextInvocation();
    const second = api.invoke("{}", { requestId: "id-2" });
    let isTaken = false;
    void again.then(() => (isTaken = true));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect([isTaken, idle]).toEqual([false, [false]]);
    unanswered(nextEvent(id));
    expect((await again).headers.get("lambda-runtime-aws-request-id")).toBe("id-2");
    await respond("id-2");
    await second;
  });

  it("leaves nothing to do when all wait", async () => {
    const idle = new Promise<boolean>((resolve) => (api.onIdle = resolve));
    const id = await registered();
    unanswered(nextInvocation());
    unanswered(nextEvent(id));
    expect(await idle).toBe(true);
    expect(api.hasExtension).toBe(true);
  });

  it.each([
    ["without a name", () => register(undefined, {}), 403, "Extension.InvalidExtensionName"],
    ["for an unknown event", () => register('{"events":["SLEEP"]}'), 400, "Extension.InvalidEventType"],
    ["with no JSON", () => register("{"), 400, "Extension.InvalidEventType"],
    [
      "for SHUTDOWN, in the runtime's process",
      () => register('{"events":["INVOKE","SHUTDOWN"]}'),
      400,
      "ShutdownEventNotSupportedForInternalExtension",
    ],
  ])("does not register %s", async (_, act, status, errorType) => {
    const response = await act();
    expect([response.status, await response.json()]).toMatchObject([status, { errorType }]);
    expect(api.hasExtension).toBe(false);
  });

  it("does not register twice, nor after the start", async () => {
    await registered();
    expect(await (await register()).json()).toMatchObject({ errorType: "Extension.AlreadyRegisteredError" });
    unanswered(nextInvocation());
    await expect.poll(() => api.initialized).toBe(true);
    const late = await register(undefined, { "lambda-extension-name": "late" });
    expect(await late.json()).toMatchObject({ errorType: "Extension.RegistrationClosed" });
  });

  it("is known by its identifier", async () => {
    const response = await nextEvent("unknown");
    expect([response.status, await response.json()]).toMatchObject([
      403,
      { errorType: "Extension.UnknownExtensionIdentifier" },
    ]);
  });
});
