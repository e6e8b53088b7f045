// `npm test`: sets everything up, runs every check and test, and ends with their total alone on the last line.
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { requirePrerequisites } from "./prerequisites.mjs";
import { expectedReports } from "./reports.mjs";
import { setUp } from "./setup.mjs";
import { readTotals } from "./totals.mjs";
import { nx, phase, root, run } from "./workspace.mjs";

const reports = join(root, ".reports");

requirePrerequisites();
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports);

// Later phases need the earlier ones; checks do not need each other, so that one run shows all that is wrong.
const ready = await setUp(["--output-style=stream"]);
const phases = {
  format: check,
  lint: check,
  typecheck: check,
  "error page": check,
  "built-ins page": check,
  versions: check,
  licences: check,
  test,
};
const broken = ready ? [] : ["set-up"];
for (const [name, passes] of ready ? Object.entries(phases) : []) {
  if (!(await passes(name))) broken.push(name);
}
const clean = broken.length === 0;

if (!clean) console.log(`\nfailed: ${broken.join(", ")} (the output is above)`);
// Without a set-up no test ran, which is told already.
const { passed, failed, skipped, problems } = readTotals(reports, ready ? expectedReports(root) : []);
for (const problem of problems) console.log(`report ${problem}`);
// A phase that broke without a failed test must not read as success.
const unexplained = !clean && failed === 0 ? 1 : 0;
console.log(`${passed} passed, ${failed + unexplained} failed, ${skipped} skipped`);
process.exitCode = clean && failed === 0 ? 0 : 1;

function check(name) {
  phase(name);
  if (name === "format") return run("npx", ["--no-install", "prettier", "--check", "--log-level=warn", "."]);
  if (name === "error page") return run("node", ["tools/errors-doc.mjs", "--check"]);
  if (name === "built-ins page") return run("node", ["tools/node-compat-doc.mjs", "--check"]);
  if (name === "licences") return run("node", ["tools/licences.mjs"]);
  if (name === "versions") return run("node", ["tools/versions.mjs"]);
  return nx("run-many", "-t", name, "--output-style=static", "--parallel=2");
}

/** A task whose files, tools and environment are those of an earlier run that passed gives that run's report again. */
function test() {
  phase("test");
  return nx(
    "run-many",
    "-t",
    "test",
    "test-docker",
    "--output-style=stream",
    "--parallel=2",
    "--nxBail=false",
  );
}
