/** What the build leaves in dist/<target>/. */
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { engineRoot } from "./paths.mjs";
import { phase } from "./phase.mjs";

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

/** Copies the archive, the tool, the header and the version script, and describes them. */
export function collect(target, built) {
  const dist = join(engineRoot, "dist", target);
  rmSync(dist, { recursive: true, force: true });
  mkdirSync(dist, { recursive: true });
  const archive = join(dist, "liblaconic_engine.a");
  copyFileSync(join(built, "liblaconic_engine_abi.a"), archive);
  copyFileSync(join(built, "laconic-engine"), join(dist, "laconic-engine"));
  copyFileSync(join(engineRoot, "laconic.h"), join(dist, "laconic.h"));
  copyFileSync(join(engineRoot, "laconic.map"), join(dist, "laconic.map"));
  const version = JSON.parse(execFileSync(join(dist, "laconic-engine"), ["version"], { encoding: "utf8" }));
  const { stamp, abi, engine, quickjs, modules, features } = version;
  const description = { target, engine, stamp, abi, quickjs, linkArgs: LINK_ARGS, modules, features };
  writeFileSync(join(dist, "engine.json"), `${JSON.stringify(description, null, 2)}\n`);
  phase(`dist/${target}: library ${megabytes(archive)}, engine ${engine}, stamp ${stamp}`);
}

function megabytes(path) {
  return `${(statSync(path).size / 1e6).toFixed(1)} MB`;
}
