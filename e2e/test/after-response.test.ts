import { setTimeout as pause } from "node:timers/promises";
import { createServer, request as httpRequest } from "node:http";
import { findRuntime, preparePythonRuntime, pythonEnvironment, type RuntimeProcess } from "@laconic/bench";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { FakeCloudWatch } from "../../tools/aws/fake-cloudwatch.js";
import { accountAt, listening, stopListening } from "../../tools/aws/ministack.mjs";
import { type Built, unpackedApp } from "./laconic.js";

const APP = `import { createMetrics } from "@laconic/metrics";
import { lambda, main } from "@laconic/runtime/library";
const metrics = createMetrics({ service: "Shop", sink: "cloudwatch", cloudwatch: { intervalMs: 50, timeoutMs: 900 } });
metrics.add("Loaded", 1, "Count");
let number = 0;
const order = async () => {
  metrics.add("Orders", ++number, "Count");
  return number;
};
main("Shop", "sells", [lambda("order", () => metrics.run(order))]);`;

describe.each(["python", "native"] as const)("after a response of the %s shim", (shim) => {
  const log: string[] = [];
  let cloudwatch: FakeCloudWatch;
  let env: Record<string, string>;
  let built: Built;
  let taskDir: string;
  let remove: () => Promise<void>;

  beforeAll(async () => {
    ({ built, taskDir, remove } = await unpackedApp(APP, shim));
  }, 120_000);
  // One for each test: a process sends what is left when it is closed.
  beforeEach(async () => {
    log.length = 0;
    cloudwatch = new FakeCloudWatch();
    env = accountAt(await cloudwatch.start());
  });
  afterEach(() => {
    cloudwatch.stop();
  });
  afterAll(() => remove());

  async function start(more: Readonly<Record<string, string>> = {}): Promise<RuntimeProcess> {
    const options = {
      taskDir,
      handler: built.functions[0]!.handler,
      functionName: "order",
      timeoutSeconds: 20,
      env: { ...env, ...more },
      freezes: true,
      // Lambda gives half a second, and this machine may be slow.
      shutdownMs: 10_000,
      onLog: (line: string) => void log.push(line),
    };
    const sandbox =
      shim === "native"
        ? await (await findRuntime("provided")).prepare(options)
        : // There, the client waits for events in Python, which can hear a signal.
          await preparePythonRuntime({
            ...options,
            environment: { ...(await pythonEnvironment()), version: "3.12.0" },
          });
    onTestFinished(() => sandbox.close());
    sandbox.spawn();
    return sandbox;
  }

  /** Resolves once the process is stopped, which it is when nothing is left to do. */
  function frozen({ api }: RuntimeProcess): Promise<void> {
    const signal = api.onIdle;
    return new Promise((resolve) => {
      api.onIdle = (isIdle) => {
        signal(isIdle);
        if (!isIdle) return;
        api.onIdle = signal;
        resolve();
      };
    });
  }

  async function order(sandbox: RuntimeProcess): Promise<void> {
    const idle = frozen(sandbox);
    const { kind, payload } = await sandbox.invoke("{}");
    expect([kind, log]).toEqual(["response", []]);
    expect(payload.toString()).toMatch(/^\d+$/);
    await idle;
  }

  /** Waits for the start, after which the process is idle. */
  async function started(more?: Readonly<Record<string, string>>): Promise<RuntimeProcess> {
    const sandbox = await start(more);
    await frozen(sandbox);
    return sandbox;
  }

  it("the sandbox is kept awake until metrics have been sent, and no longer", async () => {
    const sandbox = await started();
    for (const orders of [[1], [1, 2], [1, 2, 3]]) {
      await order(sandbox);
      expect(cloudwatch.values("Orders")).toEqual(orders);
    }
    expect(cloudwatch.values("Loaded")).toEqual([1]);
    sandbox.kill();
  });

  it("the response has left before they are sent", async () => {
    // Each test of it has its own first request, for which the SDK is loaded.
    const sandbox = await started();
    cloudwatch.behaviours = ["hang"];
    const idle = frozen(sandbox);
    await sandbox.invoke("{}");
    expect(cloudwatch.values("Orders")).toEqual([]);
    await idle;
    expect(cloudwatch.requests).toBe(1);
  });

  it("a CloudWatch that hangs holds up neither responses nor the events that follow", async () => {
    const sandbox = await started();
    cloudwatch.behaviours = Array<"hang">(50).fill("hang");
    const idle = frozen(sandbox);
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => sandbox.invoke("{}")));
    expect(outcomes.map(({ kind, payload }) => [kind, payload.toString()])).toEqual(
      Array.from({ length: 20 }, (_, at) => ["response", String(at + 1)]),
    );
    await idle;
    // One attempt, and the pause after it: not one for each request.
    expect(cloudwatch.requests).toBeLessThan(5);
  });

  it("what could not be sent is sent before the process ends", async () => {
    const sandbox = await started();
    // As often as the SDK tries.
    cloudwatch.behaviours = Array<"503">(3).fill("503");
    const idle = frozen(sandbox);
    expect((await sandbox.invoke("{}")).kind).toBe("response");
    await idle;
    expect(cloudwatch.values("Orders")).toEqual([]);
    await sandbox.close();
    expect(cloudwatch.values("Orders")).toEqual([1]);
    expect(cloudwatch.values("MetricValuesDropped")).toEqual([]);
  });

  it("a process that is stopped in the middle of it goes on where it was", async () => {
    const sandbox = await started();
    for (let orders = 1; orders <= 5; orders++) {
      const idle = frozen(sandbox);
      expect((await sandbox.invoke("{}")).kind).toBe("response");
      process.kill(-sandbox.pid!, "SIGSTOP");
      await pause(10 * orders);
      process.kill(-sandbox.pid!, "SIGCONT");
      await idle;
      expect(cloudwatch.values("Orders")).toEqual(Array.from({ length: orders }, (_, at) => at + 1));
    }
  });

  it("what may have been stored is counted, and the count arrives", async () => {
    const sandbox = await started();
    cloudwatch.behaviours = ["stored, then reset"];
    const idle = frozen(sandbox);
    expect((await sandbox.invoke("{}")).kind).toBe("response");
    await idle;
    await sandbox.close();
    // The one that was added while the app loaded went with it.
    expect(cloudwatch.values("Orders")).toEqual([1]);
    expect(cloudwatch.values("MetricValuesDropped")).toEqual([2]);
  });

  it("what waits when a snapshot is taken is sent before, and by no process that is restored from it", async () => {
    const sandbox = await started({ AWS_LAMBDA_INITIALIZATION_TYPE: "snap-start" });
    expect(cloudwatch.values("Loaded")).toEqual([1]);
    await order(sandbox);
    expect([cloudwatch.values("Loaded"), cloudwatch.values("Orders")]).toEqual([[1], [1]]);
  });

  it("values are sent all the same where nobody takes extensions", async () => {
    const api = await withoutExtensions();
    onTestFinished(() => api.stop());
    const sandbox = await start({ AWS_LAMBDA_RUNTIME_API: api.address });
    api.forwardTo(sandbox.api.address);
    await frozen(sandbox);
    // Such a host does not stop the process, either.
    sandbox.api.onIdle = () => undefined;
    process.kill(sandbox.pid!, "SIGCONT");
    for (let requests = 0; cloudwatch.values("Orders").length === 0; requests++) {
      expect((await sandbox.invoke("{}")).kind).toBe("response");
      expect(requests).toBeLessThan(100);
      await pause(50);
    }
    expect(cloudwatch.values("Orders")[0]).toBe(1);
  });
});

/** Lambda's Runtime API as emulators have it: what belongs to extensions answers 404. */
async function withoutExtensions() {
  let target = "";
  const server = createServer((request, response) => {
    if (request.url!.includes("/extension/")) return void response.writeHead(404).end();
    const { method, url, headers } = request;
    const forwarded = httpRequest(`http://${target}${url}`, { method, headers }, (answer) => {
      response.writeHead(answer.statusCode!, answer.headers);
      answer.pipe(response);
    });
    forwarded.on("error", () => response.destroy());
    request.pipe(forwarded);
  });
  const address = (await listening(server)).replace("http://", "");
  return {
    address,
    forwardTo: (next: string) => (target = next),
    stop: () => stopListening(server),
  };
}
