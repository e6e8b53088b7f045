import { execFileSync, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

/** Debian's packages that the tests need, each with a program or a file that shows whether it is there. */
const PACKAGES = {
  "docker.io": "dockerd",
  debootstrap: "debootstrap",
  // Ubuntu has Debian's keys in a package of their own.
  "debian-archive-keyring": "/usr/share/keyrings/debian-archive-keyring.gpg",
  "docker-registry": "docker-registry",
  "qemu-user-static": "qemu-aarch64-static",
};

/** Why this machine cannot run a container engine of its own; undefined when it can. */
export function whyNoDocker() {
  if (process.platform !== "linux") return `this is ${process.platform}, and the tests' engine runs on Linux`;
  if (process.getuid() !== 0) return "it takes root to start one";
  const lacking = missing();
  if (lacking.length > 0 && !succeeds("apt-get", ["--version"])) {
    return `${lacking.join(", ")} would have to be installed, and there is no apt-get`;
  }
  return undefined;
}

/** Installs those that are missing. */
export function installDebianPackages() {
  const lacking = missing();
  if (lacking.length === 0) return;
  console.error(`installing ${lacking.join(", ")}`);
  const options = {
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  };
  // Another installation may be under way.
  const wait = ["-o", "DPkg::Lock::Timeout=300", "-qq"];
  execFileSync("apt-get", [...wait, "update"], options);
  execFileSync("apt-get", [...wait, "install", "--yes", "--no-install-recommends", ...lacking], options);
}

function missing() {
  return Object.entries(PACKAGES)
    .filter(
      ([, sign]) => !(sign.startsWith("/") ? existsSync(sign) : succeeds("sh", ["-c", `command -v ${sign}`])),
    )
    .map(([name]) => name);
}

function succeeds(command, args) {
  return spawnSync(command, args, { stdio: "ignore" }).status === 0;
}
