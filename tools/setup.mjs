import { existsSync } from "node:fs";
import { join } from "node:path";
import { Durations } from "./durations.mjs";
import { installPackages, nx, phase, root, start } from "./workspace.mjs";

/**
 * Installs npm's packages and builds everything; returns whether that succeeded.
 *
 * @param {string[]} options for nx
 * @param {Durations} [durations] told how long each step took
 * @param {readonly string[]} [workspaces] see {@link installPackages}
 */
export async function setUp(options, durations = new Durations(), workspaces = []) {
  const engine = durations.of("engine", firstEngine);
  const installed = await durations.of("npm", () => installPackages(workspaces));
  const compiled = await engine;
  phase("building");
  const build = () => nx("run-many", "-t", "build", "--parallel=2", ...options);
  return installed && compiled && durations.of("packages", build);
}

/**
 * Where there is no engine yet, its build starts while npm installs: it needs none of npm's packages, takes minutes, and
 * nx then finds it done.
 */
async function firstEngine() {
  const folder = join(root, "packages/engine");
  if (existsSync(join(folder, "dist"))) return true;
  phase("building the engine, which takes minutes the first time");
  return start(process.execPath, ["build.mjs"], folder);
}
