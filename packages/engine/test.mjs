/** Runs cargo's tests, test/abi.c against libraries linked from dist/, and the fuzzers; reports the totals. */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { cannotRun } from "../../tools/ci.mjs";
import { fuzz, FUZZERS } from "./build/fuzz.mjs";
import { link } from "./build/link.mjs";
import { cargoFolders, engineRoot } from "./build/paths.mjs";
import { phase } from "./build/phase.mjs";
import { compileWithQuickjs, quickjsSources } from "./build/quickjs.mjs";
import { patchNames } from "./build/quickjs-patches.mjs";
import { EACH_BLOCK, stress } from "./build/quickjs-stress.mjs";
import { TARGETS } from "./build/targets.mjs";

const totals = { passed: 0, failed: 0, skipped: 0 };
const folder = mkdtempSync(join(tmpdir(), "laconic-engine-"));
try {
  cargoTests();
  abiTests();
  const quickjs = quickjsSources();
  refusals(quickjs);
  collections(quickjs);
  patches(quickjs);
  fuzzers();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

const reports = join(engineRoot, "../../.reports/packages/engine");
mkdirSync(reports, { recursive: true });
writeFileSync(join(reports, "cargo.json"), `${JSON.stringify(totals)}\n`);
phase(`tests: ${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`);
process.exitCode = totals.failed > 0 ? 1 : 0;

function cargoTests() {
  phase("cargo test");
  const { status, stdout, stderr } = spawnSync(
    "cargo",
    [
      "test",
      "--workspace",
      "--locked",
      "--no-fail-fast",
      "--exclude",
      "laconic-tool",
      "--exclude",
      "laconic-fuzz",
    ],
    {
      cwd: engineRoot,
      encoding: "utf8",
      maxBuffer: 1 << 28,
      env: { ...process.env, ...cargoFolders("cargo-build").environment },
    },
  );
  for (const [, passed, failed, ignored] of stdout.matchAll(/(\d+) passed; (\d+) failed; (\d+) ignored/g)) {
    totals.passed += Number(passed);
    totals.failed += Number(failed);
    totals.skipped += Number(ignored);
  }
  if (status !== 0) {
    process.stderr.write(`${stdout}${stderr}`);
    // A crash or a compile error has no count of its own.
    totals.failed = Math.max(1, totals.failed);
  }
}

function abiTests() {
  phase("the C ABI of linked apps");
  const dist = join(engineRoot, "dist", TARGETS[process.arch]);
  const program = join(folder, "abi");
  execFileSync("cc", [
    "-O1",
    "-Wall",
    "-Werror",
    `-I${dist}`,
    join(engineRoot, "test/abi.c"),
    "-o",
    program,
    "-ldl",
    "-lpthread",
  ]);

  documentedHost(dist);
  const app = compile(dist, "app.mjs");
  const damaged = join(folder, "damaged.qbc");
  writeFileSync(damaged, readFileSync(app).subarray(0, -1));
  const libraries = { app, throws: compile(dist, "throws.mjs"), damaged };
  for (const [kind, bytecode] of Object.entries(libraries)) {
    const library = link(dist, bytecode, join(folder, `${kind}.so`));
    inspect(dist, library);
    run(program, kind, library);
  }
}

/** The host in docs/abi.md compiles against the header. */
function documentedHost(dist) {
  const page = readFileSync(join(engineRoot, "../../docs/abi.md"), "utf8");
  const source = join(folder, "host.c");
  writeFileSync(source, page.match(/```c\n([^]*?)```/)[1]);
  execFileSync("cc", ["-Wall", "-Werror", "-fsyntax-only", `-I${dist}`, source]);
  count("the documented host compiles", true);
}

function compile(dist, name) {
  const output = join(folder, `${name}.qbc`);
  execFileSync(join(dist, "laconic-engine"), [
    "compile",
    join(engineRoot, "test/fixtures", name),
    "--output",
    output,
  ]);
  return output;
}

function inspect(dist, library) {
  const inspection = JSON.parse(
    execFileSync(join(dist, "laconic-engine"), ["inspect", library], { encoding: "utf8" }),
  );
  const [, minor] = inspection.glibc.split(".").map(Number);
  count(
    "only the ABI is exported",
    inspection.exports.join() === "Lambda,laconic_abi_version,laconic_init,laconic_release",
  );
  count("it loads on glibc 2.34", minor <= 34);
  count("it is hardened", !inspection.execStack && inspection.relro && inspection.bindNow);
}

function run(program, ...args) {
  const { status, stdout, stderr, signal } = spawnSync(program, args, {
    encoding: "utf8",
    env: { ...process.env, AWS_LAMBDA_FUNCTION_MEMORY_SIZE: "256", TZ: "Europe/Berlin" },
  });
  for (const line of stdout.split("\n").filter(Boolean)) {
    count(line.replace(/^(not )?ok /, ""), line.startsWith("ok "));
  }
  if (status !== 0) {
    count(`${args[0]}: exit ${signal ?? status}\n${stderr}`, false);
  }
}

/** Each allocation of a program refused once. */
function refusals({ original, patched }) {
  phase("allocations that are refused");
  const program = join(folder, "refused");
  compileWithQuickjs(program, join(engineRoot, "test/refused.c"), original, patched, [], EACH_BLOCK);
  run(program, join(engineRoot, "test/refused/app.js"));
}

/** Programs in a QuickJS that collects garbage before it makes an object. */
function collections({ original, patched }) {
  phase("programs with a collection at every object");
  const program = join(folder, "collected");
  const main = join(engineRoot, "test/collected.c");
  compileWithQuickjs(program, main, original, patched, [], ["-DFORCE_GC_AT_MALLOC"]);
  const programs = join(engineRoot, "test/collected");
  const names = readdirSync(programs).filter((file) => file.endsWith(".js"));
  count("there are programs to collect at every object", names.length > 0);
  for (const name of names) {
    run(program, join(programs, name), join(programs, name.replace(/js$/, "txt")));
  }
}

/** What each of QuickJS's patches is for, and programs that a generator makes, with much garbage collection. */
function patches({ original, patched }) {
  phase("QuickJS's patches");
  const tests = join(engineRoot, "test/quickjs");
  const program = join(folder, "host");
  compileWithQuickjs(program, join(tests, "host.c"), original, patched, [], EACH_BLOCK);
  for (const name of patchNames().map((patch) => patch.replace(/^\d+-|\.patch$/g, ""))) {
    // Its test are the generated programs.
    if (name === "gc-stress") continue;
    run(program, join(tests, `${name}.js`));
  }
  const seconds = Number(process.env.LACONIC_FUZZ_SECONDS ?? 10);
  for (const { name, ok } of stress(program, seconds)) count(name, ok);
}

/** They compile the engine a second time, under a sanitizer, so that CI asks for them and a clone's first test does not. */
function fuzzers() {
  const seconds = Number(process.env.LACONIC_FUZZ_SECONDS ?? 0);
  if (seconds > 0) {
    for (const { name, ok } of fuzz(seconds)) count(name, ok);
    return;
  }
  try {
    cannotRun(
      "the fuzzers under AddressSanitizer",
      "LACONIC_FUZZ_SECONDS does not say for how long; npx nx fuzz @laconic/engine runs them, too",
    );
    totals.skipped += FUZZERS.length;
  } catch (error) {
    count(error.message, false);
  }
}

function count(name, ok) {
  totals[ok ? "passed" : "failed"] += 1;
  if (!ok) console.error(`failed: ${name}`);
}
