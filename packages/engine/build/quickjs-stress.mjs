/** Runs generated programs in QuickJS with much garbage collection, and in Node. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { program } from "../fuzz/programs.mjs";
import { phase } from "./phase.mjs";

/** Has QuickJS collect at every n-th object, and take each block from the heap, instead of cutting it from a larger one. */
export const EACH_BLOCK = ["-DJS_GC_STRESS"];

/** The system's compiler: Zig comes without AddressSanitizer's library. */
export const SANITIZING = ["cc", "-O1", "-g", "-fsanitize=address", "-fno-omit-frame-pointer"];

/** A collection at every n-th object: each finds what the others do not come to. */
const EVERY = [1, 2, 5, 17];

/** Whether this Node has what the programs use; an older one is not asked, and QuickJS without collections is. */
const KNOWS_ALL = Number(process.versions.node.split(".")[0]) >= 22;

/**
 * @param {string} host test/quickjs/host.c, compiled with -DJS_GC_STRESS
 * @param {number} seconds
 * @param {number} first the first program's seed
 * @returns {{ name: string, ok: boolean }[]} what differed, or one entry when nothing did
 */
export function stress(host, seconds, first = 1) {
  const folder = mkdtempSync(join(tmpdir(), "laconic-stress-"));
  const end = Date.now() + seconds * 1000;
  const outcomes = [];
  let seed = first;
  try {
    for (; Date.now() < end && outcomes.length < 5; seed++) {
      const file = join(folder, "program.js");
      writeFileSync(file, program(seed));
      const every = String(EVERY[seed % EVERY.length]);
      const env = { ...process.env, LACONIC_GC_STRESS: every, ASAN_OPTIONS: "detect_leaks=0" };
      const calm = run(host, [file], { ...env, LACONIC_GC_STRESS: "0" });
      const expected = KNOWS_ALL ? run(process.execPath, ["-e", inNode(program(seed))], process.env) : calm;
      const answer = calm === expected ? run(host, [file], env) : calm;
      if (answer !== expected) {
        phase(`program ${seed} (node fuzz/programs.mjs ${seed}): ${difference(expected, answer)}`);
        outcomes.push({ name: `generated program ${seed}`, ok: false });
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  if (outcomes.length === 0) outcomes.push({ name: `${seed - first} generated programs`, ok: seed > first });
  return outcomes;
}

const inNode = (text) => `globalThis.print = console.log; ${text}`;

/** From the first line on that differs. */
function difference(expected, answer) {
  const [left, right] = [expected.split("\n"), answer.split("\n")];
  const at = left.findIndex((line, index) => line !== right[index]);
  return `line ${at + 1}\nexpected: ${left[at]}\nQuickJS:  ${right.slice(at, at + 30).join("\n")}`;
}

/** What it prints, and how it ended when that was not well. */
function run(command, args, env) {
  const { status, signal, stdout, stderr } = spawnSync(command, args, {
    encoding: "utf8",
    env,
    timeout: 60_000,
  });
  return status === 0 ? stdout : `${stdout}${signal ?? status}: ${stderr.slice(0, 3000)}`;
}
