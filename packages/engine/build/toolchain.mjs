/** cargo-zigbuild and zig in a Python environment, made once for each set of versions. */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, realpathSync } from "node:fs";
import { join } from "node:path";

import { madeOnce } from "../../../tools/made-once.mjs";
import { fail } from "./failure.mjs";
import { cache, engineRoot } from "./paths.mjs";
import { phase } from "./phase.mjs";

const REQUIREMENTS = join(engineRoot, "requirements.txt");
const INTERPRETER =
  "import os, platform, sys; print(os.path.realpath(sys.executable), platform.python_version(), platform.machine())";

/** The environment's folder, once it has been looked for: asking the interpreter starts a process. */
let found;

/**
 * Installs the toolchain when it is not there.
 *
 * @returns {string} the folder with cargo-zigbuild and Python
 */
export function installToolchain() {
  return join(environment(), "bin");
}

function environment() {
  return (found ??= findEnvironment());
}

/** The environment is of one interpreter: where that is gone or has been replaced, another one is made. */
function findEnvironment() {
  const interpreter = run("python3", ["-c", INTERPRETER]).trim();
  const key = digest(`${readFileSync(REQUIREMENTS, "utf8")}\n${interpreter}`);
  const folder = join(cache, `toolchain-${key}`);
  madeOnce(folder, (draft) => {
    phase("installing the linker (ziglang, cargo-zigbuild)");
    run("python3", ["-m", "venv", draft]);
    run(join(draft, "bin/python"), ["-m", "pip", "install", "--quiet", "--no-input", "-r", REQUIREMENTS]);
  });
  return folder;
}

/** The zig that compiles C: the one that LACONIC_ZIG names, else the installed one without its Python wrapper. */
export function zig() {
  const named = process.env.LACONIC_ZIG;
  if (named) {
    if (!existsSync(named)) fail(`LACONIC_ZIG names ${named}, which does not exist.`);
    return realpathSync(named);
  }
  const lib = join(environment(), "lib");
  return join(lib, readdirSync(lib)[0], "site-packages", "ziglang", "zig");
}

/**
 * What cargo-zigbuild reads. Its compiler wrappers name the zig, so each zig has a folder of wrappers of its own;
 * their paths are part of what cargo compares, so another zig compiles the C code again.
 *
 * @returns {NodeJS.ProcessEnv}
 */
export function zigbuildEnvironment() {
  const command = zig();
  return {
    CARGO_ZIGBUILD_ZIG_COMMAND: command,
    CARGO_ZIGBUILD_CACHE_DIR: join(environment(), `wrappers-${digest(command)}`),
  };
}

function digest(text) {
  return createHash("sha256").update(text).digest("hex").slice(0, 12);
}

function run(command, args) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: "utf8" });
  if (status !== 0) {
    fail(`${command} ${args.join(" ")} failed:\n${error?.message ?? `${stdout}${stderr}`}`);
  }
  return stdout;
}
