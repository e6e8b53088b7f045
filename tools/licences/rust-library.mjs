// Rust's standard library, which every archive and program of Rust's holds.
import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { root } from "../workspace.mjs";
import { allowedLicense } from "./policy.mjs";
import { standardText } from "./texts.mjs";

const RUST = {
  license: "MIT OR Apache-2.0",
  by: "The Rust Project Developers",
  source: "https://github.com/rust-lang/rust",
};
const crate = (name, license, by) => ({ license, by, source: `https://crates.io/crates/${name}` });

/** The crates of the library by the names of their files. One that is not here is an error, so that none comes in unseen. */
const CRATES = {
  addr2line: crate("addr2line", "Apache-2.0 OR MIT", "The gimli Developers"),
  adler2: crate("adler2", "0BSD OR MIT OR Apache-2.0", "Jonas Schievink"),
  alloc: RUST,
  cfg_if: crate("cfg-if", "MIT OR Apache-2.0", "Alex Crichton"),
  compiler_builtins: {
    ...{
      license: "MIT AND Apache-2.0 WITH LLVM-exception AND (MIT OR Apache-2.0)",
      by: "Jorge Aparicio, Rich Felker, et al.",
    },
    source: "https://github.com/rust-lang/compiler-builtins",
  },
  core: { ...RUST, license: "(MIT OR Apache-2.0) AND Unicode-3.0" },
  gimli: crate("gimli", "MIT OR Apache-2.0", "The gimli Developers"),
  foldhash: crate("foldhash", "Zlib", "Orson Peters"),
  hashbrown: crate("hashbrown", "MIT OR Apache-2.0", "Amanieu d'Antras"),
  libc: crate("libc", "MIT OR Apache-2.0", "The Rust Project Developers"),
  memchr: crate("memchr", "Unlicense OR MIT", "Andrew Gallant"),
  miniz_oxide: crate("miniz_oxide", "MIT OR Zlib OR Apache-2.0", "Frommi, oyvindln, Rich Geldreich"),
  object: crate("object", "Apache-2.0 OR MIT", "The gimli Developers"),
  panic_abort: RUST,
  panic_unwind: RUST,
  rustc_demangle: crate("rustc-demangle", "MIT OR Apache-2.0", "Alex Crichton"),
  std: RUST,
  std_detect: RUST,
  unwind: RUST,
};

/** For tests, macros and profiles: not linked into what is shipped. */
const NOT_LINKED = new Set([
  "getopts",
  "proc_macro",
  "profiler_builtins",
  "rustc_literal_escaper",
  "sysroot",
  "test",
]);

/**
 * @param {string} target Rust's name of a platform
 * @param {string} llvmText the text of LLVM's licence with its exception
 * @returns {import("./notices.mjs").Component[]}
 */
export function rustLibraryComponents(target, llvmText) {
  const version = rustc("--version").split(" ")[1];
  return linkedCrates(target).map((name) => {
    const { license, by, source } = CRATES[name] ?? unknown(name, version);
    return {
      ...{ name: `Rust's standard library: ${name}`, version, source },
      license: allowedLicense(name, license),
      texts: textsOf(license, [`Copyright (c) ${by}`], llvmText),
    };
  });
}

function linkedCrates(target) {
  const names = readdirSync(rustc("--print", "target-libdir", "--target", target))
    .map((file) => /^lib(\w+)-\w+\.rlib$/.exec(file)?.[1])
    .filter((name) => name && !NOT_LINKED.has(name) && !name.startsWith("rustc_std_workspace_"));
  return [...new Set(names)].sort();
}

/** Each licence that is named once: who may choose sees what. */
function textsOf(license, copyright, llvmText) {
  const names = license.split(/ (?:AND|OR) |[()]/).filter(Boolean);
  return [...new Set(names)].map((id) => {
    if (id.includes("WITH")) return llvmText;
    return standardText(id, id === "Unicode-3.0" ? ["Copyright © 1991-2025 Unicode, Inc."] : copyright);
  });
}

function unknown(name, version) {
  throw new Error(
    `The standard library of Rust ${version} holds the crate ${name}: say in tools/licences/rust-library.mjs how it is licensed`,
  );
}

function rustc(...args) {
  return execFileSync("rustc", args, { cwd: join(root, "packages/engine"), encoding: "utf8" }).trim();
}
