/** QuickJS's C sources, and programs made of them. */
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

import { fail } from "./failure.mjs";
import { cargoFolders, engineRoot } from "./paths.mjs";
import { phase } from "./phase.mjs";
import { zig } from "./toolchain.mjs";

const OTHERS = ["quickjs-libc.c", "libregexp.c", "libunicode.c", "dtoa.c"];

/** Where cargo keeps QuickJS, and where it wrote the patched source. */
export function quickjsSources() {
  const env = { ...process.env, ...cargoFolders("cargo-build").environment };
  const cargo = (...args) =>
    execFileSync("cargo", args, { cwd: engineRoot, env, encoding: "utf8", maxBuffer: 1 << 28 });
  phase("patching QuickJS");
  const messages = cargo("build", "--locked", "--package", "laconic-quickjs", "--message-format", "json");
  const ran = messages
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line))
    .find(
      ({ reason, package_id: id }) => reason === "build-script-executed" && id.includes("laconic-quickjs"),
    );
  if (!ran) fail("cargo does not say where it wrote the patched QuickJS: look at its --message-format json");
  return { original: Object.fromEntries(ran.env).LACONIC_QUICKJS_SOURCES, patched: ran.out_dir };
}

/**
 * Compiles a program with QuickJS, with assertions: what is left when a runtime is freed is one.
 *
 * @param {string} program the file to make
 * @param {string} main the program's own C source
 * @param {string} original folder of the sources as they come
 * @param {string} folder the folder whose sources count, as far as it has them
 * @param {string[]} flags for the program's own source
 * @param {string[]} defines for all of them
 * @param {string[]} compiler what compiles C, with its first arguments
 */
export function compileWithQuickjs(
  program,
  main,
  original,
  folder,
  flags = [],
  defines = [],
  compiler = [zig(), "cc", "-O2", "-fno-sanitize=undefined"],
) {
  const cc = (...args) =>
    execFileSync(compiler[0], [
      ...compiler.slice(1),
      ...["-w", "-D_GNU_SOURCE", `-I${original}`, `-I${folder}`],
      ...defines,
      ...args,
    ]);
  cc(...flags, "-c", "-o", `${program}.o`, main);
  const place = (file) => [folder, original].map((each) => join(each, file)).find((path) => existsSync(path));
  const sources = ["quickjs.c", ...OTHERS].map(place);
  cc("-o", program, `${program}.o`, ...sources, ...["-lm", "-lpthread", "-ldl"]);
}
