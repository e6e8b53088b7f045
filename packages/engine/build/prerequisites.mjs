/** What has to be on the machine already. */
import { spawnSync } from "node:child_process";

import { fail } from "./failure.mjs";

/** Ends the build when cargo, Rust's standard library for `target` or Python is missing. */
export function requirePrerequisites(target) {
  if (!runs("cargo", ["--version"]) || !runs("rustc", ["--version"])) {
    fail(
      "Rust is missing: install it from https://rustup.rs (cargo and rustc 1.88 or later), then run this again.",
    );
  }
  if (!runs("python3", ["-c", "import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 9))"])) {
    fail("Python is missing: install python3 (3.9 or later) with its venv module, then run this again.");
  }
  const { stdout } = spawnSync("rustc", ["--print", "target-libdir", "--target", target], {
    encoding: "utf8",
  });
  if (!stdout) {
    fail(
      `Rust's standard library for ${target} is missing: run "rustup target add ${target}", then this again.`,
    );
  }
}

function runs(command, args) {
  return spawnSync(command, args, { stdio: "ignore" }).status === 0;
}
