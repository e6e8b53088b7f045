import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { expectedReports } from "../../tools/reports.mjs";
import { readTotals } from "../../tools/totals.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "laconic-reports-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function put(files: Readonly<Record<string, unknown>>): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), typeof content === "string" ? content : JSON.stringify(content));
  }
}

function vitest(counts: readonly [passed: number, failed: number, pending: number], ...files: unknown[]) {
  const [numPassedTests, numFailedTests, numPendingTests] = counts;
  return { numPassedTests, numFailedTests, numPendingTests, numTodoTests: 0, testResults: files };
}

const file = (status: string, ...tests: readonly string[]) => ({
  name: "a.test.ts",
  status,
  message: "",
  assertionResults: tests.map((test) => ({ status: test })),
});
const suite = (tests: number, failures: number, skipped: number) =>
  `<testsuite name="pytest" errors="0" failures="${failures}" skipped="${skipped}" tests="${tests}" time="1.0">`;

describe("the total", () => {
  it("is that of all reports", () => {
    put({
      "packages/a/vitest.json": vitest([3, 1, 2], file("failed", "passed", "failed")),
      "packages/b/pytest-3.11.xml": `<testsuites>${suite(9, 2, 3)}</testsuite>${suite(2, 0, 0)}</testsuite></testsuites>\n`,
      "packages/bench/cargo.json": { passed: 10, failed: 0, skipped: 4 },
      "bench/cold.json": {},
    });
    const expected = ["packages/a/vitest.json", "packages/b/pytest*.xml", "packages/bench/cargo.json"];
    expect(readTotals(folder, expected)).toMatchObject({ passed: 19, failed: 3, skipped: 9, problems: [] });
  });

  it("counts a report that is missing as a failure", () => {
    put({ "a/cargo.json": { passed: 1, failed: 0, skipped: 0 } });
    const expected = ["a/cargo.json", "a/vitest.json", "b/pytest*.xml"];
    const { passed, failed, problems } = readTotals(folder, expected);
    expect({ passed, failed }).toEqual({ passed: 1, failed: 2 });
    expect(problems).toEqual([
      "a/vitest.json is missing: its tests did not run to the end",
      "b/pytest*.xml is missing: its tests did not run to the end",
    ]);
  });

  it("counts all as missing when not even the folder is there", () => {
    expect(readTotals(join(folder, "none"), ["cargo.json"])).toMatchObject({ passed: 0, failed: 1 });
  });

  it.each([
    ["a file that did not load", vitest([0, 0, 0], file("failed"))],
    ["a file that made no test", vitest([0, 0, 0], file("passed"))],
    ["a suite whose set-up failed", vitest([0, 0, 2], file("failed", "skipped", "skipped"))],
    ["no file at all", vitest([0, 0, 0])],
    ["no counts", { testResults: [] }],
    ["half of the report", '{"numPassedTests": 5, "testRes'],
  ])("takes %s for a failure", (_, report) => {
    put({ "a/vitest.json": report });
    const { passed, failed, problems } = readTotals(folder);
    expect({ passed, failed }).toEqual({ passed: 0, failed: 1 });
    expect(problems).toHaveLength(1);
  });

  it("takes tests that are skipped for skipped", () => {
    put({ "a/vitest-docker.json": vitest([0, 0, 2], file("passed", "skipped", "skipped")) });
    expect(readTotals(folder)).toMatchObject({ passed: 0, failed: 0, skipped: 2 });
  });

  it.each([
    ["pytest-3.11.xml", suite(9, 0, 0)],
    ["pytest-3.11.xml", ""],
    ["cargo.json", '{"passed": null, "failed": 0, "skipped": 0}'],
    ["cargo.json", '{"passed": 0, "failed": 0, "skipped": 0}'],
    ["another.json", "{}"],
  ])("takes a %s with %j for a failure", (name, content) => {
    put({ [name]: content });
    expect(readTotals(folder)).toMatchObject({ passed: 0, failed: 1, skipped: 0 });
  });
});

describe("the reports that are expected", () => {
  it("are those that the scripts of the packages make", () => {
    put({
      "package.json": { workspaces: ["packages/*", "e2e"] },
      "packages/a/package.json": {
        scripts: {
          test: "vitest run && node scripts/check-python.mjs",
          "test-docker": "vitest run --config vitest.docker.config.ts",
        },
      },
      "packages/engine/package.json": { scripts: { test: "node test.mjs" } },
      "packages/b/package.json": { scripts: { build: "tsc" } },
      "packages/.note": "",
      "e2e/package.json": { scripts: { test: "vitest run" } },
    });
    expect(expectedReports(folder).sort()).toEqual(
      [
        "e2e/vitest.json",
        "packages/a/pytest*.xml",
        "packages/a/vitest-docker.json",
        "packages/a/vitest.json",
        "packages/engine/cargo.json",
      ].sort(),
    );
  });

  it("are known for every package of this workspace", () => {
    const names = expectedReports(root);
    const { scripts } = JSON.parse(readFileSync(join(root, "e2e/package.json"), "utf8")) as {
      scripts: Record<string, string>;
    };
    expect(scripts).toMatchObject({ test: "vitest run" });
    expect(names).toContain("e2e/vitest.json");
    expect(new Set(names).size).toBe(names.length);
  });

  it.each([
    ["runs", { scripts: { test: "jest" } }],
    ["no script", {}],
  ])("must be known: %s", (said, manifest) => {
    put({
      "package.json": { workspaces: ["packages/*"] },
      "packages/a/package.json": manifest,
      "packages/a/test/a.test.ts": "",
    });
    expect(() => expectedReports(folder)).toThrow(said);
  });
});
