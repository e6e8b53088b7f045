import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it, vi } from "vitest";
import { cannotRun, isCi } from "../../tools/ci.mjs";
import { readTotals } from "../../tools/totals.mjs";

const dockerBuilder = fileURLToPath(new URL("../../packages/docker-builder", import.meta.url));
const vitest = join(dirname(createRequire(import.meta.url).resolve("vitest/package.json")), "vitest.mjs");
const folder = mkdtempSync(join(tmpdir(), "laconic-no-engine-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** The tests in containers on a machine that has neither Docker nor a way to install it. */
function containerTests(name: string, env: Record<string, string>) {
  const reports = join(folder, name);
  const args = [vitest, "run", "--config", "vitest.docker.config.ts"];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: dockerBuilder,
    encoding: "utf8",
    env: { HOME: folder, PATH: folder, LACONIC_REPORTS: reports, ...env },
  });
  return {
    status,
    output: stdout + stderr,
    totals: readTotals(reports, ["packages/docker-builder/vitest-docker.json"]),
  };
}

describe("without a container engine", () => {
  it("each test is skipped and counted as skipped, and the reason is printed", () => {
    const { status, output, totals } = containerTests("here", {});
    expect(output).toMatch(/skipped: the tests that need a container engine, because .+/);
    expect(status).toBe(0);
    expect(totals).toMatchObject({ passed: 0, failed: 0, problems: [] });
    expect(totals.skipped).toBeGreaterThan(20);
  });

  it("CI fails", () => {
    const { status, output, totals } = containerTests("ci", { CI: "true" });
    expect(output).toMatch(/CI must run the tests that need a container engine, and cannot, because .+/);
    expect(status).not.toBe(0);
    expect(totals).toMatchObject({ passed: 0, failed: 1, skipped: 0 });
  });
});

describe("what cannot run", () => {
  it.each([
    ["true", true],
    ["1", true],
    ["woodpecker", true],
    ["false", false],
    ["0", false],
    ["", false],
    [undefined, false],
  ])("is a failure with CI=%s: %s", (value, fails) => {
    const env = value === undefined ? {} : { CI: value };
    expect(isCi(env)).toBe(fails);
    const warn = vi.spyOn(console, "warn").mockImplementation(() => undefined);
    const act = () => cannotRun("the tests", "there is no engine", env);
    if (fails) expect(act).toThrow("CI must run the tests, and cannot, because there is no engine");
    else expect(act).not.toThrow();
    expect(warn.mock.calls.flat().join()).toBe(
      fails ? "" : "\nskipped: the tests, because there is no engine\n",
    );
    warn.mockRestore();
  });
});
