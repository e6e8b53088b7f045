/** QuickJS with this engine's patches and without them, before the language's own test suite. */
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

import { fail } from "./failure.mjs";
import { cache, engineRoot } from "./paths.mjs";
import { phase } from "./phase.mjs";
import { installToolchain, zig } from "./toolchain.mjs";

/** What is meant to differ, and why. */
const MEANT = new Map(
  ["wait", "wait/bigint"].map((folder) => [
    `test262/test/built-ins/Atomics/${folder}/cannot-suspend-throws.js`,
    "an app may block, as Node's main thread may; its deadline ends that",
  ]),
);

/**
 * Runs test262 through both.
 *
 * @param {string} checkout a folder with tc39/test262
 * @returns {{ cases: string, patched: string[], meant: string[] }} the runner's account of the patched QuickJS, and the
 *   cases that fail with the patches only: those that must not, and those that are meant to
 */
export function test262(checkout) {
  installToolchain();
  const folder = mkdtempSync(join(tmpdir(), "laconic-test262-"));
  try {
    const { original, patched } = sources();
    symlinkSync(resolve(checkout), join(folder, "test262"));
    // The comment behind this one has the runner skip it.
    const settings = readFileSync(join(original, "test262.conf"), "utf8").replace(/^Atomics=.*/m, "Atomics");
    writeFileSync(join(folder, "test262.conf"), settings);
    // What fails is compared, not known.
    writeFileSync(join(folder, "test262_errors.txt"), "");
    const before = failures(runner(folder, "original", original, join(original, "quickjs.c")), folder);
    const after = failures(runner(folder, "patched", original, join(patched, "quickjs.c")), folder);
    const only = [...after.failed].filter((name) => !before.failed.has(name));
    return {
      cases: after.result,
      patched: only.filter((name) => !MEANT.has(name)),
      meant: only.filter((name) => MEANT.has(name)),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Where cargo keeps QuickJS, and where it wrote the patched source. */
function sources() {
  const env = {
    ...process.env,
    CARGO_TARGET_DIR: process.env.CARGO_TARGET_DIR ?? join(cache, "cargo-target"),
  };
  const cargo = (...args) =>
    execFileSync("cargo", args, { cwd: engineRoot, env, encoding: "utf8", maxBuffer: 1 << 28 });
  phase("patching QuickJS");
  const { packages } = JSON.parse(cargo("metadata", "--format-version", "1", "--locked"));
  const messages = cargo("build", "--locked", "--package", "laconic-quickjs", "--message-format", "json");
  const ran = messages
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line))
    .find(
      ({ reason, package_id: id }) => reason === "build-script-executed" && id.includes("laconic-quickjs"),
    );
  if (!ran) fail("cargo does not say where it wrote the patched QuickJS: look at its --message-format json");
  const { manifest_path: manifest } = packages.find(({ name }) => name === "rquickjs-sys");
  return { original: join(dirname(manifest), "quickjs"), patched: ran.out_dir };
}

/** QuickJS's own runner, with assertions: what is left at the end of a test is one. */
function runner(folder, name, original, quickjs) {
  phase(`building the runner, ${name}`);
  const program = join(folder, name);
  // libregexp.c is patched too.
  const beside = (file) => join(dirname(quickjs), file);
  const patchedOr = (file) => (existsSync(beside(file)) ? beside(file) : join(original, file));
  const others = ["quickjs-libc.c", "libregexp.c", "libunicode.c", "dtoa.c", "cutils.c"];
  execFileSync(zig(), [
    ...[
      "cc",
      "-O2",
      "-w",
      "-fno-sanitize=undefined",
      "-D_GNU_SOURCE",
      "-I",
      original,
      "-I",
      dirname(quickjs),
    ],
    ...["-c", "-o", `${program}.o`, "-include", join(engineRoot, "test262/through-bytecode.h")],
    join(original, "run-test262.c"),
  ]);
  execFileSync(zig(), [
    ...[
      "cc",
      "-O2",
      "-w",
      "-fno-sanitize=undefined",
      "-D_GNU_SOURCE",
      "-I",
      original,
      "-I",
      dirname(quickjs),
    ],
    ...["-o", program, `${program}.o`, quickjs, ...others.map(patchedOr)],
    ...["-lm", "-lpthread", "-ldl"],
  ]);
  return program;
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
