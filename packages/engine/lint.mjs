/** Checks the formatting of the Rust sources. */
import { spawnSync } from "node:child_process";

import { engineRoot } from "./build/paths.mjs";

const { status } = spawnSync("cargo", ["fmt", "--all", "--check"], { cwd: engineRoot, stdio: "inherit" });
process.exitCode = status ?? 1;
