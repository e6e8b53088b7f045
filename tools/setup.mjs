import { existsSync } from "node:fs";
import { join } from "node:path";
import { Durations } from "./durations.mjs";
import { installPackages, nx, phase, root, run } from "./workspace.mjs";

/** For nx: the packages whose build does not need the engine's. */
const WITHOUT_ENGINE = "--exclude=tag:layer:native,tag:layer:compose,@laconic/e2e,@laconic/conformance";

/**
 * Installs npm's packages and builds everything; returns whether that succeeded.
 *
 * @param {string[]} options for nx
 * @param {Durations} [durations] told how long each step took
 * @param {{ workspaces?: readonly string[], meanwhile?: () => Promise<boolean> }} [more] `workspaces` as
 *   {@link installPackages} takes them; `meanwhile` is what can be done without the engine, while that is being built
 */
export async function setUp(options, durations = new Durations(), { workspaces, meanwhile } = {}) {
  const engine = durations.of("engine", firstEngine);
  const installed = await durations.of("npm", () => installPackages(workspaces));
  const build = (...more) => nx("run-many", "-t", "build", "--parallel=2", ...options, ...more);
  // The engine's last minute is a link that keeps one processor busy.
  phase("building");
  const packages = installed && (await durations.of("packages", () => build(WITHOUT_ENGINE)));
  const prepared = packages && (meanwhile === undefined || (await durations.of("meanwhile", meanwhile)));
  return (await engine) && prepared && durations.of("the rest", build);
}

/**
 * Where there is no engine yet, its build starts while npm installs: it needs none of npm's packages, takes minutes, and
 * nx then finds it done.
 */
async function firstEngine() {
  const folder = join(root, "packages/engine");
  if (existsSync(join(folder, "dist"))) return true;
  phase("building the engine, which takes minutes the first time");
  return run(process.execPath, ["build.mjs"], { cwd: folder });
}
