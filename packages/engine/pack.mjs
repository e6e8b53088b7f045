/**
 * Packs the engines that were built as npm packages, one for each platform and one that names them all, and prints
 * their files. `--out <folder>` says where they go; `--platform linux/arm64` packs one platform's alone, as each job
 * of a release does, and `--platform none` the one that names them.
 */
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";

import { writeNotices } from "../../tools/notices.mjs";
import { fail } from "./build/failure.mjs";
import { engineRoot } from "./build/paths.mjs";
import { PLATFORMS, TARGETS } from "./build/targets.mjs";

const { out, platform } = parseArgs({
  options: { out: { type: "string", default: join(engineRoot, "npm") }, platform: { type: "string" } },
}).values;
const source = JSON.parse(readFileSync(join(engineRoot, "package.json"), "utf8"));
const { version, license, description, engines } = source;

mkdirSync(out, { recursive: true });
const architectures = Object.keys(TARGETS);
const asked = platform === undefined ? architectures : architectures.filter((arch) => isOf(arch, platform));
for (const arch of asked) pack(platformPackage(arch), engineOf(TARGETS[arch]), TARGETS[arch]);
if (platform === undefined || platform === "none") pack(mainPackage(), undefined);

function isOf(arch, name) {
  return PLATFORMS[name] === TARGETS[arch];
}

/** Installed of itself only where its tool runs; another platform's is fetched when a build asks for it. */
function platformPackage(arch) {
  const name = `@laconic/engine-linux-${arch}`;
  const where = { os: ["linux"], cpu: [arch], libc: ["glibc"] };
  return { name, version, description: `${description}, for Linux on ${arch}`, license, ...where };
}

function mainPackage() {
  const optionalDependencies = Object.fromEntries(
    architectures.map((arch) => [`@laconic/engine-linux-${arch}`, version]),
  );
  return { name: source.name, version, description, license, engines, optionalDependencies };
}

/**
 * @param files folder whose files are the package's; undefined for a package without any
 * @param target Rust's name of the platform that they are for
 */
function pack(manifest, files, target) {
  const folder = mkdtempSync(join(tmpdir(), "laconic-pack-"));
  try {
    if (files) cpSync(files, folder, { recursive: true });
    cpSync(join(engineRoot, "README.md"), join(folder, "README.md"));
    writeNotices(engineRoot, { name: manifest.name, engine: target, out: folder });
    writeFileSync(join(folder, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
    const args = ["pack", "--silent", "--pack-destination", resolve(out)];
    console.log(join(resolve(out), execFileSync("npm", args, { cwd: folder, encoding: "utf8" }).trim()));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function engineOf(target) {
  const folder = ["dist", "cross"]
    .map((made) => join(engineRoot, made, target))
    .find((made) => existsSync(made));
  return folder ?? fail(`There is no engine for ${target}: build it with \`node build.mjs\` and --platform.`);
}
