import { createServer } from "node:http";
import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort, findRuntime, type Outcome, type RuntimeProcess, unpack } from "@laconic/bench";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { apps, build, scratchApp } from "./laconic.js";

/** What a program of the app's process begins with, in the place of the real one. */
const PROGRAM = `#!/usr/bin/env node
import { createServer } from "node:net";
const port = Number(process.env.LACONIC_PROXY_PORT);
const ready = () => process.kill(Number(process.env.LACONIC_PROXY_PARENT), "SIGUSR2");
const answering = (act) => createServer((socket) => socket.on("data", () => act(socket))).listen(port, "127.0.0.1", ready);
`;

describe("the proxy shim, when the app's process goes wrong", () => {
  let folder: string;
  let task: string;
  const sandboxes: RuntimeProcess[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "laconic-e2e-"));
    task = join(folder, "task");
    const built = await build(
      join(apps, "hello", "app.ts"),
      "--shim",
      "proxy",
      "--out-dir",
      join(folder, "out"),
    );
    await unpack(join(built.folder, built.package), task);
  }, 120_000);
  afterAll(async () => {
    for (const sandbox of sandboxes) await sandbox.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function start(taskDir: string, env: Record<string, string> = {}, fn = "hello") {
    const { prepare } = await findRuntime("nodejs");
    const logs: string[] = [];
    const sandbox = await prepare({
      taskDir,
      handler: `index.${fn}`,
      functionName: fn,
      env: { LACONIC_PROXY_PORT: String(await freePort()), ...env },
      onLog: (line) => logs.push(line),
    });
    sandboxes.push(sandbox);
    sandbox.spawn();
    return { sandbox, logs };
  }

  /** The package with another program in the place of the app's. */
  async function withProgram(name: string, text: string): Promise<string> {
    const taskDir = join(folder, name);
    await cp(task, taskDir, { recursive: true });
    await writeFile(join(taskDir, "laconic-app.mjs"), PROGRAM + text);
    return taskDir;
  }

  const error = ({ kind, payload }: Outcome): unknown => ({ kind, ...JSON.parse(payload.toString()) });

  it("never signals: the start fails in time, with the way out", async () => {
    const taskDir = await withProgram("silent", "setInterval(() => {}, 1000);\n");
    const { sandbox } = await start(taskDir, { LACONIC_PROXY_START_MS: "700" });
    expect(error(await sandbox.invoke("{}"))).toMatchObject({
      kind: "init-error",
      errorMessage: expect.stringMatching(/LAC6304.*700 ms.*LACONIC_PROXY_START_MS/),
    });
  });

  it("dies before it is ready: the start fails, and the log has its last words", async () => {
    const taskDir = await withProgram("early", 'console.error("last words"); process.exit(7);\n');
    const { sandbox, logs } = await start(taskDir);
    expect(error(await sandbox.invoke("{}"))).toMatchObject({
      kind: "init-error",
      errorMessage: expect.stringMatching(/LAC6303.*exit code 7/),
    });
    expect(logs.join("\n")).toContain("last words");
  });

  it("answers what is no HTTP: an error, and the sandbox lives", async () => {
    const taskDir = await withProgram("garbage", 'answering((socket) => socket.end("what?"));\n');
    const { sandbox } = await start(taskDir);
    expect(error(await sandbox.invoke("{}"))).toMatchObject({
      kind: "error",
      errorMessage: expect.stringMatching(/LAC6307.*LACONIC_PROXY_PORT/),
    });
    expect(sandbox.alive).toBe(true);
  });

  it("answers with a body that is no JSON: an error that shows it", async () => {
    const answer = JSON.stringify("HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\n<html>");
    const taskDir = await withProgram("page", `answering((socket) => socket.write(${answer}));\n`);
    const { sandbox } = await start(taskDir);
    expect(error(await sandbox.invoke("{}"))).toMatchObject({
      kind: "error",
      errorMessage: expect.stringMatching(/LAC6307.*<html>/),
    });
  });

  it("answers by half: an error, not half a result", async () => {
    const answer = JSON.stringify('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"half":');
    const taskDir = await withProgram("half", `answering((socket) => socket.end(${answer}));\n`);
    const { sandbox } = await start(taskDir);
    expect(error(await sandbox.invoke("{}"))).toMatchObject({
      kind: "error",
      errorMessage: expect.stringContaining("LAC6307"),
    });
  });

  it("never answers: stopped before the deadline, and the next process serves", async () => {
    const taskDir = await withProgram("mute", "answering(() => {});\n");
    const { sandbox } = await start(taskDir);
    const outcome = error(await sandbox.invoke("{}", { timeoutMs: 1500 }));
    expect(outcome).toMatchObject({ kind: "error", errorType: "Timeout" });
    expect(sandbox.alive).toBe(true);
  });

  it("its port is taken: the start fails and names the variable", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => other.once("listening", resolve));
    const { port } = other.address() as { port: number };
    const { sandbox } = await start(task, { LACONIC_PROXY_PORT: String(port) });
    const outcome = error(await sandbox.invoke("{}"));
    other.close();
    expect(outcome).toMatchObject({
      kind: "init-error",
      errorMessage: expect.stringMatching(/LAC6309: port \d+.*LACONIC_PROXY_PORT/),
    });
  });

  it.each(["null", "0", '""', "false"])("passes on the falsy event %s", async (event) => {
    const app = await scratchApp({
      "app.ts": `import { lambda, main } from "@laconic/runtime";
main("Falsy", "", [lambda("hello", (event) => ({ got: event }))]);
`,
    });
    try {
      const built = await build(app.file("app.ts"), "--shim", "proxy");
      const taskDir = join(app.folder, "task");
      await unpack(join(built.folder, built.package), taskDir);
      const { sandbox } = await start(taskDir);
      const { kind, payload } = await sandbox.invoke(event);
      expect({ kind, payload: payload.toString() }).toEqual({
        kind: "response",
        payload: `{"got":${event}}`,
      });
    } finally {
      await app.remove();
    }
  });
});

describe("the proxy shim, when a function ends the app's process", () => {
  let app: Awaited<ReturnType<typeof scratchApp>>;
  let taskDir: string;
  const sandboxes: RuntimeProcess[] = [];

  beforeAll(async () => {
    app = await scratchApp({
      "app.ts": `import { lambda, main } from "@laconic/runtime";
let served = 0;
main("Ends", "", [
  lambda("hello", (event) => {
    if (event?.exit !== undefined) process.exit(event.exit);
    if (event?.later !== undefined) setTimeout(() => process.exit(0), 10);
    console.log("served", ++served);
    return { served };
  }),
]);
`,
    });
    const built = await build(app.file("app.ts"), "--shim", "proxy");
    taskDir = join(app.folder, "task");
    await unpack(join(built.folder, built.package), taskDir);
  }, 60_000);
  afterAll(async () => {
    for (const sandbox of sandboxes) await sandbox.close();
    await app.remove();
  });

  async function start() {
    const { prepare } = await findRuntime("nodejs");
    const logs: string[] = [];
    const env = { LACONIC_PROXY_PORT: String(await freePort()), LACONIC_METRICS: "emf" };
    const sandbox = await prepare({ taskDir, handler: "index.hello", env, onLog: (line) => logs.push(line) });
    sandboxes.push(sandbox);
    sandbox.spawn();
    return { sandbox, logs };
  }

  it("the request in flight fails with the exit code, and the next one is served by another process", async () => {
    const { sandbox, logs } = await start();
    const failed = await sandbox.invoke('{"exit":3}');
    expect({ kind: failed.kind, ...JSON.parse(failed.payload.toString()) }).toMatchObject({
      kind: "error",
      errorMessage: expect.stringMatching(/LAC6305.*exit code 3/),
    });
    const next = await sandbox.invoke("{}");
    expect({ kind: next.kind, payload: next.payload.toString() }).toEqual({
      kind: "response",
      payload: '{"served":1}',
    });
    // A line is written when its answer is on its way.
    await expect.poll(() => logs.join("\n")).toContain("OpenSocketDuration");
    const metrics = logs.join("\n");
    for (const name of ["ProcessCreated", "ProcessTerminated", "ProcessReused", "OpenSocketDuration"]) {
      expect(metrics).toContain(`"${name}"`);
    }
    expect(metrics).toMatch(/ended with exit code 3 \(start 1 of 6\)/);
    // The process's own lines, with the id of the request that AWS's client puts in front.
    expect(metrics).toMatch(/\tINFO\tserved 1$/m);
  });

  it("nothing is lost when it ends between two requests", async () => {
    const { sandbox, logs } = await start();
    await sandbox.invoke('{"later":1}');
    while (!logs.some((line) => line.includes("ended with exit code 0"))) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    const next = await sandbox.invoke("{}");
    expect(next.payload.toString()).toBe('{"served":1}');
  });

  it("after five restarts the sandbox gives up, and Lambda makes another", async () => {
    const { sandbox } = await start();
    for (let end = 1; end <= 6; end++) {
      expect((await sandbox.invoke('{"exit":1}')).kind).toBe("error");
    }
    const outcome = await sandbox.invoke("{}");
    expect(outcome.kind).toBe("exit");
    expect(outcome.payload.toString()).toContain("LAC6306");
  }, 60_000);
});
