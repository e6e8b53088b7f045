import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join, relative } from "node:path";

/**
 * Adds up what the test runners reported. What should have reported and did not has failed, and so has a report that
 * cannot be read or tells of no test.
 *
 * @param {string} folder holds, in a folder of each package's name, vitest's `vitest*.json`, pytest's `pytest*.xml` and the
 *   engine's `cargo.json`
 * @param {readonly string[]} [expected] paths of reports that must be there; `*` stands for anything
 * @returns {{ passed: number, failed: number, skipped: number, reports: string[], problems: string[] }}
 */
export function readTotals(folder, expected = []) {
  const reports = reportsIn(folder);
  const totals = { passed: 0, failed: 0, skipped: 0, reports, problems: [] };
  for (const name of reports) {
    const counts = read(name, readFileSync(join(folder, name), "utf8"));
    for (const key of ["passed", "failed", "skipped"]) totals[key] += counts[key];
    totals.problems.push(...counts.problems.map((problem) => `${name} ${problem}`));
  }
  for (const pattern of expected.filter((one) => !reports.some((name) => matches(name, one)))) {
    totals.failed += 1;
    totals.problems.push(`${pattern} is missing: its tests did not run to the end`);
  }
  return totals;
}

/** All files but what benchmarks measured. */
function reportsIn(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)))
    .filter((path) => !path.startsWith("bench/"))
    .sort();
}

function matches(name, pattern) {
  const [start, end] = pattern.split("*");
  return end === undefined ? name === pattern : name.startsWith(start) && name.endsWith(end);
}

function read(name, text) {
  try {
    const counts = parse(basename(name), text);
    const { passed, failed, skipped } = counts;
    if (![passed, failed, skipped].every((count) => Number.isInteger(count) && count >= 0)) {
      throw new Error("has no counts");
    }
    return passed + failed + skipped > 0 ? counts : broken("tells of no test");
  } catch (error) {
    return broken(`cannot be added up: ${error.message}`);
  }
}

function broken(problem) {
  return { passed: 0, failed: 1, skipped: 0, problems: [problem] };
}

function parse(name, text) {
  if (/^vitest.*\.json$/.test(name)) return vitest(JSON.parse(text));
  if (/^pytest.*\.xml$/.test(name)) return { ...junit(text), problems: [] };
  if (name === "cargo.json") return { ...JSON.parse(text), problems: [] };
  throw new Error("it is of no runner that is known");
}

function vitest({ numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults }) {
  // A file that does not even load has no failed test, only a failed suite; one that makes no test has neither.
  const untold = testResults.filter(({ status, assertionResults }) =>
    assertionResults.every((test) => test.status !== "failed")
      ? status === "failed" || assertionResults.length === 0
      : false,
  );
  return {
    passed: numPassedTests,
    failed: numFailedTests + untold.length,
    skipped: numPendingTests + numTodoTests,
    problems: untold.map(({ name, message }) => `has no result of ${name}: ${message || "it made no test"}`),
  };
}

function junit(xml) {
  const suites = [...xml.matchAll(/<testsuite ([^>]*)>/g)];
  // An interrupted pytest leaves a file without its end.
  if (suites.length === 0 || !/<\/testsuites?>\s*$/.test(xml)) throw new Error("it is not whole");
  const totals = { passed: 0, failed: 0, skipped: 0 };
  for (const [, attributes] of suites) {
    const count = (key) => Number(new RegExp(`\\b${key}="(\\d+)"`).exec(attributes)?.[1] ?? 0);
    const failed = count("failures") + count("errors");
    totals.failed += failed;
    totals.skipped += count("skipped");
    totals.passed += count("tests") - failed - count("skipped");
  }
  return totals;
}
