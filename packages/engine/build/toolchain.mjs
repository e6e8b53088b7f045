/** A Python environment with the cross linker, made once for each set of pinned versions. */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { fail } from "./failure.mjs";
import { cache, engineRoot } from "./paths.mjs";
import { phase } from "./phase.mjs";

const requirements = join(engineRoot, "requirements.txt");
const hash = createHash("sha256").update(readFileSync(requirements)).digest("hex").slice(0, 12);
const folder = join(cache, `toolchain-${hash}`);

/** Returns the folder with cargo-zigbuild and Python, installing them when they are not there. */
export function installToolchain() {
  const complete = join(folder, "complete");
  if (!existsSync(complete)) {
    phase("installing the linker (ziglang, cargo-zigbuild)");
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(cache, { recursive: true });
    run("python3", ["-m", "venv", folder]);
    run(join(folder, "bin/python"), ["-m", "pip", "install", "--quiet", "--no-input", "-r", requirements]);
    // Last, and in one step, so that an interrupted installation starts again.
    writeFileSync(`${complete}.part`, "");
    renameSync(`${complete}.part`, complete);
  }
  return join(folder, "bin");
}

/** The installed zig itself: its Python wrapper costs an interpreter's start. */
export function zig() {
  const lib = join(folder, "lib");
  return join(lib, readdirSync(lib)[0], "site-packages", "ziglang", "zig");
}

function run(command, args) {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: "utf8" });
  if (status !== 0) {
    fail(`${command} ${args.join(" ")} failed:\n${stdout}${stderr}`);
  }
}
