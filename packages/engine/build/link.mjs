/** Linking an app: bytecode, the table of its features, and the engine, into one shared library. */
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { zig } from "./toolchain.mjs";

/**
 * Links `bytecode` with the engine in `dist`, to the library `output`; beside it
 * lies the assembly that says what the app adds.
 *
 * @param features names of the engine's features that the app can reach; all when left out
 */
export function link(dist, bytecode, output, features) {
  const engine = JSON.parse(readFileSync(join(dist, "engine.json"), "utf8"));
  const triple = `${engine.target.replace("-unknown", "")}.2.26`;
  const assembly = `${output}.s`;
  writeFileSync(assembly, appAssembly(engine, bytecode, features));
  execFileSync(zig(), [
    ...["cc", "-target", triple, "-fno-sanitize=undefined", "-shared", "-fPIC", "-o", output],
    ...[assembly, join(dist, "liblaconic_engine.a")],
    `-Wl,--version-script=${join(dist, "laconic.map")}`,
    ...engine.linkArgs,
  ]);
  return output;
}

/** What the engine looks for in an app's object: bytecode and features, each between two symbols. */
export function appAssembly(engine, bytecode, features = engine.features.map(({ name }) => name)) {
  return `    .section .rodata.laconic, "a"
    .balign 16
    .global laconic_app_bytecode, laconic_app_bytecode_end
laconic_app_bytecode:
    .incbin ${JSON.stringify(bytecode)}
laconic_app_bytecode_end:
    .byte 0

    .section .data.rel.ro.laconic, "aw"
    .balign 8
    .global laconic_app_features, laconic_app_features_end
laconic_app_features:
${features.map((name) => `    .quad laconic_feature_${name}\n`).join("")}laconic_app_features_end:

    .section .note.GNU-stack, "", %progbits
`;
}
