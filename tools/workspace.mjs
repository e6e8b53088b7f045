import { spawn } from "node:child_process";
import { statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository's root folder. */
export const root = fileURLToPath(new URL("..", import.meta.url));

/**
 * Runs a command with its output shown; whether it succeeded.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: Record<string, string> }} [options] the root folder and no more variables unless said
 * @returns {Promise<boolean>}
 */
export function run(command, args, { cwd = root, env = {} } = {}) {
  const stdio = ["ignore", "inherit", "inherit"];
  const child = spawn(command, args, { cwd, stdio, env: { ...process.env, ...env } });
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
  return run("npx", ["--no-install", "nx", ...args], { env: { NX_DAEMON: "false", NX_TUI: "false" } });
}

/** Says that not all workspaces' packages are installed; `npm ci` empties the folder. */
const PART = "node_modules/.laconic-part";

/**
 * Installs npm's packages, unless they are those of the lockfile already.
 *
 * @param {readonly string[]} [workspaces] folders whose workspaces are all that is needed; default all
 */
export async function installPackages(workspaces = []) {
  const [installed, part] = ["node_modules/.package-lock.json", PART].map(modified);
  const isWhole = part < 0 || workspaces.length > 0;
  if (installed >= modified("package-lock.json") && isWhole) return true;
  phase("installing packages");
  const chosen = workspaces.map((folder) => `--workspace=${folder}`);
  const options = chosen.length > 0 ? [...chosen, "--include-workspace-root"] : [];
  const done = await run("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error", ...options]);
  if (done && chosen.length > 0) writeFileSync(join(root, PART), `${workspaces.join("\n")}\n`);
  return done;
}

function modified(path) {
  return statSync(join(root, path), { throwIfNoEntry: false })?.mtimeMs ?? -1;
}
