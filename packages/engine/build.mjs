/** Builds the engine for this machine's architecture into dist/<target>/. */
import { collect } from "./build/artifacts.mjs";
import { cargo } from "./build/cargo.mjs";
import { fail } from "./build/failure.mjs";
import { requirePrerequisites } from "./build/prerequisites.mjs";
import { TARGETS } from "./build/targets.mjs";
import { installToolchain } from "./build/toolchain.mjs";

/** The oldest glibc that the library may need: below Amazon Linux 2023's 2.34. */
const GLIBC = "2.26";

const target = TARGETS[process.arch];
if (process.platform !== "linux" || !target) {
  fail(`The engine is built on Linux, x86_64 or aarch64; this is ${process.platform} on ${process.arch}.`);
}

requirePrerequisites(target);
const toolchain = installToolchain();
const built = cargo(toolchain, [
  ...["zigbuild", "--release", "--locked", "--target", `${target}.${GLIBC}`],
  ...["--package", "laconic-abi", "--package", "laconic-tool"],
]);
collect(target, `${built}/${target}/release`);
