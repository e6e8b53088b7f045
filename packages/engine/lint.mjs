/** Checks the formatting of the Rust sources, and that neither rustc nor clippy has anything to say about them. */
import { spawnSync } from "node:child_process";

import { cargoFolders, engineRoot } from "./build/paths.mjs";

// The fuzzers embed what build/fuzz.mjs makes for them, and their library is the C ABI's source, which is checked as such.
const PACKAGES = ["--workspace", "--exclude", "laconic-fuzz", "--all-targets"];
const CLIPPY = ["clippy", ...PACKAGES, "--locked", "--keep-going", "--quiet", "--", "-D", "warnings"];

const checks = [["fmt", "--all", "--check"], CLIPPY].map((args) => cargo(args));
process.exitCode = checks.every((status) => status === 0) ? 0 : 1;

function cargo(args) {
  const env = { ...process.env, ...cargoFolders("cargo-build").environment };
  return spawnSync("cargo", args, { cwd: engineRoot, env, stdio: "inherit" }).status;
}
