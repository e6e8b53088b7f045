import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { preparePythonRuntime, pythonEnvironment, unpack } from "@laconic/bench";
import { buildSync } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { apps, build, type Built, laconic } from "./laconic.js";

const app = join(apps, "console");
let built: Built;
let taskDir: string;

beforeAll(async () => {
  built = await build(join(app, "app.ts"));
  taskDir = await mkdtemp(join(tmpdir(), "laconic-e2e-"));
  await unpack(join(built.folder, built.package), taskDir);
});

afterAll(() => rm(taskDir, { recursive: true, force: true }));

/** Invokes a function of the app once and returns what it answered and wrote. */
async function invoke(fn: string, env: Record<string, string> = {}) {
  const lines: string[] = [];
  const sandbox = await preparePythonRuntime({
    taskDir,
    environment: await pythonEnvironment(),
    handler: `index.${fn}`,
    env,
    onLog: (line) => lines.push(line),
  });
  sandbox.spawn();
  const { payload, requestId } = await sandbox.invoke("null");
  await sandbox.close();
  return { lines, requestId, payload: JSON.parse(payload.toString()) as unknown };
}

describe("console", () => {
  it("prints what Node prints", async () => {
    const script = join(taskDir, "print.mjs");
    const { outputFiles } = buildSync({ entryPoints: [join(app, "print.ts")], write: false, format: "esm" });
    await writeFile(script, `${outputFiles[0]!.text}\nprint();\n`);
    const { stdout } = await promisify(execFile)(process.execPath, [script]);
    const { lines } = await invoke("print");
    expect(`${lines.join("\n")}\n`).toBe(stdout);
  });

  it("names the author's lines in the errors that it prints", async () => {
    const { lines } = await invoke("report");
    expect(lines.join("\n")).toMatch(
      /^it failed: TypeError: reported\n {4}at fail \(app\.ts:11:\d+\)\n[^]*\[cause\]: Error: behind it\n {6}at fail \(app\.ts:11:\d+\)/m,
    );
  });

  it("writes Lambda's JSON records, one a call, from the level on", async () => {
    const { lines, requestId } = await invoke("report", {
      AWS_LAMBDA_LOG_FORMAT: "JSON",
      AWS_LAMBDA_LOG_LEVEL: "INFO",
    });
    const records = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    const own = { timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/), requestId };
    const error = {
      errorType: "TypeError",
      errorMessage: "reported",
      stackTrace: expect.arrayContaining([
        "TypeError: reported",
        expect.stringMatching(/^ {4}at fail \(app\.ts:11:/),
      ]),
    };
    const byLevel = records.sort((a, b) => String(a["level"]).localeCompare(String(b["level"])));
    expect(byLevel).toEqual([
      {
        ...own,
        level: "ERROR",
        message: expect.stringMatching(/^it failed: TypeError: reported\n/),
        ...error,
      },
      { ...own, level: "INFO", message: "two\nlines { a: 1 }" },
      { ...own, level: "WARN", message: expect.objectContaining(error) },
    ]);
  });
});

describe("--source-maps", () => {
  const bundleFrame = /^at fail \(app\.lambda\.mjs:\d+:\d+\)$/;

  it("inline: the library names the author's lines, in Lambda's error and in error.stack", async () => {
    expect((await invoke("stack")).payload).toMatch(/^TypeError: reported\n {4}at fail \(app\.ts:11:\d+\)\n/);
    expect((await invoke("fail")).payload).toHaveProperty(
      ["stackTrace", 0],
      expect.stringMatching(/^at fail \(app\.ts:11:/),
    );
  });

  it("package: a file beside the library does, and without it the frames name the bundle", async () => {
    const folder = await mkdtemp(join(tmpdir(), "laconic-e2e-"));
    const { package: zip, ...other } = await build(
      join(app, "app.ts"),
      "--source-maps",
      "package",
      "--out-dir",
      folder,
    );
    const before = taskDir;
    taskDir = await mkdtemp(join(tmpdir(), "laconic-e2e-"));
    try {
      await unpack(join(other.folder, zip), taskDir);
      const frame = ["stackTrace", 0];
      expect((await invoke("fail")).payload).toHaveProperty(
        frame,
        expect.stringMatching(/^at fail \(app\.ts:11:/),
      );
      expect((await invoke("report")).lines.join("\n")).toMatch(/at fail \(app\.ts:11:/);
      await rm(join(taskDir, "app.lambda.map"));
      expect((await invoke("fail")).payload).toHaveProperty(frame, expect.stringMatching(bundleFrame));
    } finally {
      await Promise.all([taskDir, folder].map((each) => rm(each, { recursive: true, force: true })));
      taskDir = before;
    }
  });

  it("external: nothing does, until symbolicate has read the log", async () => {
    const folder = await mkdtemp(join(tmpdir(), "laconic-e2e-"));
    try {
      const { package: zip } = await build(
        join(app, "app.ts"),
        "--source-maps",
        "external",
        "--out-dir",
        folder,
      );
      await unpack(join(folder, zip), join(folder, "task"));
      const before = taskDir;
      taskDir = join(folder, "task");
      const { payload } = await invoke("fail").finally(() => (taskDir = before));
      expect(payload).toHaveProperty(["stackTrace", 0], expect.stringMatching(bundleFrame));
      const args = ["symbolicate", join(app, "app.ts"), "--out-dir", folder];
      const { stdout } = await laconic(args, { input: JSON.stringify(payload) });
      expect(JSON.parse(stdout)).toHaveProperty(
        ["stackTrace", 0],
        expect.stringMatching(/^at fail \(app\.ts:11:/),
      );
      const missing = await laconic([...args, "--json", "no.log"]);
      expect(JSON.parse(missing.stdout)).toHaveProperty(["error", "code"], "LAC8010");
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
