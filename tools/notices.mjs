// LICENSE, NOTICE and THIRD-PARTY-NOTICES.txt of a package that is about to be packed:
//   node tools/notices.mjs packages/rewriter [--engine x86_64-unknown-linux-gnu] [--out <folder>]
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { zig } from "../packages/engine/build/toolchain.mjs";
import { crateComponents } from "./licences/crates.mjs";
import { incorporatedComponents } from "./licences/incorporated.mjs";
import { noticesText } from "./licences/notices.mjs";
import { bundledComponents } from "./licences/npm-packages.mjs";
import { rustLibraryComponents } from "./licences/rust-library.mjs";
import { llvmLicence, zigComponents } from "./licences/zig-runtime.mjs";
import { zigVersion } from "./versions.mjs";
import { root } from "./workspace.mjs";

const NOTICES = "THIRD-PARTY-NOTICES.txt";

/**
 * Writes the three files, made of what is installed: no network, and the same bytes for the same lock files.
 *
 * @param {string} folder of the package, built
 * @param {{ name?: string, engine?: string, out?: string }} options name of the package when its package.json has another;
 *   the platform, as Rust calls it, whose engine it holds; where the files go when not into the package's folder
 * @returns {import("./licences/notices.mjs").Component[]} what is in the package
 * @throws {Error} when the licence of a part is unknown or not allowed
 */
export function writeNotices(folder, { name = nameOf(folder), engine, out = folder } = {}) {
  const components = [
    ...incorporatedComponents(name),
    ...bundledComponents(folder),
    ...(engine === undefined ? [] : engineComponents(engine)),
  ];
  for (const file of ["LICENSE", "NOTICE"]) copyFileSync(join(root, file), join(out, file));
  writeFileSync(join(out, NOTICES), noticesText(name, components));
  return components;
}

function engineComponents(target) {
  const installed = dirname(zig());
  return [
    ...crateComponents(target),
    ...rustLibraryComponents(target, llvmLicence(installed)),
    ...zigComponents(installed, zigVersion(), target),
  ];
}

function nameOf(folder) {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8")).name;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const options = { engine: { type: "string" }, out: { type: "string" } };
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  for (const folder of positionals) {
    try {
      writeNotices(resolve(folder), values);
    } catch (error) {
      console.error(`No notices for ${folder}: ${error.message}`);
      process.exitCode = 1;
    }
  }
}
