import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort, findRuntime, type RuntimeProcess, unpack } from "@laconic/bench";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { behaviours } from "./behaviours.js";
import { checkBehaviour } from "./check-behaviour.js";
import { apps, build, type Built } from "./laconic.js";
import { shims } from "./shims.js";

const subjects = shims.flatMap((shim) =>
  (["hello", "hono-zod", "faults"] as const).map((app) => ({ ...shim, app })),
);

describe.each(subjects)("the $shim shim: $app", ({ shim, runtime, frames, differences, app }) => {
  let folder: string;
  let built: Built;
  let taskDir: string;
  const sandboxes = new Map<string, RuntimeProcess>();

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "laconic-e2e-"));
    taskDir = join(folder, "task");
    built = await build(join(apps, app, "app.ts"), "--shim", shim, "--out-dir", join(folder, "artifacts"));
    await unpack(join(built.folder, built.package), taskDir);
  }, 120_000);

  afterAll(async () => {
    for (const sandbox of sandboxes.values()) await sandbox.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** One sandbox a function, as in Lambda; it serves all the behaviours of its function. */
  async function sandbox(fn: string): Promise<RuntimeProcess> {
    const there = sandboxes.get(fn);
    if (there?.alive) return there;
    const { handler } = built.functions.find(({ name }) => name === fn)!;
    const { prepare } = await findRuntime(runtime);
    const env = { LACONIC_PROXY_PORT: String(await freePort()) };
    const started = await prepare({ taskDir, handler, functionName: fn, env });
    started.spawn();
    sandboxes.set(fn, started);
    return started;
  }

  it.each(behaviours.filter((behaviour) => behaviour.app === app))("$does", async (behaviour) => {
    const running = await sandbox(behaviour.fn);
    const outcome = await running.invoke(JSON.stringify(behaviour.event), { timeoutMs: behaviour.timeoutMs });
    const difference = differences[behaviour.does];
    if (difference) return expect(outcome.kind, difference.because).toBe(difference.kind);
    checkBehaviour(behaviour, outcome.kind, JSON.parse(outcome.payload.toString()), frames);
    expect(running.alive).toBe(true);
  });
});
