/** Takes out of the engine's files what no link and no run needs. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

import { fail } from "./failure.mjs";
import { phase } from "./phase.mjs";

/**
 * Strips the archive and the tool in place: names of local symbols, and the debug information that Rust's standard
 * library brings, a quarter of both. An app's library is linked without either anyway.
 */
export function strip({ archive, tool }) {
  const objcopy = findObjcopy();
  if (objcopy === undefined) {
    phase("not stripped: this Rust comes without rust-objcopy, which rustup's has");
    return;
  }
  // The linker still needs the names that the archive's members know each other by.
  objcopy("--strip-unneeded", archive);
  objcopy("--strip-all", tool);
}

/** Rust's own, which knows every platform's files; the system's knows its own platform's alone. */
function findObjcopy() {
  const sysroot = ask(["--print", "sysroot"]);
  const host = /^host: (.*)$/m.exec(ask(["-vV"]))?.[1] ?? "";
  const program = join(sysroot, "lib/rustlib", host, "bin/rust-objcopy");
  if (!existsSync(program)) return undefined;
  // Its LLVM is where rustc's is, which it is not told.
  const env = { ...process.env, LD_LIBRARY_PATH: join(sysroot, "lib") };
  return (...args) => {
    const { status, stderr } = spawnSync(program, args, { env, encoding: "utf8" });
    if (status !== 0) fail(`${program} ${args.join(" ")} failed:\n${stderr}`);
  };
}

function ask(args) {
  return spawnSync("rustc", args, { encoding: "utf8" }).stdout?.trim() ?? "";
}
