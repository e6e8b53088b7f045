/**
 * Measures the engine in dist/: start, first call and warm calls, each the median of several processes, for
 * an app of one line without and with every feature of the engine, and for one of 30 functions.
 */
import { execFileSync } from "node:child_process";
import { deflateRawSync } from "node:zlib";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { link } from "./build/link.mjs";
import { engineRoot } from "./build/paths.mjs";
import { TARGETS } from "./build/targets.mjs";

const PROCESSES = 25;

const folder = mkdtempSync(join(tmpdir(), "laconic-bench-"));
const dist = join(engineRoot, "dist", TARGETS[process.arch]);
const tool = join(dist, "laconic-engine");
try {
  const program = join(folder, "calls");
  execFileSync("cc", ["-O2", `-I${dist}`, join(engineRoot, "bench/calls.c"), "-o", program, "-ldl"]);
  const oneLine = join(folder, "one-line.mjs");
  writeFileSync(oneLine, 'export const Lambda = () => "1";\n');
  const subjects = [
    make("no feature", oneLine, []),
    make("every feature", oneLine),
    make("30 functions", join(engineRoot, "test/fixtures/app.mjs")),
  ];
  // In turns, so that a noisy machine slows all alike.
  for (let round = 0; round < PROCESSES; round++) {
    for (const { library, runs } of subjects) {
      runs.push(JSON.parse(execFileSync(program, [library, "count"], { encoding: "utf8" })));
    }
  }
  const figures = subjects.map(({ name, library, runs }) => [name, { ...medians(runs), ...sizes(library) }]);
  console.log(JSON.stringify(Object.fromEntries(figures), null, 2));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function make(name, source, features) {
  const path = join(folder, name.replaceAll(" ", "-"));
  execFileSync(tool, ["compile", source, "--output", `${path}.qbc`]);
  const library = link(dist, `${path}.qbc`, `${path}.so`, features);
  return { name, library, runs: [] };
}

function medians(runs) {
  const median = (key) => runs.map((run) => run[key]).sort((a, b) => a - b)[runs.length >> 1];
  return Object.fromEntries(Object.keys(runs[0]).map((key) => [key, median(key)]));
}

function sizes(library) {
  const bytes = readFileSync(library);
  const { relocations } = JSON.parse(execFileSync(tool, ["inspect", library], { encoding: "utf8" }));
  return { bytes: bytes.length, bytesInZip: deflateRawSync(bytes).length, relocations };
}
