import { spawn, spawnSync } from "node:child_process";
import { statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository's root folder. */
export const root = fileURLToPath(new URL("..", import.meta.url));

/** Runs a command in the root with its output shown; returns whether it succeeded. */
export function run(command, args, env = {}) {
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, ...env },
  });
  if (error) console.error(`${command} could not be started: ${error.message}`);
  return status === 0;
}

/** The same, beside other work. */
export function start(command, args, cwd = root) {
  const child = spawn(command, args, { cwd, stdio: ["ignore", "inherit", "inherit"] });
  return new Promise((resolve) => {
    child.once("error", (error) => {
      console.error(`${command} could not be started: ${error.message}`);
      resolve(false);
    });
    child.once("close", (code) => resolve(code === 0));
  });
}

/** Announces a phase in one plain line. */
export function phase(text) {
  console.error(`\n== ${text}`);
}

/** Runs nx without its daemon and terminal interface: they outlive the command, or redraw what should be a log. */
export function nx(...args) {
  return run("npx", ["--no-install", "nx", ...args], { NX_DAEMON: "false", NX_TUI: "false" });
}

/** Installs npm's packages, unless they are those of the lockfile already. */
export async function installPackages() {
  if (modified("node_modules/.package-lock.json") >= modified("package-lock.json")) return true;
  phase("installing packages");
  return start("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
}

function modified(path) {
  return statSync(join(root, path), { throwIfNoEntry: false })?.mtimeMs ?? -1;
}
