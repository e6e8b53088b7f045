/** What has to be on the machine already. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

import { fail } from "./failure.mjs";
import { atLeast, LEAST } from "./least.mjs";
import { engineRoot } from "./paths.mjs";

/** Ends the build when cargo, Rust's standard library for `target` or Python is missing. */
export function requirePrerequisites(target) {
  if (!isRecent("cargo") || !isRecent("rustc")) {
    fail(
      `Rust ${LEAST.rust} or newer is missing: install it from https://rustup.rs, or run "rustup update stable", then this again.`,
    );
  }
  const python = `import sys, venv, ensurepip; sys.exit(sys.version_info < (${LEAST.python.replace(".", ", ")}))`;
  if (!runs("python3", ["-c", python])) {
    fail(
      `Python ${LEAST.python} or newer is missing: install python3 with its venv module, then run this again.`,
    );
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

/** In this folder rustup takes the Rust that rust-toolchain.toml names. */
function isRecent(command) {
  const { stdout } = spawnSync(command, ["--version"], { cwd: engineRoot, encoding: "utf8" });
  return atLeast(stdout?.split(" ")[1] ?? "0", LEAST.rust);
}

function runs(command, args) {
  return spawnSync(command, args, { stdio: "ignore" }).status === 0;
}
