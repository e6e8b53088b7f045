// Writes docs/errors.md from the tables that the packages keep beside their errors; --check fails when it is stale.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { BENCH_ERRORS } from "@laconic/bench";
import { DISPATCH_ERRORS } from "@laconic/dispatcher";
import { BUILDER_ERRORS } from "@laconic/docker-builder";
import { METRICS_ERRORS } from "@laconic/metrics";
import { BUNDLE_ERRORS } from "@laconic/node-compat";
import { LACONIC_ERRORS } from "@laconic/orchestrator";
import { NODE_SHIM_ERRORS } from "@laconic/node-shim";
import { PROVISION_ERRORS } from "@laconic/provisioner";
import { PYTHON_SHIM_ERRORS } from "@laconic/python-shim";
import { RULES } from "@laconic/rewriter";
import { REGISTRATION_ERRORS } from "@laconic/runtime";

const file = fileURLToPath(new URL("../docs/errors.md", import.meta.url));

const rewriterErrors = Object.fromEntries(Object.entries(RULES).map(([code, { title }]) => [code, title]));

/** The engine is Rust: its README holds the tables. */
const engineReadme = readFileSync(new URL("../packages/engine/README.md", import.meta.url), "utf8");
const inReadme = (codes) =>
  Object.fromEntries(
    [...engineReadme.matchAll(/^\| (LAC\d{4}) +\| (.*?) +\|$/gm)]
      .filter(([, code]) => code.startsWith(codes))
      .map(([, code, meaning]) => [code, meaning]),
  );
const engineErrors = inReadme("LAC4");

const sections = [
  ["Rewriting the entry", "rewriter", rewriterErrors],
  ["Bundling", "node-compat", BUNDLE_ERRORS],
  ["Registering functions", "runtime", REGISTRATION_ERRORS],
  ["Dispatching requests", "dispatcher", DISPATCH_ERRORS],
  ["Adding metrics", "metrics", METRICS_ERRORS],
  ["The engine's tool", "engine", engineErrors],
  ["Compiling, linking and checking", "docker-builder", BUILDER_ERRORS],
  ["The Python shim", "python-shim", PYTHON_SHIM_ERRORS],
  ["The shims for Node", "node-shim", NODE_SHIM_ERRORS],
  ["The native loop", "engine", inReadme("LAC64")],
  ["Running and measuring", "bench", BENCH_ERRORS],
  ["Deploying", "provisioner", PROVISION_ERRORS],
  ["The command", "orchestrator", LACONIC_ERRORS],
];

const page = [
  "# Errors",
  "",
  "Every error that Laconic reports has a code, which is never given another meaning. The message says what happened to",
  "what, and names the next step; this page says what the code stands for. Generated: change the tables in the packages.",
  ...sections.flatMap(([title, folder, table]) => [
    "",
    `## ${title}`,
    "",
    `Package [\`${folder}\`](../packages/${folder}).`,
    "",
    "| code | meaning |",
    "| --- | --- |",
    ...Object.entries(table).map(([code, meaning]) => `| ${code} | ${meaning.replaceAll("|", "\\|")} |`),
  ]),
  "",
].join("\n");

if (!process.argv.includes("--check")) {
  writeFileSync(file, page);
} else if (readFileSync(file, "utf8") !== page) {
  console.error("docs/errors.md is stale: run `node tools/errors-doc.mjs`");
  process.exitCode = 1;
}
