/**
 * Runs QuickJS under AddressSanitizer with a garbage collection at every n-th object: the programs of test/collected and
 * test/quickjs, then generated ones, whose output is compared with Node's. `node stress.mjs [seconds] [first seed]`, 60
 * and 1 by default.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { engineRoot } from "./build/paths.mjs";
import { phase } from "./build/phase.mjs";
import { compileWithQuickjs, quickjsSources } from "./build/quickjs.mjs";
import { EACH_BLOCK, SANITIZING, stress } from "./build/quickjs-stress.mjs";

/** A collection at every object, and at some. */
const EVERY = [1, 7, 200];

/** Tests that count allocations or the time, which collections change. */
const COUNTED = /[\\/](interrupts.*|json|kept-shapes|stack)\.js$/;

const [seconds = "60", first = "1"] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), "laconic-stress-"));
let failed = 0;
try {
  const { original, patched } = quickjsSources();
  const compiled = (name, main) => {
    const program = join(folder, name);
    compileWithQuickjs(program, join(engineRoot, main), original, patched, [], EACH_BLOCK, SANITIZING);
    return program;
  };
  phase("compiling QuickJS with AddressSanitizer");
  const collected = compiled("collected", "test/collected.c");
  const host = compiled("host", "test/quickjs/host.c");
  for (const every of EVERY) {
    phase(`a collection at every ${every}. object`);
    for (const program of programs("test/collected"))
      run(every, collected, program, program.replace(/js$/, "txt"));
    for (const program of programs("test/quickjs").filter((file) => !COUNTED.test(file)))
      run(every, host, program);
  }
  phase(`generated programs for ${seconds} s`);
  for (const { name, ok } of stress(host, Number(seconds), Number(first))) report(ok, name);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = failed > 0 ? 1 : 0;

function programs(place) {
  const files = readdirSync(join(engineRoot, place)).filter((name) => name.endsWith(".js"));
  return files.map((name) => join(engineRoot, place, name));
}

function run(every, ...command) {
  const env = {
    ...process.env,
    TZ: "Europe/Berlin",
    LACONIC_GC_STRESS: String(every),
    // What a runtime leaves is an assertion's; a program that ends with the process may leave something.
    ASAN_OPTIONS: "detect_leaks=0",
  };
  const { status, signal, stdout, stderr } = spawnSync(command[0], command.slice(1), {
    encoding: "utf8",
    env,
  });
  const wrong = stdout.split("\n").filter((line) => line.startsWith("not ok "));
  report(
    status === 0 && wrong.length === 0,
    `${command[1]}: ${[...wrong, signal ?? `exit ${status}`, stderr].join("\n")}`,
  );
}

function report(ok, what) {
  if (ok) return;
  failed += 1;
  phase(`failed: ${what}`);
}
