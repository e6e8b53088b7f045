/**
 * `npm run pack`: builds everything and packs it as npm gets it, with the engine of this machine, and prints the line that
 * installs it in another project.
 *
 *   node tools/pack.mjs [--out <folder>] [--platform <name>] [--no-build] [package ...]
 *
 * `--platform` says for which platforms an engine is packed: linux/amd64, linux/arm64, all that were built (`all`) or none.
 * With names of packages only these are packed.
 */
import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { parseArgs } from "node:util";
import { enginePackages, HOST } from "./pack/engine-packages.mjs";
import { packAll } from "./pack/tarballs.mjs";
import { workspacePackages } from "./pack/workspace-packages.mjs";
import { requirePrerequisites } from "./prerequisites.mjs";
import { setUp } from "./setup.mjs";

const { values: options, positionals: names } = parseArgs({
  allowPositionals: true,
  allowNegative: true,
  options: {
    out: { type: "string", default: "packed" },
    platform: { type: "string", default: HOST },
    build: { type: "boolean", default: true },
  },
});

if (options.build) {
  requirePrerequisites();
  if (!(await setUp(["--output-style=static"]))) process.exit(1);
}
const out = resolve(options.out);
removeEarlier(out);
const packages = chosen([...enginePackages(options.platform), ...workspacePackages()]);
for (const file of packAll(packages, out)) console.log(file);
if (names.length === 0) console.error(`\nIn a project:\n\n    npm install -D ${shown(out)}/laconic-*.tgz\n`);

function chosen(packages) {
  const unknown = names.filter((name) => !packages.some(({ manifest }) => manifest.name === name));
  if (unknown.length > 0) {
    const all = packages.map(({ manifest }) => manifest.name).join(", ");
    console.error(`There is no package ${unknown.join(", ")} here. There are: ${all}`);
    process.exit(2);
  }
  return names.length === 0 ? packages : packages.filter(({ manifest }) => names.includes(manifest.name));
}

/** Earlier packages of other versions would be installed with these. */
function removeEarlier(folder) {
  mkdirSync(folder, { recursive: true });
  if (names.length > 0) return;
  for (const file of readdirSync(folder)) {
    if (/^laconic-.*\.(tgz|cdx\.json)$/.test(file) && !isOthers(file)) rmSync(join(folder, file));
  }
}

/** A release gathers the engines of several machines in one folder. */
function isOthers(file) {
  return options.platform === "none" && file.startsWith("laconic-engine-linux-");
}

/** As short as it can be typed from anywhere. */
function shown(folder) {
  const fromHome = relative(process.env.HOME ?? "/", folder);
  return process.env.HOME && !fromHome.startsWith("..") ? `~/${fromHome}` : folder;
}
