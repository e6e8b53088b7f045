/** Running cargo. */
import { spawnSync } from "node:child_process";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";

import { cargoFolders, engineRoot } from "./paths.mjs";
import { phase } from "./phase.mjs";
import { zigbuildEnvironment } from "./toolchain.mjs";

/**
 * Runs cargo in the workspace, with the toolchain's folder in PATH, and returns the folder of its results.
 * On a terminal cargo shows its own progress; elsewhere its output is shown only when it fails.
 */
export function cargo(toolchain, args) {
  phase(`cargo ${args[0]} (several minutes when nothing is cached)`);
  const { target, environment } = cargoFolders("cargo-build");
  const { status, stdout, stderr, error } = spawnSync("cargo", args, {
    cwd: engineRoot,
    encoding: "utf8",
    maxBuffer: 1 << 28,
    stdio: process.stdout.isTTY ? "inherit" : "pipe",
    env: {
      ...process.env,
      ...environment,
      ...zigbuildEnvironment(),
      CARGO_ENCODED_RUSTFLAGS: rustFlags().join("\x1f"),
      PATH: [toolchain, process.env.PATH].filter(Boolean).join(delimiter),
    },
  });
  if (status !== 0) {
    process.stderr.write(`${stdout ?? ""}${stderr ?? ""}`);
    console.error(`cargo ${args[0]} failed${error ? `: ${error.message}` : ""}; its output is above.`);
    process.exit(1);
  }
  return target;
}

/**
 * The flags of .cargo/config.toml, which the variable replaces, one that keeps zig from compiling its sanitizer's library,
 * which takes a minute, and one for the folder whose name must not be in the library: panic messages name source files,
 * and the same source has to give the same bytes on every machine. The workspace's own files are named relative to it
 * already, and a flag that names this clone would compile every dependency again for the next one.
 */
function rustFlags() {
  const home = process.env.CARGO_HOME ?? join(homedir(), ".cargo");
  return [
    ...["--cfg", 'getrandom_backend="linux_getrandom"'],
    "-Clink-arg=-fno-sanitize=undefined",
    `--remap-path-prefix=${join(home, "registry/src")}=/cargo`,
  ];
}
