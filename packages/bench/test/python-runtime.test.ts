import { fileURLToPath } from "node:url";
import { afterEach, beforeAll, expect, it } from "vitest";
import {
  type Outcome,
  type PythonEnvironment,
  type PythonRuntimeOptions,
  preparePythonRuntime,
  pythonEnvironment,
  type RuntimeProcess,
} from "../src/index.js";

const taskDir = fileURLToPath(new URL("fixtures", import.meta.url));
let environment: PythonEnvironment;
let runtime: RuntimeProcess;

beforeAll(async () => {
  environment = await pythonEnvironment();
}, 300_000);
afterEach(() => runtime.close());

async function start(handler: string, options: Partial<PythonRuntimeOptions> = {}): Promise<RuntimeProcess> {
  runtime = await preparePythonRuntime({ taskDir, environment, handler: `index.${handler}`, ...options });
  runtime.spawn();
  return runtime;
}

const json = ({ payload }: Outcome): Record<string, unknown> => JSON.parse(payload.toString());

it("answers events one after another in one process", async () => {
  const { pid } = await start("ok");
  for (const event of [{ a: 1 }, "é", null]) {
    const ended = await runtime.invoke(JSON.stringify(event));
    expect(ended).toMatchObject({ kind: "response", contentType: "application/json" });
    expect(json(ended)).toEqual({ event, id: ended.requestId, name: "ok" });
  }
  expect(runtime.pid).toBe(pid);
});

it("tells the function what Lambda tells", async () => {
  await start("told");
  const ended = await runtime.invoke("{}", {
    deadlineMs: 99,
    arn: "arn:x",
    traceId: "Root=1",
    clientContext: { custom: { a: "é" } },
    identity: { cognitoIdentityId: "i", cognitoIdentityPoolId: "p" },
  });
  expect(json(ended)).toEqual({
    arn: "arn:x",
    deadline: 99,
    identity: "i",
    custom: { a: "é" },
    trace: "Root=1",
  });
});

it("gives Lambda's environment and nothing of the host's", async () => {
  process.env["LACONIC_LEAK"] = "leaked";
  await start("environment", {
    memorySize: 256,
    functionName: "my-function",
    env: { MINE: "1", TZ: "Asia/Tokyo" },
  });
  const seen = json(await runtime.invoke("{}"));
  delete process.env["LACONIC_LEAK"];
  expect(seen).toMatchObject({
    AWS_LAMBDA_FUNCTION_NAME: "my-function",
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: "256",
    AWS_LAMBDA_LOG_GROUP_NAME: "/aws/lambda/my-function",
    AWS_EXECUTION_ENV: `AWS_Lambda_python${environment.version.split(".", 2).join(".")}`,
    LAMBDA_TASK_ROOT: taskDir,
    _HANDLER: "index.environment",
    MINE: "1",
    TZ: "Asia/Tokyo",
  });
  expect(seen).not.toHaveProperty("LACONIC_LEAK");
  expect(seen).not.toHaveProperty("HOME");
});

it("reports an exception as the function's error and goes on", async () => {
  await start("raises");
  for (let time = 0; time < 2; time++) {
    const ended = await runtime.invoke("{}");
    expect(ended.kind).toBe("error");
    expect(json(ended)).toMatchObject({ errorType: "ValueError", errorMessage: "no such thing" });
  }
});

it("reports a handler that is not there", async () => {
  await start("missing");
  const ended = await runtime.invoke("{}");
  expect(ended.kind).toBe("init-error");
  expect(json(ended)["errorType"]).toBe("Runtime.HandlerNotFound");
});

it("reports an exit with its status", async () => {
  await start("fails_once");
  expect((await runtime.invoke("{}")).kind).toBe("response");
  const ended = await runtime.invoke('{"fail": true}');
  expect(ended.kind).toBe("exit");
  expect(json(ended)["errorMessage"]).toContain("Runtime exited with error: exit status 3");
  expect(runtime.alive).toBe(false);
});

it("reports a signal with the last words", async () => {
  await start("dies");
  const ended = await runtime.invoke("{}");
  expect(ended.kind).toBe("exit");
  expect(json(ended)["errorMessage"]).toMatch(/signal: SIGSEGV[^]*last words/);
});

it("reports a command that cannot be run", async () => {
  await start("ok", { environment: { python: "/nonexistent/python", version: "3.12.0" } });
  const ended = await runtime.invoke("{}");
  expect(ended.kind).toBe("exit");
  expect(json(ended)["errorMessage"]).toContain("ENOENT");
});

it("passes on what the function writes", async () => {
  const lines: string[] = [];
  await start("prints", { onLog: (line, stream) => lines.push(`${stream} ${line}`) });
  await runtime.invoke("{}");
  await runtime.close();
  expect(lines.sort()).toEqual(["stderr to stderr", "stdout to stdout: 😀"]);
});

it("kills a function that takes too long", async () => {
  await start("hangs", { timeoutSeconds: 0.2 });
  const ended = await runtime.invoke("{}");
  expect(ended.kind).toBe("timeout");
  expect(json(ended)).toMatchObject({ errorType: "Sandbox.Timedout" });
  await runtime.close();
  expect(runtime.alive).toBe(false);
});

it("carries bytes and large payloads untouched", async () => {
  await start("binary");
  expect((await runtime.invoke("{}")).payload).toEqual(
    Buffer.from(Array.from({ length: 256 }, (_, byte) => byte)),
  );
  await runtime.close();
  await start("large");
  expect((await runtime.invoke('{"size": 6000000}')).payload).toHaveLength(6_000_000);
});
