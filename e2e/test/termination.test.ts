import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  findRuntime,
  preparePythonRuntime,
  pythonEnvironment,
  type RuntimeProcess,
  unpack,
} from "@laconic/bench";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { build, scratchApp } from "./laconic.js";

/** Apps by what they do with SIGTERM, which Lambda sends before it ends a process that has an extension. */
const LISTENERS = {
  exits: 'process.on("SIGTERM", (...given) => { console.log("closing", ...given); process.exit(3); });',
  waits: `process.once("SIGTERM", async () => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      console.log("closed the pool");
      process.exitCode = 4;
      process.exit();
    });
    process.on("exit", (code) => console.log("exit", code));`,
  throws: 'process.on("SIGTERM", () => { throw new RangeError("cannot close"); });',
  stays: 'process.on("SIGTERM", () => { console.log("not yet"); });',
  none: "process.env.NOTHING;",
};

describe.each(["python", "native"] as const)("a process of the %s shim that is to end", (shim) => {
  const log: string[] = [];
  const folders: string[] = [];
  const apps = new Map<string, string>();

  beforeAll(async () => {
    for (const [name, listener] of Object.entries(LISTENERS)) {
      const app = await scratchApp({
        "app.ts": `import { execFile } from "node:child_process";
          import { promisify } from "node:util";
          import { lambda, main } from "@laconic/runtime/library";
          ${listener}
          main("S", "ends", [lambda("f", async () => process.pid), lambda("leave", async () => process.exit(1)),
            lambda("kill", async () => void (await promisify(execFile)("sh", ["-c", "kill -TERM $PPID"])))]);`,
      });
      const { folder, package: zip } = await build(app.file("app.ts"), "--shim", shim);
      const taskDir = await mkdtemp(join(tmpdir(), "laconic-e2e-"));
      await unpack(join(folder, zip), taskDir);
      folders.push(taskDir, app.folder);
      apps.set(name, taskDir);
    }
  }, 240_000);

  afterAll(async () => {
    for (const folder of folders) await rm(folder, { recursive: true, force: true });
  });

  async function start(app: keyof typeof LISTENERS, version = "3.12", fn = "f"): Promise<RuntimeProcess> {
    log.length = 0;
    const taskDir = apps.get(app)!;
    const onLog = (line: string) => log.push(line);
    const sandbox =
      shim === "native"
        ? await (await findRuntime("provided")).prepare({ taskDir, handler: fn, onLog })
        : await preparePythonRuntime({
            taskDir,
            environment: { ...(await pythonEnvironment()), version: `${version}.0` },
            handler: `index.${fn}`,
            onLog,
          });
    onTestFinished(() => sandbox.close());
    sandbox.spawn();
    if (fn !== "f") return sandbox;
    const { payload } = await sandbox.invoke("null");
    expect(payload.toString()).toBe(String(sandbox.pid));
    return sandbox;
  }

  /** How the process ended after the signal. */
  async function end(sandbox: RuntimeProcess): Promise<string> {
    process.kill(sandbox.pid!, "SIGTERM");
    // An event that came before the process was woken would be answered.
    await expect.poll(() => sandbox.alive, { timeout: 10_000 }).toBe(false);
    const { payload } = await sandbox.invoke("null");
    const { errorMessage } = JSON.parse(payload.toString()) as { errorMessage: string };
    return /(?:exit status|signal:) \S+/.exec(errorMessage)?.[0] ?? errorMessage;
  }

  it("ends as the app's listener says", async () => {
    expect(await end(await start("exits"))).toBe("exit status 3");
    expect(log.join()).toContain("closing SIGTERM 15");
  });

  it("waits for what the listener started, and tells those that listen to the exit", async () => {
    expect(await end(await start("waits"))).toBe("exit status 4");
    const text = log.join("\n");
    expect(text.indexOf("closed the pool")).toBeGreaterThan(-1);
    expect(text.indexOf("exit 4")).toBeGreaterThan(text.indexOf("closed the pool"));
  });

  it("reports what a listener throws", async () => {
    expect(await end(await start("throws"))).toMatch(/^exit status [1-9]/);
    expect(log.join("\n")).toContain("cannot close");
  });

  it("is not kept by a request when the listener throws", async () => {
    const sandbox = await start("throws", "3.12", "kill");
    await sandbox.invoke("null");
    await expect.poll(() => sandbox.alive, { timeout: 10_000 }).toBe(false);
    expect(log.join("\n")).toContain("cannot close");
  });

  it("goes on when the listener ends nothing", async () => {
    const sandbox = await start("stays");
    process.kill(sandbox.pid!, "SIGTERM");
    await expect.poll(() => log.join()).toContain("not yet");
    expect((await sandbox.invoke("null")).payload.toString()).toBe(String(sandbox.pid));
  });

  it("ends where nobody listens", async () => {
    expect(await end(await start("none"))).toBe(shim === "native" ? "exit status 0" : "signal: SIGTERM");
  });

  if (shim === "python") {
    it("dies of the signal where Python cannot act on it", async () => {
      expect(await end(await start("exits", "3.11"))).toBe("signal: SIGTERM");
    });
  }
});
