/** Measures the engine in dist/: start, first call and warm calls, each the median of several processes. */
import { execFileSync } from "node:child_process";
import { gzipSync } from "node:zlib";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { link } from "./build/link.mjs";
import { engineRoot } from "./build/paths.mjs";
import { TARGETS } from "./build/targets.mjs";
import { installToolchain } from "./build/toolchain.mjs";

const PROCESSES = 15;

const folder = mkdtempSync(join(tmpdir(), "laconic-bench-"));
try {
  const toolchain = installToolchain();
  const dist = join(engineRoot, "dist", TARGETS[process.arch]);
  const bytecode = join(folder, "app.qbc");
  const source = join(engineRoot, "test/fixtures/app.mjs");
  execFileSync(join(dist, "laconic-engine"), ["compile", source, "--output", bytecode]);
  const library = link(toolchain, dist, bytecode, join(folder, "app.so"));
  const program = join(folder, "calls");
  execFileSync("cc", ["-O2", `-I${dist}`, join(engineRoot, "bench/calls.c"), "-o", program, "-ldl"]);
  const runs = Array.from({ length: PROCESSES }, () =>
    JSON.parse(execFileSync(program, [library, "count"], { encoding: "utf8" })),
  );
  const median = (key) => runs.map((run) => run[key]).sort((a, b) => a - b)[PROCESSES >> 1];
  const figures = Object.fromEntries(Object.keys(runs[0]).map((key) => [key, median(key)]));
  const bytes = readFileSync(library);
  console.log(
    JSON.stringify({ ...figures, libraryBytes: bytes.length, gzipBytes: gzipSync(bytes).length }, null, 2),
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
