/** QuickJS with this engine's patches and without them, before the language's own test suite. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join, resolve } from "node:path";

import { fail } from "./failure.mjs";
import { engineRoot } from "./paths.mjs";
import { phase } from "./phase.mjs";
import { compileWithQuickjs, quickjsSources } from "./quickjs.mjs";

/**
 * Runs test262 through both.
 *
 * @param {string} checkout a folder with tc39/test262
 * @returns {{ cases: string, patched: string[] }} the runner's account of the patched QuickJS, and the
 *   cases that fail with the patches only
 */
export function test262(checkout) {
  const folder = mkdtempSync(join(tmpdir(), "laconic-test262-"));
  try {
    const { original, patched } = quickjsSources();
    symlinkSync(resolve(checkout), join(folder, "test262"));
    // The comment behind this one has the runner skip it.
    const settings = readFileSync(join(original, "test262.conf"), "utf8").replace(/^Atomics=.*/m, "Atomics");
    writeFileSync(join(folder, "test262.conf"), settings);
    // What fails is compared, not known.
    writeFileSync(join(folder, "test262_errors.txt"), "");
    const failuresOf = (name, sources) => {
      phase(`building the runner, ${name}`);
      const program = join(folder, name);
      const main = join(original, "run-test262.c");
      const flags = ["-include", join(engineRoot, "test262/through-bytecode.h")];
      compileWithQuickjs(program, main, original, sources, flags);
      return failures(program, folder);
    };
    const before = failuresOf("original", original);
    const after = failuresOf("patched", patched);
    const only = [...after.failed].filter((name) => !before.failed.has(name));
    return {
      cases: after.result,
      patched: only,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function failures(program, folder) {
  phase(`test262, ${program.slice(folder.length + 1)}`);
  const { stdout, stderr, status, signal } = spawnSync(
    program,
    ["-c", "test262.conf", "-t", `${availableParallelism()}`],
    { cwd: folder, encoding: "utf8", maxBuffer: 1 << 28 },
  );
  const result = /Result: (.*)/.exec(stderr)?.[1];
  if (!result) fail(`The runner ended with ${signal ?? status} before its result:\n${stderr.slice(-2000)}`);
  const failed = new Set(stdout.match(/^test262\/test\/[^:\n]+(?=:\d+: )/gm));
  return { result, failed };
}
