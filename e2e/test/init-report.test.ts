import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { apps, build, laconic } from "./laconic.js";

const entry = join(apps, "hello", "app.ts");

/** The lines that a function's process wrote while it was invoked three times. */
async function log(...args: string[]): Promise<string> {
  await build(entry);
  const flags = ["--no-build", "--times", "3", ...args];
  const { exitCode, stderr } = await laconic(["invoke", entry, "hello", '{"name":"x"}', ...flags]);
  expect(exitCode).toBe(0);
  return stderr;
}

describe("the init report", () => {
  it("is written once, after the first request, when it is asked for", async () => {
    const reports = (await log("--env", "LACONIC_INIT_REPORT=1")).match(/\{"type":"laconic\.init".*\}/g);
    expect(reports).toHaveLength(1);
    expect(JSON.parse(reports![0]!)).toEqual({
      type: "laconic.init",
      machineMs: expect.any(Number),
      evaluationMs: expect.any(Number),
      firstRequestMs: expect.any(Number),
      pageFaults: { minor: expect.any(Number), major: expect.any(Number) },
    });
  });

  it("is not written otherwise", async () => {
    expect(await log()).not.toContain("laconic.init");
  });
});
