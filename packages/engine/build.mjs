/**
 * Builds the engine: for this machine's architecture into dist/<target>/, or with `--platform linux/arm64`
 * (or linux/amd64) for another one's into cross/<target>/.
 */
import { join } from "node:path";
import { parseArgs } from "node:util";

import { collect } from "./build/artifacts.mjs";
import { cargo } from "./build/cargo.mjs";
import { fail } from "./build/failure.mjs";
import { engineRoot } from "./build/paths.mjs";
import { requirePrerequisites } from "./build/prerequisites.mjs";
import { PLATFORMS, TARGETS } from "./build/targets.mjs";
import { installToolchain } from "./build/toolchain.mjs";

/** The oldest glibc that the library may need: below Amazon Linux 2023's 2.34. */
const GLIBC = "2.26";

const { platform } = parseArgs({ options: { platform: { type: "string" } } }).values;
const native = TARGETS[process.arch];
if (process.platform !== "linux" || !native) {
  fail(`The engine is built on Linux, x86_64 or aarch64; this is ${process.platform} on ${process.arch}.`);
}
const target = platform === undefined ? native : PLATFORMS[platform];
if (!target) fail(`--platform is one of ${Object.keys(PLATFORMS).join(", ")}, not ${platform}.`);

requirePrerequisites(target);
const toolchain = installToolchain();
const built = cargo(toolchain, [
  ...["zigbuild", "--release", "--locked", "--target", `${target}.${GLIBC}`],
  ...["--package", "laconic-abi", "--package", "laconic-tool"],
]);
collect({
  target,
  built: `${built}/${target}/release`,
  // Apart from dist/, so that neither build's cached output holds or removes the other's.
  folder: join(engineRoot, target === native ? "dist" : "cross", target),
});
