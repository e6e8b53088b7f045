/** What the build leaves in dist/<target>/. */
import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";

import { fail } from "./failure.mjs";
import { engineRoot } from "./paths.mjs";
import { phase } from "./phase.mjs";
import { strip } from "./strip.mjs";
import { TARGETS } from "./targets.mjs";

/** Arguments that whoever links an app adds to its own, beside the archive and the version script. */
const LINK_ARGS = [
  "-Wl,-u,Lambda",
  // A feature that this engine lacks is an error of the link, not of the first request.
  "-Wl,-z,defs",
  "-Wl,-Bsymbolic",
  "-Wl,--gc-sections",
  "-Wl,-z,relro,-z,now",
  "-Wl,-z,noexecstack",
  "-s",
  "-lunwind",
  "-lpthread",
  "-lm",
  "-ldl",
];

/**
 * Copies the archive, the tool, the header and the version script, and describes them.
 *
 * @param target Rust's name of the platform they are for
 * @param built cargo's output folder of that platform
 * @param folder where they go
 */
export function collect({ target, built, folder: dist }) {
  rmSync(dist, { recursive: true, force: true });
  mkdirSync(dist, { recursive: true });
  const archive = join(dist, "liblaconic_engine.a");
  copyFileSync(join(built, "liblaconic_engine_abi.a"), archive);
  copyFileSync(join(built, "laconic-engine"), join(dist, "laconic-engine"));
  strip({ archive, tool: join(dist, "laconic-engine") });
  copyFileSync(join(engineRoot, "laconic.h"), join(dist, "laconic.h"));
  copyFileSync(join(engineRoot, "laconic.map"), join(dist, "laconic.map"));
  const { stamp, abi, engine, quickjs, modules, features } = versionOf(join(dist, "laconic-engine"), target);
  const description = { target, engine, stamp, abi, quickjs, linkArgs: LINK_ARGS, modules, features };
  writeFileSync(join(dist, "engine.json"), `${JSON.stringify(description, null, 2)}\n`);
  phase(`${relative(engineRoot, dist)}: library ${megabytes(archive)}, engine ${engine}, stamp ${stamp}`);
}

/**
 * What the tool says of itself. Another architecture's cannot be asked here; this machine's has the same
 * sources, and none of its answers depends on the architecture.
 */
function versionOf(tool, target) {
  const native = TARGETS[process.arch];
  const asked = target === native ? tool : join(engineRoot, "dist", native, "laconic-engine");
  if (!existsSync(asked)) fail("Build the engine of this machine first: node build.mjs");
  return JSON.parse(execFileSync(asked, ["version"], { encoding: "utf8" }));
}

function megabytes(path) {
  return `${(statSync(path).size / 1e6).toFixed(1)} MB`;
}
