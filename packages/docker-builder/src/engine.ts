import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { EngineFeature } from "./builder.js";
import { BuilderError } from "./errors.js";

/** The engine's files for one target, as its build or its npm package lays them out. */
export interface Engine {
  /** Rust's name of the platform. */
  readonly target: string;
  /** Names this engine's bytecode format; bytecode carries it too. */
  readonly stamp: string;
  /** Version of the C ABI. */
  readonly abi: number;
  /** Symbols the library must export, and no others. */
  readonly exports: readonly string[];
  /** Arguments that the archive needs at link time, system libraries among them. */
  readonly linkArgs: readonly string[];
  /** What a library can be linked without. */
  readonly features: readonly EngineFeature[];
  readonly archive: string;
  readonly versionScript: string;
  /** Host program: compile, describe, inspect. */
  readonly tool: string;
}

/**
 * Reads the engine in a folder.
 *
 * @param folder holds `engine.json`, `liblaconic_engine.a`, `laconic.map` and `laconic-engine`
 * @throws {BuilderError} LAC5001 when it is not there
 */
export async function readEngine(folder: string): Promise<Engine> {
  const text = await readFile(join(folder, "engine.json"), "utf8").catch((cause: unknown) => {
    throw new BuilderError("LAC5001", `There is no engine in ${folder}.`, {
      hint: "Build it with `npx nx build @laconic/engine`, which needs Rust.",
      cause,
    });
  });
  const { target, stamp, abi, linkArgs, features } = JSON.parse(text) as Engine;
  const versionScript = join(folder, "laconic.map");
  return {
    target,
    stamp,
    abi,
    exports: exportedSymbols(await readFile(versionScript, "utf8")),
    linkArgs,
    features,
    archive: join(folder, "liblaconic_engine.a"),
    versionScript,
    tool: join(folder, "laconic-engine"),
  };
}

/** The names between `global:` and `local:` of a linker's version script. */
function exportedSymbols(versionScript: string): string[] {
  const global = /global:(.*?)local:/s.exec(versionScript)?.[1] ?? "";
  return [...global.matchAll(/\w+/g)].map(([name]) => name);
}
