/** What has to be on the machine already. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

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
  // rustup brings another platform's library in seconds; a distribution's Rust has a package of its own for it.
  if (
    !hasStandardLibrary(target) &&
    !(runs("rustup", ["target", "add", target]) && hasStandardLibrary(target))
  ) {
    fail(
      `Rust's standard library for ${target} is missing: run "rustup target add ${target}", then this again.`,
    );
  }
}

/** rustc names the folder whether or not it is there. */
function hasStandardLibrary(target) {
  const { stdout } = spawnSync("rustc", ["--print", "target-libdir", "--target", target], {
    encoding: "utf8",
  });
  return existsSync(stdout?.trim() || "/nonexistent");
}

function runs(command, args) {
  return spawnSync(command, args, { stdio: "ignore" }).status === 0;
}
