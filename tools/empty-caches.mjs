import { chmodSync, copyFileSync, existsSync, mkdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/**
 * A folder of its own for everything that is kept between commands. HOME stays, because the settings of npm, pip and
 * cargo for their registries, and rustup's compilers, may lie there.
 *
 * @param {string} folder an empty folder
 * @returns {NodeJS.ProcessEnv} to be laid over the environment; a variable that is undefined is to be taken away
 */
export function emptyCaches(folder) {
  const caches = {
    CARGO_HOME: "cargo",
    LACONIC_CACHE: "laconic",
    XDG_CACHE_HOME: "xdg",
    npm_config_cache: "npm",
    PIP_CACHE_DIR: "pip",
    NX_CACHE_DIRECTORY: "nx",
    TMPDIR: "tmp",
  };
  const environment = Object.fromEntries(
    Object.entries(caches).map(([name, kept]) => [name, join(folder, kept)]),
  );
  for (const path of Object.values(environment)) mkdirSync(path);
  // As /tmp is: a database that refuses to run as root writes there as another user.
  chmodSync(environment.TMPDIR, 0o1777);
  keepCargoSettings(environment.CARGO_HOME);
  // Undefined takes a variable away: these would name a place that another build has filled.
  const elsewhere = ["CARGO_TARGET_DIR", "CARGO_BUILD_BUILD_DIR", "RUSTC_WRAPPER", "RUSTC_WORKSPACE_WRAPPER"];
  return { ...environment, ...Object.fromEntries(elsewhere.map((name) => [name, undefined])) };
}

/**
 * Whether this machine has none of what builds keep: it is as a new one, and may fill its own caches instead.
 */
export function isNewMachine() {
  const { CARGO_HOME, LACONIC_CACHE, XDG_CACHE_HOME, npm_config_cache: npm } = process.env;
  const kept = [
    join(CARGO_HOME || join(homedir(), ".cargo"), "registry"),
    join(LACONIC_CACHE || XDG_CACHE_HOME || join(homedir(), ".cache"), "laconic"),
    join(npm || join(homedir(), ".npm"), "_cacache"),
  ];
  return !kept.some((path) => existsSync(path));
}

/** Cargo's settings lie beside its cache. */
function keepCargoSettings(folder) {
  const home = process.env.CARGO_HOME ?? join(homedir(), ".cargo");
  for (const name of ["config.toml", "config", "credentials.toml"]) {
    if (existsSync(join(home, name))) copyFileSync(join(home, name), join(folder, name));
  }
}
