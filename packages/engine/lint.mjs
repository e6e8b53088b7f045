/** Formatting and clippy, without a warning. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";

import { cache, engineRoot } from "./build/paths.mjs";

const env = { ...process.env, CARGO_TARGET_DIR: process.env.CARGO_TARGET_DIR ?? join(cache, "cargo-target") };
for (const args of [
  ["fmt", "--all", "--check"],
  ["clippy", "--workspace", "--all-targets", "--locked", "--quiet", "--", "--deny", "warnings"],
]) {
  const { status } = spawnSync("cargo", args, { cwd: engineRoot, env, stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}
