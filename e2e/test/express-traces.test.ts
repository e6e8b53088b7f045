import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { preparePythonRuntime, pythonEnvironment, type RuntimeProcess, unpack } from "@laconic/bench";
import { httpEvent } from "@laconic/orchestrator";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { apps, build, laconic } from "./laconic.js";

const entry = join(apps, "express", "deep.ts");

/** The author's own frames, by the route that fails: the function that was called from Express, and its place. */
const CALLERS = {
  "/throws": "throws (deep.ts:8:_)",
  "/rejects": "rejects (deep.ts:13:_)",
  "/uncaught": "later (deep.ts:18:_)",
  "/handled": "handled (deep.ts:23:_)",
} as const;

const frames = (route: keyof typeof CALLERS): string[] => [
  "at three (three.ts:3:_)",
  "at two (three.ts:7:_)",
  "at one (three.ts:11:_)",
  `at ${CALLERS[route]}`,
];

/** The frames in a text, whatever stands round them: Express writes HTML. The column, of which there must be one, becomes `_`. */
function framesIn(text: string): string[] {
  const plain = text.replaceAll(/<br>|&nbsp;|\\n/g, "\n").replaceAll("&#39;", "'");
  return plain
    .split("\n")
    .flatMap((line) => /^\s*(at .*?)\s*(<\/pre>)?$/.exec(line)?.[1]?.replace(/:\d+\)$/, ":_)") ?? []);
}

describe.each(["inline", "package", "external"])(
  "a route three calls deep, with --source-maps %s",
  (mode) => {
    let folder: string;
    let sandbox: RuntimeProcess;

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), "laconic-e2e-"));
      const { package: zip } = await build(entry, "--source-maps", mode, "--out-dir", folder);
      await unpack(join(folder, zip), join(folder, "task"));
      sandbox = await preparePythonRuntime({
        taskDir: join(folder, "task"),
        environment: await pythonEnvironment(),
        handler: "index.deep",
        // In a test, Express keeps errors to itself.
        env: { NODE_ENV: "development" },
      });
      sandbox.spawn();
    });

    afterAll(async () => {
      await sandbox?.close();
      await rm(folder, { recursive: true, force: true });
    });

    /** What the developer gets to read: external maps are applied to it afterwards. */
    async function read(text: string): Promise<string> {
      if (mode !== "external") return text;
      expect(text).toMatch(/at three \(deep\.lambda\.mjs:\d+:\d+\)/);
      return (await laconic(["symbolicate", entry, "--out-dir", folder], { input: text })).stdout;
    }

    async function get(route: keyof typeof CALLERS) {
      const { kind, payload } = await sandbox.invoke(JSON.stringify(httpEvent(`GET ${route}`, undefined)));
      return { kind, text: await read(payload.toString()) };
    }

    it.each(["/throws", "/rejects"] as const)("%s: Express answers 500 with the stack", async (route) => {
      const { kind, text } = await get(route);
      expect(kind).toBe("response");
      const { statusCode, body } = JSON.parse(text) as { statusCode: number; body: string };
      expect(statusCode).toBe(500);
      expect(framesIn(body).slice(0, 4)).toEqual(frames(route));
    });

    it("/handled: the app's own error handler sees the stack", async () => {
      const { text } = await get("/handled");
      const { statusCode, body } = JSON.parse(text) as { statusCode: number; body: string };
      expect(statusCode).toBe(418);
      const { stack } = JSON.parse(body) as { stack: string };
      expect(stack).toMatch(/^TypeError: deep down: for the app's own handler\n/);
      expect(framesIn(stack).slice(0, 4)).toEqual(frames("/handled"));
    });

    it("/uncaught: Lambda's error has the stack", async () => {
      const { kind, text } = await get("/uncaught");
      expect(kind).toBe("error");
      const failed = JSON.parse(text) as { errorType: string; errorMessage: string; stackTrace: string[] };
      expect(failed).toMatchObject({ errorType: "TypeError", errorMessage: "deep down: in a timer" });
      expect(framesIn(failed.stackTrace.join("\n")).slice(0, 4)).toEqual(frames("/uncaught"));
    });
  },
);
