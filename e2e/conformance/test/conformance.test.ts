import { afterAll, describe, expect, it } from "vitest";
import { loadApps } from "../harness/apps.mjs";
import { readKnownFailures, unexpected } from "../harness/known-failures.mjs";
import { readReport, renderReport } from "../harness/report.mjs";
import { stopServices } from "../harness/services.mjs";
import { runApp } from "../harness/suite.mjs";

const apps = await loadApps();
const known = await readKnownFailures();
const reports: Awaited<ReturnType<typeof runApp>>[] = [];

describe("answers as in Node, but for the known failures", () => {
  afterAll(stopServices);

  it.concurrent.each(apps)("$name", async (app) => {
    const report = await runApp(app);
    reports.push(report);
    expect(unexpected(report, known).join("\n")).toBe("");
  });
});

describe("the report", () => {
  it("covers at least 60 packages, 95 % of whose requests are identical", () => {
    const packages = new Set(apps.flatMap((app) => app.packages));
    const results = reports.flatMap((report) => report.results);
    const identical = results.filter((result) => result.library.length === 0);
    expect(packages.size).toBeGreaterThanOrEqual(60);
    expect(identical.length / results.length).toBeGreaterThanOrEqual(0.95);
  });

  it("names the cause of every failure", () => {
    expect(known.filter(({ cause }) => cause.length < 20)).toEqual([]);
    const names = apps.map(({ name }) => name);
    expect(known.filter(({ app }) => !names.includes(app))).toEqual([]);
  });

  it.each(["REPORT.md", "report.json"])("is committed as it is: %s", async (file) => {
    const { [file]: expected } = await renderReport(reports, known);
    expect(await readReport(file)).toBe(expected);
  });
});
