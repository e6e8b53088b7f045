/** Where things lie. */
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** packages/engine. */
export const engineRoot = dirname(dirname(fileURLToPath(import.meta.url)));

/** Kept between builds and clones: the toolchain and cargo's target folder. */
export const cache = join(
  process.env.LACONIC_CACHE || process.env.XDG_CACHE_HOME || join(homedir(), ".cache"),
  "laconic",
);

/** Cargo's target folder. */
export const cargoTarget = process.env.CARGO_TARGET_DIR ?? join(cache, "cargo-target");
