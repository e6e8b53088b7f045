import { once } from "node:events";
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  findRuntime,
  lambdaEnvironment,
  MAX_PAYLOAD_BYTES,
  type RuntimeProcess,
  unpack,
} from "@laconic/bench";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { build, scratchApp } from "./laconic.js";

const APP = `import { lambda, main } from "@laconic/runtime/library";
main("Native", "", [
  lambda("echo", (event, context) => ({
    event,
    trace: process.env._X_AMZN_TRACE_ID,
    tenant: context.tenantId,
    key: process.env.AWS_ACCESS_KEY_ID,
    left: context.getRemainingTimeInMillis() > 0,
    client: context.clientContext?.custom,
    name: context.functionName,
  })),
  lambda("big", (event) => "x".repeat(event.bytes)),
  lambda("slow", () => new Promise((resolve) => setTimeout(() => resolve("done"), 300))),
]);
`;

const HEAD = "HTTP/1.1 200 OK\r\nLambda-Runtime-Aws-Request-Id: r1\r\nLambda-Runtime-Deadline-Ms: 0\r\n";
const ACCEPTED = 'HTTP/1.1 202 Accepted\r\nContent-Length: 15\r\n\r\n{"status":"OK"}';
const event = (text: string): string => `${HEAD}Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;

describe("the native loop", () => {
  let app: Awaited<ReturnType<typeof scratchApp>>;
  let task: string;
  let folder: string;
  const sandboxes: RuntimeProcess[] = [];

  beforeAll(async () => {
    app = await scratchApp({ "app.ts": APP });
    folder = await mkdtemp(join(tmpdir(), "laconic-e2e-"));
    const built = await build(app.file("app.ts"), "--shim", "native");
    task = join(folder, "task");
    await unpack(join(built.folder, built.package), task);
  }, 120_000);
  afterAll(async () => {
    for (const sandbox of sandboxes) await sandbox.close();
    await app.remove();
    await rm(folder, { recursive: true, force: true });
  });

  async function start(fn: string, env: Record<string, string> = {}): Promise<RuntimeProcess> {
    const { prepare } = await findRuntime("provided");
    const sandbox = await prepare({ taskDir: task, handler: fn, env });
    sandboxes.push(sandbox);
    sandbox.spawn();
    return sandbox;
  }

  /** Runs the program against a Runtime API of raw bytes: `answer` says what each request is answered with. */
  async function against(
    fn: string,
    answer: (request: string, at: number, socket: Socket) => string | undefined,
  ): Promise<{ requests: string[]; code: number | null; stderr: string }> {
    const requests: string[] = [];
    const server = createServer((socket) => {
      let waiting = "";
      socket.on("error", () => undefined);
      socket.on("data", (chunk) => {
        waiting += chunk.toString("latin1");
        const head = waiting.indexOf("\r\n\r\n");
        const length = Number(/content-length: (\d+)/i.exec(waiting)?.[1] ?? 0);
        if (head < 0 || waiting.length < head + 4 + length) return;
        requests.push(waiting);
        waiting = "";
        const text = answer(requests.at(-1)!, requests.length - 1, socket);
        if (text === undefined) socket.destroy();
        else socket.write(text, "latin1");
      });
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as { port: number };
    const place = {
      taskRoot: task,
      runtimeApi: `127.0.0.1:${port}`,
      executionEnvironment: "AWS_Lambda_provided.al2023",
    };
    const child = spawn(join(task, "bootstrap"), [], {
      env: lambdaEnvironment({ handler: fn }, place),
      cwd: task,
    });
    let stderr = "";
    child.stderr.on("data", (chunk) => (stderr += chunk));
    const [code] = (await once(child, "close")) as [number | null];
    server.close();
    return { requests, code, stderr };
  }

  it("passes on everything that Lambda says of a request", async () => {
    const sandbox = await start("echo");
    const { payload } = await sandbox.invoke('{"a":"ü"}', {
      traceId: "Root=1-2-3",
      tenantId: "blue",
      clientContext: { custom: { x: "1" } },
    });
    expect(JSON.parse(payload.toString())).toEqual({
      event: { a: "ü" },
      trace: "Root=1-2-3",
      tenant: "blue",
      key: "AKIDEXAMPLE",
      left: true,
      client: { x: "1" },
      name: "echo",
    });
  });

  it("answers an event that is not JSON, or not UTF-8, with an error, and the next one", async () => {
    const sandbox = await start("echo");
    for (const broken of ['{"a":', Buffer.from([0x22, 0xff, 0x22])]) {
      const { kind, payload } = await sandbox.invoke(broken);
      expect({ kind, ...JSON.parse(payload.toString()) }).toMatchObject({
        kind: "error",
        errorMessage: expect.stringMatching(/event.* is not (JSON|UTF-8)/),
      });
    }
    expect((await sandbox.invoke('"x"')).kind).toBe("response");
  });

  it("takes the largest event, and an empty one as null", async () => {
    const sandbox = await start("echo");
    const largest = JSON.stringify("x".repeat(MAX_PAYLOAD_BYTES - 2));
    const { kind, payload } = await sandbox.invoke(largest, { timeoutMs: 20_000 });
    // With what the function adds, the answer is larger than Lambda takes.
    expect({ kind, text: payload.toString() }).toMatchObject({
      kind: "error",
      text: expect.stringMatching(/ResponseSizeTooLarge.*LAC6110/),
    });
    expect(JSON.parse((await sandbox.invoke("")).payload.toString())).toMatchObject({ event: null });
  });

  it("sends the largest result, and says of one byte more what to do", async () => {
    const sandbox = await start("big");
    const largest = MAX_PAYLOAD_BYTES - 2;
    expect((await sandbox.invoke(JSON.stringify({ bytes: largest }))).payload).toHaveLength(
      MAX_PAYLOAD_BYTES,
    );
    const { kind, payload } = await sandbox.invoke(JSON.stringify({ bytes: largest + 1 }));
    expect({ kind, ...JSON.parse(payload.toString()) }).toMatchObject({
      kind: "error",
      errorType: "Function.ResponseSizeTooLarge",
    });
    expect((await sandbox.invoke('{"bytes":1}')).kind).toBe("response");
  });

  it("refuses several requests at once when it starts, with the way out", async () => {
    const sandbox = await start("echo", { AWS_LAMBDA_MAX_CONCURRENCY: "8" });
    const { kind, payload } = await sandbox.invoke("{}");
    expect({ kind, ...JSON.parse(payload.toString()) }).toMatchObject({
      kind: "init-error",
      errorMessage: expect.stringMatching(/LAC6401.*npx @laconic\/cli switch node/),
    });
  });

  it("names the function that is there when the handler is another", async () => {
    const { kind, payload } = await (await start("ecko")).invoke("{}");
    expect({ kind, ...JSON.parse(payload.toString()) }).toMatchObject({
      kind: "error",
      errorMessage: expect.stringMatching(/no function "ecko", did you mean "echo"/),
    });
  });

  it("is a wrapper of any managed runtime's command", async () => {
    const { prepare } = await findRuntime("provided");
    const sandbox = await prepare({
      taskDir: task,
      handler: "echo",
      // As Lambda starts it in the place of Python.
      cage: (command) => ({ ...command, args: ["/var/lang/bin/python3.13", "/var/runtime/bootstrap.py"] }),
    });
    sandboxes.push(sandbox);
    sandbox.spawn();
    expect((await sandbox.invoke("1")).kind).toBe("response");
  });

  it("with SnapStart, is restored before its first event", async () => {
    const sandbox = await start("echo", { AWS_LAMBDA_INITIALIZATION_TYPE: "snap-start" });
    expect((await sandbox.invoke("1")).kind).toBe("response");
  });

  it("ends when the Runtime API answers 500 or 403, as Lambda asks it to", async () => {
    for (const status of ["500 Internal Server Error", "403 Forbidden"]) {
      const { code, stderr } = await against(
        "echo",
        () => `HTTP/1.1 ${status}\r\nContent-Length: 4\r\n\r\nnope`,
      );
      expect({ code, stderr }).toMatchObject({
        code: 1,
        stderr: expect.stringMatching(/LAC6404.*(500|403).*nope/),
      });
    }
  });

  it("asks again when the connection breaks while it waits, and loses no event", async () => {
    const { requests, code } = await against("echo", (_request, at) => {
      if (at === 0) return undefined;
      if (at === 1) return event("5");
      if (at === 2) return ACCEPTED;
      return "HTTP/1.1 500 End\r\nContent-Length: 0\r\n\r\n";
    });
    expect(code).toBe(1);
    expect(requests[2]).toMatch(/^POST \/2018-06-01\/runtime\/invocation\/r1\/response [^]*"event":5/);
  });

  it("reports an answer that breaks in its middle, and ends in time", async () => {
    const { code, stderr } = await against("echo", (_request, _at, socket) => {
      socket.end(`${HEAD}Content-Length: 100\r\n\r\n{"half":`);
      return "";
    });
    expect({ code, stderr }).toMatchObject({ code: 1, stderr: expect.stringContaining("LAC6404") });
  });

  it("reports what is no HTTP", async () => {
    const { code, stderr } = await against("echo", () => "what?\r\n\r\n");
    expect({ code, stderr }).toMatchObject({ code: 1, stderr: expect.stringMatching(/LAC6404.*not HTTP/) });
  });

  it("sends its answer again when the kept connection turns out to be closed", async () => {
    const { requests } = await against("echo", (request, at, socket) => {
      if (at === 0) {
        socket.end(event("1"), "latin1");
        return "";
      }
      return request.startsWith("POST") ? ACCEPTED : "HTTP/1.1 500 End\r\nContent-Length: 0\r\n\r\n";
    });
    expect(requests[1]).toMatch(/^POST .*\/r1\/response/);
  });

  it("goes on after an answer that was refused, and logs it", async () => {
    const { requests, stderr } = await against("echo", (_request, at) => {
      if (at === 0 || at === 2) return event("1");
      if (at === 1) return "HTTP/1.1 400 Bad\r\nContent-Length: 7\r\n\r\nexpired";
      return at === 3 ? ACCEPTED : "HTTP/1.1 500 End\r\nContent-Length: 0\r\n\r\n";
    });
    expect(stderr).toMatch(/LAC6406.*r1.*400: expired/);
    expect(requests[3]).toMatch(/^POST/);
  });

  it("reads chunked answers", async () => {
    const { requests } = await against("echo", (_request, at) => {
      if (at === 0) return `${HEAD}Transfer-Encoding: chunked\r\n\r\n2\r\n[1\r\n3;x=y\r\n,2]\r\n0\r\n\r\n`;
      return at === 1 ? ACCEPTED : "HTTP/1.1 500 End\r\nContent-Length: 0\r\n\r\n";
    });
    expect(requests[1]).toContain('"event":[1,2]');
  });

  it("finishes the request that runs when SIGTERM comes, and then ends", async () => {
    const sandbox = await start("slow");
    const first = await sandbox.invoke("1");
    expect(first.kind).toBe("response");
    const running = sandbox.invoke("2");
    await new Promise((resolve) => setTimeout(resolve, 50));
    process.kill(sandbox.pid!, "SIGTERM");
    expect((await running).payload.toString()).toBe('"done"');
    expect((await sandbox.invoke("3")).kind).toBe("exit");
  });

  it("ends at once when SIGTERM comes while it waits", async () => {
    const sandbox = await start("echo");
    await sandbox.invoke("1");
    await new Promise((resolve) => setTimeout(resolve, 50));
    process.kill(sandbox.pid!, "SIGTERM");
    // An event that came before the process was woken would be answered.
    await expect.poll(() => sandbox.alive, { timeout: 10_000 }).toBe(false);
    const { kind, payload } = await sandbox.invoke("2");
    expect({ kind, text: payload.toString() }).toMatchObject({
      kind: "exit",
      text: expect.stringContaining("exit status 0"),
    });
  });
});
