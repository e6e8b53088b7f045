import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { localToolchain, type LibraryBuilder } from "@laconic/docker-builder";

/** The library builder of this machine, with the engine of its own architecture. */
export async function openToolchain(): Promise<LibraryBuilder> {
  const engine = dirname(createRequire(import.meta.url).resolve("@laconic/engine/package.json"));
  return localToolchain({ engine: join(engine, "dist", hostTriple()) });
}

function hostTriple(): string {
  const machine = process.arch === "arm64" ? "aarch64" : "x86_64";
  return `${machine}-unknown-linux-gnu`;
}
