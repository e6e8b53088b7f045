import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { installPackages, nx, phase, root } from "./workspace.mjs";

/** Installs npm's packages and builds everything; returns whether that succeeded. */
export async function setUp(...options) {
  const engine = firstEngine();
  const installed = installPackages();
  const compiled = await engine;
  phase("building");
  return installed && compiled && nx("run-many", "-t", "build", "--parallel=2", ...options);
}

/**
 * Where there is no engine yet, its build starts while npm installs: it needs none of npm's packages, takes minutes, and
 * nx then finds it done.
 */
function firstEngine() {
  if (existsSync(join(root, "packages/engine/dist"))) return true;
  phase("building the engine, which takes minutes the first time");
  const build = spawn(process.execPath, ["build.mjs"], {
    cwd: join(root, "packages/engine"),
    stdio: ["ignore", "inherit", "inherit"],
  });
  return new Promise((resolve) => build.once("close", (code) => resolve(code === 0)));
}
