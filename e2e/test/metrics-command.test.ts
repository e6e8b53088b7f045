import { spawn } from "node:child_process";
import { appendFile, readFile, writeFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { laconic, laconicProgram, scratchApp } from "./laconic.js";

const APP = `
import { createMetrics } from "@laconic/metrics";
import { lambda, main } from "@laconic/runtime/library";
const metrics = createMetrics({ namespace: "Shop" });
main("Shop", "Sells", [
  lambda("order", (event) =>
    metrics.run(() => {
      console.log("taking an order");
      metrics.add("Orders", 1, "Count", { tenant: event.tenant });
      metrics.add("Price", [5, 7.5, 5], "None");
      return { ordered: true };
    }),
  ),
]);
`;
const CONFIG = 'export default { shim: "node" };\n';

let app: Awaited<ReturnType<typeof scratchApp>>;
/** What `laconic invoke` prints on both of its streams. */
let printed: string;

beforeAll(async () => {
  app = await scratchApp({ "app.js": APP, "laconic.config.js": CONFIG });
  const { exitCode, stdout, stderr } = await laconic(["invoke", "app.js", "order", '{"tenant":"a"}'], {
    cwd: app.folder,
  });
  expect(exitCode, stderr).toBe(0);
  printed = stderr + stdout;
  await writeFile(app.file("run.log"), printed);
}, 300_000);
afterAll(() => app?.remove());

describe("laconic metrics", () => {
  it("prints what a local run emits, and passes all else on to stderr as it is", async () => {
    const { exitCode, stdout, stderr } = await laconic(["metrics"], { input: printed, cwd: app.folder });
    expect(exitCode).toBe(0);
    expect(stdout.replace(/^\S+Z /gm, "")).toBe(
      [
        "Shop  tenant=a",
        "  Orders                        1 Count",
        "Shop",
        "  Price                         5 to 7.5, 3 values, sum 17.5",
        "",
      ].join("\n"),
    );
    const others = printed.split("\n").filter((line) => !line.includes("_aws"));
    expect(stderr).toBe(others.join("\n"));
    expect(stderr).toContain("taking an order");
  });

  it("reads files, keeps to names, leaves out other lines, and prints JSON for machines", async () => {
    const args = ["metrics", "run.log", "--name", "Or*", "--no-others", "--json"];
    const { exitCode, stdout, stderr } = await laconic(args, { cwd: app.folder });
    expect([exitCode, stderr]).toEqual([0, ""]);
    expect(
      stdout
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual([
      {
        timestamp: expect.any(Number),
        namespace: "Shop",
        name: "Orders",
        unit: "Count",
        resolution: 60,
        dimensions: [{ tenant: "a" }],
        values: [1],
      },
    ]);
  });

  it("says what CloudWatch would leave out", async () => {
    const line = JSON.stringify({
      _aws: {
        Timestamp: 1,
        CloudWatchMetrics: [{ Namespace: "Shop", Dimensions: [[]], Metrics: [{ Name: "Orders" }] }],
      },
    });
    const { exitCode, stdout, stderr } = await laconic(["metrics"], { input: `${line}\n` });
    expect([exitCode, stdout]).toEqual([0, ""]);
    expect(stderr).toContain("CloudWatch would not take all of a line: Orders has no value");
  });

  it("says which file is not there", async () => {
    const { exitCode, stderr } = await laconic(["metrics", "nowhere.log"], { cwd: app.folder });
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/LAC8010 The text nowhere\.log cannot be read/);
  });

  it("follows a file until it is interrupted", async () => {
    const file = app.file("growing.log");
    const child = spawn(laconicProgram, ["metrics", "--tail", file, "--no-others"], {
      env: { ...process.env, NO_COLOR: "1" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let stdout = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
    const ended = new Promise((resolve) => child.on("close", (code) => resolve(code)));
    const count = () => stdout.match(/Orders/g)?.length ?? 0;
    try {
      await writeFile(file, await readFile(app.file("run.log")));
      await vi.waitFor(() => expect(count()).toBe(1), 30_000);
      await appendFile(file, printed);
      await vi.waitFor(() => expect(count()).toBe(2), 30_000);
    } finally {
      child.kill("SIGINT");
    }
    expect(await ended).toBe(0);
  });
});
