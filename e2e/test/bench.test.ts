import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { BenchResult } from "@laconic/bench";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Ended, laconic, scratchApp } from "./laconic.js";

const HANDLER = `export const handler = async (event: { n: number }) => ({ n: event.n + 1 });\n`;

describe("laconic bench on a handler that knows nothing of Laconic", () => {
  let app: Awaited<ReturnType<typeof scratchApp>>;
  let ended: Ended;
  const bench = (...more: string[]): Promise<Ended> =>
    laconic([
      ...["bench", `${app.file("src/handler.ts")}#handler`, "handler", '{"n":1}', "--shims", "node,python"],
      ...["--rounds", "2", "--requests", "3", "--no-cage", "--out", join(app.folder, "reports"), ...more],
    ]);

  beforeAll(async () => {
    app = await scratchApp({ "src/handler.ts": HANDLER });
    ended = await bench();
  }, 180_000);
  afterAll(() => app.remove());

  it("measures the shims beside the handler as it is and the empty ones, and compares the answers", async () => {
    expect(ended).toMatchObject({ exitCode: 0 });
    const result = JSON.parse(await readFile(join(app.folder, "reports/bench.json"), "utf8")) as BenchResult;
    const rows = Object.fromEntries(result.rows.map((row) => [row.name, row]));
    expect(Object.keys(rows)).toEqual(
      expect.arrayContaining(["node", "python", "node, as it is", "empty Python", "empty Node"]),
    );
    for (const name of ["node", "python", "node, as it is"]) {
      expect(rows[name]).toMatchObject({ answer: "same", coldMs: { count: 2 }, warmMs: { count: 6 } });
      expect(rows[name]!.memoryMb).toBeGreaterThan(1);
    }
    expect(result.samples.find(({ name }) => name === "python")?.answer).toBe('{"n":2}');
  });

  it("says on stdout which to take, and under what it was measured", () => {
    expect(ended.stdout).toMatch(/^Take (node|python)/m);
    expect(ended.stdout).toContain("no limits were asked for");
  });

  it("writes a table and a page, and leaves the handler as it was", async () => {
    const read = (name: string) => readFile(join(app.folder, name), "utf8");
    expect(await read("reports/bench.md")).toContain("| python |");
    expect(await read("reports/bench.html")).toMatch(/^<!doctype html>/);
    expect(await read("src/handler.ts")).toBe(HANDLER);
  });

  it("fails beside a baseline that was ten times as fast, and names the figures", async () => {
    const path = join(app.folder, "reports/bench.json");
    const baseline = JSON.parse(await readFile(path, "utf8")) as BenchResult;
    const faster = baseline.samples.map((samples) =>
      samples.role === "shim" ? { ...samples, coldMs: samples.coldMs.map((ms) => ms / 10) } : samples,
    );
    const doctored = join(app.folder, "baseline.json");
    await writeFile(doctored, JSON.stringify({ ...baseline, samples: faster }));
    const { exitCode, stdout } = await bench("--baseline", doctored, "--fail-above", "50%");
    expect({ exitCode, stdout }).toMatchObject({
      exitCode: 1,
      stdout: expect.stringMatching(/cold start.*above 50 %/),
    });
  }, 180_000);

  it("says before it measures that a baseline cannot be read", async () => {
    const { exitCode, stderr } = await bench("--baseline", app.file("package.json"));
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 1, stderr: expect.stringContaining("LAC7012") });
  });
});

describe("laconic bench on an HTTP app", () => {
  it("measures it beside the adapters that its project has, and says which cannot serve it", async () => {
    const app = await scratchApp({
      "app.ts": `import express from "express";
import { http, main } from "@laconic/runtime/library";
const app = express();
app.get("/users/:id", (request, response) => { response.json({ id: request.params.id }); });
main("Users", "", [http("users", app)]);
`,
    });
    try {
      const { exitCode } = await laconic([
        ...["bench", app.file("app.ts"), "--http", "GET /users/7", "--shims", "node", "--no-cage"],
        ...["--rounds", "2", "--requests", "2", "--out", join(app.folder, "reports")],
      ]);
      expect(exitCode).toBe(0);
      const { rows, samples } = JSON.parse(
        await readFile(join(app.folder, "reports/bench.json"), "utf8"),
      ) as BenchResult;
      for (const name of ["serverless-http", "@codegenie/serverless-express"]) {
        expect(rows.find((row) => row.name === name)).toMatchObject({ role: "peer", coldMs: { count: 2 } });
        const { answer } = samples.find((each) => each.name === name)!;
        expect(JSON.parse(answer)).toMatchObject({ statusCode: 200, body: '{"id":"7"}' });
      }
      expect(samples.find(({ name }) => name === "hono/aws-lambda")?.failure).toMatch(
        /is not a function; it may/,
      );
    } finally {
      await app.remove();
    }
  }, 180_000);
});
