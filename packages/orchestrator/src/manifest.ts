import { createHash } from "node:crypto";
import { readFile, readdir } from "node:fs/promises";
import type { Command, Target } from "@laconic/docker-builder";
import type { ArtifactFolder } from "./artifact-folder.js";
import { LaconicError } from "./errors.js";
import type { Widening } from "./stages/features.js";

export const MANIFEST = "manifest.json";

/** One registered function, and how Lambda calls it. */
export interface ManifestFunction {
  readonly name: string;
  readonly kind: "response" | "event" | "http";
  /** Lambda's Handler setting, for example `index.hello`. */
  readonly handler: string;
  readonly options: Readonly<Record<string, unknown>>;
}

/** What a build made: the content of `manifest.json`. */
export interface Manifest {
  readonly manifestVersion: 1;
  readonly service: { readonly name: string; readonly description: string };
  /** The entry module, relative to the project. */
  readonly entry: string;
  readonly functions: readonly ManifestFunction[];
  readonly engine: {
    readonly stamp: string;
    /** Names of the engine's features that the library holds. */
    readonly features: readonly string[];
    /** Places that decide at run time what they use, for which the library holds more than it names elsewhere. */
    readonly widened: readonly Widening[];
  };
  readonly target: Target;
  /** The zip's file name. */
  readonly package: string;
  readonly artifacts: Readonly<Record<string, { readonly bytes: number; readonly sha256: string }>>;
  /** Milliseconds by step, in the order they ran. */
  readonly steps: Readonly<Record<string, number>>;
  /** The commands that made the library, to repeat by hand. */
  readonly commands: readonly Command[];
}

/** Size and digest of every staged artifact. */
export async function digestArtifacts(folder: ArtifactFolder): Promise<Manifest["artifacts"]> {
  const names = await readdir(folder.staged("."));
  const digests = names.sort().map(async (name) => {
    const content = await readFile(folder.staged(name));
    const sha256 = createHash("sha256").update(content).digest("hex");
    return [name, { bytes: content.length, sha256 }] as const;
  });
  return Object.fromEntries(await Promise.all(digests));
}

/**
 * Reads the manifest of the last build.
 *
 * @throws {LaconicError} LAC8006 when there is none
 */
export async function readManifest(path: string): Promise<Manifest> {
  try {
    return JSON.parse(await readFile(path, "utf8")) as Manifest;
  } catch (cause) {
    throw new LaconicError("LAC8006", `There is no build to use: ${path} cannot be read.`, {
      hint: "Run `npx @laconic/cli build` first, or leave out --no-build.",
      cause,
    });
  }
}
