// The suite by hand: `node e2e/conformance/run.mjs [--write] [app ...]` shows every difference of the named apps. With
// CONFORMANCE_SHIM=native (or node, proxy) the app is behind that shim where it is otherwise behind the Python one.
import { parseArgs } from "node:util";
import { loadApps } from "./harness/apps.mjs";
import { unexpected, readKnownFailures } from "./harness/known-failures.mjs";
import { inParallel } from "./harness/parallel.mjs";
import { usesEngine } from "./harness/library.mjs";
import { writeReport } from "./harness/report.mjs";
import { stopServices } from "./harness/services.mjs";
import { runApp, SIDES } from "./harness/suite.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { write: { type: "boolean" } },
});
const all = await loadApps();
const apps = positionals.length === 0 ? all : all.filter(({ name }) => positionals.includes(name));
// Node itself answers behind the Node shims, and lacks nothing; what Lambda adds to an environment differs everywhere.
const known = (await readKnownFailures()).filter(
  ({ sides, platform = false }) => usesEngine || platform || sides.includes("dispatcher"),
);
const reports = [];

/** Of each difference; the test shows it whole. */
const MAX_LINES = 8;
const MAX_WIDTH = 400;

await inParallel(2, apps, async (app) => {
  try {
    const report = await runApp(app);
    reports[apps.indexOf(app)] = report;
    show(report);
  } catch (error) {
    console.log(`✗ ${app.name}: ${error.stack}`);
    process.exitCode = 1;
  }
});
await stopServices();
const complete = reports.filter(Boolean);
for (const side of SIDES) {
  const results = complete.flatMap((report) => report.results);
  const identical = results.filter((result) => result[side].length === 0).length;
  console.log(
    `${side}: ${identical} of ${results.length} identical (${((100 * identical) / results.length).toFixed(1)} %)`,
  );
}
if (values.write && process.exitCode === 1) {
  console.log(
    "The report was not written: differences are not those of known-failures.json, or an app did not run.",
  );
} else if (values.write && positionals.length === 0) await writeReport(complete, known);

/** One block a difference, so that what fails every request is told once. */
function show({ app, results }) {
  const failed = results.filter((result) => SIDES.some((side) => result[side].length > 0));
  console.log(
    `${failed.length === 0 ? "✓" : "✗"} ${app}: ${results.length - failed.length} of ${results.length}`,
  );
  for (const side of SIDES) {
    const differing = failed.filter((result) => result[side].length > 0);
    const byDifference = groupBy(differing, (result) => result[side].join("\n"));
    for (const [difference, alike] of byDifference) {
      const names = alike.map(({ request }) => request);
      const title =
        names.length > 3 ? `${names.slice(0, 2).join(", ")} and ${names.length - 2} more` : names.join(", ");
      const lines = difference
        .split("\n")
        .slice(0, MAX_LINES)
        .map((line) => line.slice(0, MAX_WIDTH));
      console.log(`    ${side}: ${title}\n        ${lines.join("\n        ")}`);
    }
  }
  if (unexpected({ app, results }, known).length > 0) process.exitCode = 1;
}

function groupBy(items, keyOf) {
  const groups = new Map();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}
