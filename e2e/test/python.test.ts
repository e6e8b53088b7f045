import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { preparePythonRuntime, pythonEnvironment, type RuntimeProcess, unpack } from "@laconic/bench";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { behaviours } from "./behaviours.js";
import { checkBehaviour } from "./check-behaviour.js";
import { apps, build, type Built } from "./laconic.js";

describe.each(["hello", "hono-zod", "faults"] as const)("the Python shim: %s", (app) => {
  let built: Built;
  let taskDir: string;
  const sandboxes = new Map<string, RuntimeProcess>();

  beforeAll(async () => {
    built = await build(join(apps, app, "app.ts"));
    taskDir = await mkdtemp(join(tmpdir(), "laconic-e2e-"));
    await unpack(join(built.folder, built.package), taskDir);
  });

  afterAll(async () => {
    for (const sandbox of sandboxes.values()) await sandbox.close();
    await rm(taskDir, { recursive: true, force: true });
  });

  /** One sandbox a function, as in Lambda; it serves all the behaviours of its function. */
  async function sandbox(fn: string): Promise<RuntimeProcess> {
    const there = sandboxes.get(fn);
    if (there) return there;
    const { handler } = built.functions.find(({ name }) => name === fn)!;
    const environment = await pythonEnvironment();
    const started = await preparePythonRuntime({ taskDir, environment, handler, functionName: fn });
    started.spawn();
    sandboxes.set(fn, started);
    return started;
  }

  it("names what is wrong with an event that is not JSON, and answers the next", async () => {
    const { fn, event, answers, responds } = behaviours.find((each) => each.app === app && !each.fails)!;
    const running = await sandbox(fn);
    for (const broken of ['{"a":', Buffer.from([0x22, 0xff, 0x22])]) {
      const { kind, payload } = await running.invoke(broken);
      expect({ kind, ...JSON.parse(payload.toString()) }).toMatchObject({
        kind: "error",
        errorMessage: expect.stringMatching(/event.* is not (JSON|UTF-8)/),
      });
    }
    const next = await running.invoke(JSON.stringify(event));
    expect(JSON.parse(next.payload.toString())).toMatchObject((responds ?? answers) as object);
  });
});

/** Any function of the package, chosen by the event, so that one process meets all the faults. */
const ROUTER = `import index

def handler(event, context):
    return getattr(index, event["fn"])(event["event"], context)
`;

describe("one process that meets every fault", () => {
  let taskDir: string;
  let running: RuntimeProcess;

  beforeAll(async () => {
    const { folder, package: zip } = await build(join(apps, "faults", "app.ts"));
    taskDir = await mkdtemp(join(tmpdir(), "laconic-e2e-"));
    await unpack(join(folder, zip), taskDir);
    await writeFile(join(taskDir, "router.py"), ROUTER);
    const environment = await pythonEnvironment();
    running = await preparePythonRuntime({ taskDir, environment, handler: "router.handler" });
    running.spawn();
  });

  afterAll(async () => {
    await running.close();
    await rm(taskDir, { recursive: true, force: true });
  });

  it.each(behaviours.filter(({ app }) => app === "faults"))(
    "$fn, then a correct request",
    async (behaviour) => {
      const fn = behaviour.fn.replaceAll("-", "_");
      const { kind, payload } = await running.invoke(JSON.stringify({ fn, event: behaviour.event }));
      checkBehaviour(behaviour, kind, JSON.parse(payload.toString()));
      const next = await running.invoke(JSON.stringify({ fn: "right", event: { n: 7 } }));
      expect({ kind: next.kind, payload: next.payload.toString() }).toEqual({
        kind: "response",
        payload: '{"right":true,"n":7}',
      });
    },
  );
});
