/** Where things lie. */
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** packages/engine. */
export const engineRoot = dirname(dirname(fileURLToPath(import.meta.url)));

/** Kept between builds and clones. */
export const cache = join(
  process.env.LACONIC_CACHE || process.env.XDG_CACHE_HOME || join(homedir(), ".cache"),
  "laconic",
);

/**
 * Where cargo writes. Results are this clone's own; what they are made of is shared by all clones, under cargo's lock.
 * Clones do not meet there: the names of a workspace crate's files depend on the path of the compiler's wrapper,
 * build/rustc-wrapper.sh, which lies in the clone. Cargo before 1.91 has no build folder and shares nothing.
 *
 * @param {string} name of the shared folder, one for each set of profile settings
 * @returns {{ target: string, environment: NodeJS.ProcessEnv }} the folder of the results, and what tells cargo
 */
export function cargoFolders(name) {
  const target = process.env.CARGO_TARGET_DIR ?? join(engineRoot, "target", name);
  const build = process.env.CARGO_BUILD_BUILD_DIR ?? join(cache, name);
  return { target, environment: { CARGO_TARGET_DIR: target, CARGO_BUILD_BUILD_DIR: build } };
}
