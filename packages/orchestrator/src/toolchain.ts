import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { cacheFolder } from "@laconic/bench";
import { localToolchain, type LibraryBuilder } from "@laconic/docker-builder";
import { LaconicError } from "./errors.js";

/** The library builder of this machine, with the engine of its own architecture. */
export async function openToolchain(onProgress: (line: string) => void): Promise<LibraryBuilder> {
  return localToolchain({
    engine: join(findEngine(), "dist", hostTriple()),
    cache: cacheFolder(),
    onProgress,
  });
}

function findEngine(): string {
  try {
    return dirname(createRequire(import.meta.url).resolve("@laconic/engine/package.json"));
  } catch (cause) {
    throw new LaconicError("LAC8007", "The package @laconic/engine is not installed.", {
      hint: "Install it: npm install -D @laconic/engine",
      cause,
    });
  }
}

function hostTriple(): string {
  const machine = process.arch === "arm64" ? "aarch64" : "x86_64";
  return `${machine}-unknown-linux-gnu`;
}
