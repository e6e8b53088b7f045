import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { preparePythonRuntime, pythonEnvironment, type RuntimeProcess, unpack } from "@laconic/bench";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { build, scratchApp } from "./laconic.js";
import { mutatedSamples, samples } from "./mutations.js";

/** Tells what it was asked, so that nothing of the request is left unread. */
const APP = `import "node:http";
import { http, lambda, main } from "@laconic/runtime/library";
export { dispatch } from "@laconic/runtime/library";

const echo = lambda("echo", (event) => ({ text: JSON.stringify(event) }));
const site = http("site", { fetch: async (request, env) => {
  const body = Buffer.from(await request.arrayBuffer()).toString("base64");
  const { method, url } = request;
  const headers = [...request.headers].sort(([a], [b]) => (a < b ? -1 : 1));
  const told = JSON.stringify({ method, url, headers, body, context: typeof env.requestContext });
  return new Response(told, { headers: { "content-type": "application/json" } });
} }, { basePath: "/orders" });
const listener = http("listener", async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const { method, url, rawHeaders } = request;
  const told = { method, url, rawHeaders, body: Buffer.concat(chunks).toString("base64"), lambda: typeof request.lambda.event };
  response.sendDate = false; // the second may pass between one side's answer and the other's
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify(told));
}, { basePath: "/orders" });
const raw = http("raw", async (request) => new Response(await request.arrayBuffer(), {
  headers: { "content-type": "application/octet-stream" },
}));
main("Echo", "answers with what it was asked", [echo, site, listener, raw]);
`;

/** Any function of the package, chosen by the event, so that one process meets everything. */
const ROUTER = `import index

def handler(event, context):
    return getattr(index, event["fn"])(event["event"], context)
`;

interface Answer {
  readonly kind: "response" | "error";
  readonly payload: unknown;
}

type Dispatch = (name: string, event: string, context: string) => string | PromiseLike<string>;

describe("one process that meets events of every kind, correct and broken", () => {
  let app: Awaited<ReturnType<typeof scratchApp>>;
  let taskDir: string;
  let running: RuntimeProcess;
  let dispatch: Dispatch;

  beforeAll(async () => {
    app = await scratchApp({ "app.ts": APP });
    const { folder, package: zip } = await build(app.file("app.ts"));
    taskDir = await mkdtemp(join(tmpdir(), "laconic-e2e-"));
    await unpack(join(folder, zip), taskDir);
    await writeFile(join(taskDir, "router.py"), ROUTER);
    const environment = await pythonEnvironment();
    running = await preparePythonRuntime({ taskDir, environment, handler: "router.handler" });
    running.spawn();
    ({ dispatch } = (await import(pathToFileURL(app.file("app.ts")).href)) as { dispatch: Dispatch });
  });

  afterAll(async () => {
    await running.close();
    await rm(taskDir, { recursive: true, force: true });
    await app.remove();
  });

  async function inLibrary(fn: string, event: unknown): Promise<Answer> {
    const { kind, payload } = await running.invoke(JSON.stringify({ fn, event }), { timeoutMs: 60_000 });
    return { kind, payload: JSON.parse(payload.toString()) as unknown } as Answer;
  }

  async function inNode(fn: string, event: unknown): Promise<Answer> {
    try {
      return { kind: "response", payload: JSON.parse(await dispatch(fn, JSON.stringify(event), "{}")) };
    } catch (error) {
      const { name, message } = error as Error;
      return { kind: "error", payload: { errorType: name, errorMessage: message } };
    }
  }

  it.each(samples)("%s: the library answers as Node does", async (_name, event) => {
    for (const fn of ["echo", "site", "listener"]) {
      const expected = await inNode(fn, event);
      expect(expected.kind).toBe("response");
      expect(comparable(await inLibrary(fn, event))).toEqual(comparable(expected));
    }
  });

  it("broken samples: the library answers as Node does, or refuses what it cannot represent, and lives on", async () => {
    await fc.assert(
      fc.asyncProperty(mutatedSamples, async ({ event }) => {
        for (const fn of ["echo", "listener"]) {
          expect(comparable(await inLibrary(fn, event))).toEqual(comparable(await inNode(fn, event)));
        }
        const answer = await inLibrary("site", event);
        if (!isOutsideAscii(event))
          expect(comparable(answer)).toEqual(comparable(await inNode("site", event)));
        else expect(answer.kind === "error" || statusOf(answer) !== 500).toBe(true);
        expect(running.alive).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it("carries bodies of 4.5 MB as base64, the most that 6 MB hold, both ways", async () => {
    const sent = Buffer.alloc(
      4_500_000,
      Uint8Array.from({ length: 251 }, (_, index) => index),
    );
    const event = {
      ...(samples.find(([name]) => name === "function-url-binary")![1] as object),
      body: sent.toString("base64"),
    };
    const { payload } = await inLibrary("raw", event);
    const { body, isBase64Encoded, statusCode } = payload as Record<string, unknown>;
    expect({ isBase64Encoded, statusCode }).toEqual({ isBase64Encoded: true, statusCode: 200 });
    expect(Buffer.from(body as string, "base64").equals(sent)).toBe(true);
  });

  it("refuses 6 MB that claim to be base64 and are not, and serves the next", async () => {
    const url = samples.find(([name]) => name === "function-url-binary")![1] as object;
    expect(await inLibrary("raw", { ...url, body: "%".repeat(6_000_000) })).toMatchObject({
      kind: "response",
      payload: { statusCode: 400 },
    });
    expect(await inLibrary("raw", url)).toMatchObject({ payload: { statusCode: 200, body: "AAEC//79" } });
  });
});

function statusOf({ payload }: Answer): unknown {
  return (payload as { statusCode?: unknown } | null)?.statusCode;
}

/** A refusal is equal by its status: part of its text is the platform's own. Stack traces differ, of course. */
function comparable(answer: Answer): unknown {
  if (answer.kind === "error") {
    const { errorType, errorMessage } = answer.payload as Record<string, unknown>;
    return { kind: answer.kind, errorType, errorMessage };
  }
  return statusOf(answer) === 400 ? { kind: answer.kind, statusCode: 400 } : answer;
}

/** The engine's Headers take ASCII only, where Node's take Latin-1: it refuses such a header with 400. */
function isOutsideAscii(event: unknown): boolean {
  const { headers, multiValueHeaders, cookies } = (event ?? {}) as Record<string, unknown>;
  return /[^ -~]/.test(JSON.stringify([headers, multiValueHeaders, cookies]));
}
