// Programs that Debian's packages bring.
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";

/**
 * @param {string} packageName installed when none of the files is there
 * @param {() => string | undefined} find gives the program's path
 * @returns {string} the program's path
 * @throws {Error} naming the command to type, on a machine where it cannot be installed
 */
export function program(packageName, find) {
  const there = find();
  if (there !== undefined) return there;
  try {
    apt("update");
    apt("install", "-y", "--no-install-recommends", packageName);
  } catch (cause) {
    throw new Error(
      `${packageName} is needed, and apt-get could not install it: run "apt-get install ${packageName}" as root`,
      { cause },
    );
  }
  const installed = find();
  if (installed === undefined)
    throw new Error(`apt-get installed ${packageName}, but its program is not where Debian puts it`);
  return installed;
}

function apt(...args) {
  // Debian would start a server on its usual port at once; the tests start their own.
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive", RUNLEVEL: "1" };
  execFileSync("apt-get", ["-qq", ...args], { env, stdio: "pipe" });
}

/** @param {readonly string[]} paths @returns {string | undefined} the first that exists */
export function firstOf(paths) {
  return paths.find((path) => existsSync(path));
}
