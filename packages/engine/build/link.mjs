/** Linking an app: bytecode and engine into one shared library. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { engineRoot } from "./paths.mjs";

/** Links `bytecode` with the engine in `dist`, by the toolchain's zig, to the library `output`. */
export function link(toolchain, dist, bytecode, output) {
  const { target, linkArgs } = JSON.parse(readFileSync(join(dist, "engine.json"), "utf8"));
  const triple = `${target.replace("-unknown", "")}.2.26`;
  execFileSync(join(toolchain, "python"), [
    ...["-m", "ziglang", "cc", "-target", triple, "-shared", "-fPIC", "-o", output],
    `-DBYTECODE="${bytecode}"`,
    join(engineRoot, "test/fixtures/bytecode.S"),
    join(dist, "liblaconic_engine.a"),
    `-Wl,--version-script=${join(dist, "laconic.map")}`,
    ...linkArgs,
  ]);
  return output;
}
