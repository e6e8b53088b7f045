import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Adds up what the test runners reported.
 *
 * @param folder holds vitest's `vitest-*.json`, pytest's `pytest-*.xml` and the engine's `cargo.json`
 * @returns {{ passed: number, failed: number, skipped: number, reports: string[] }}
 */
export function readTotals(folder) {
  // Folders hold what benchmarks measured, not tests.
  const entries = readdirSync(folder, { withFileTypes: true });
  const reports = entries
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)
    .sort();
  const totals = { passed: 0, failed: 0, skipped: 0, reports };
  for (const name of reports) {
    const counts = read(name, readFileSync(join(folder, name), "utf8"));
    totals.passed += counts.passed;
    totals.failed += counts.failed;
    totals.skipped += counts.skipped;
  }
  return totals;
}

function read(name, text) {
  if (name.startsWith("vitest-")) return vitest(JSON.parse(text));
  if (name.startsWith("pytest-")) return junit(text);
  if (name === "cargo.json") return JSON.parse(text);
  throw new Error(`${name} is no report that can be added up`);
}

function vitest(report) {
  // A file that does not even load has no failed test, only a failed suite.
  const unloaded = report.testResults.filter(
    ({ status, assertionResults }) =>
      status === "failed" && assertionResults.every((test) => test.status !== "failed"),
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + unloaded.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

function junit(xml) {
  const totals = { passed: 0, failed: 0, skipped: 0 };
  for (const [, attributes] of xml.matchAll(/<testsuite ([^>]*)>/g)) {
    const count = (key) => Number(new RegExp(`\\b${key}="(\\d+)"`).exec(attributes)?.[1] ?? 0);
    const failed = count("failures") + count("errors");
    totals.failed += failed;
    totals.skipped += count("skipped");
    totals.passed += count("tests") - failed - count("skipped");
  }
  return totals;
}
