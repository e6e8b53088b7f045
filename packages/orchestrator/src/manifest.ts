import { createHash } from "node:crypto";
import { readFile, readdir } from "node:fs/promises";
import type { Command, Relocations, Target } from "@laconic/docker-builder";
import type { ArtifactFolder } from "./artifact-folder.js";
import { LaconicError } from "./errors.js";
import type { ShimName } from "./shims.js";
import type { Widening } from "./stages/features.js";

export const MANIFEST = "manifest.json";

/** One registered function, and how Lambda calls it. */
export interface ManifestFunction {
  readonly name: string;
  readonly kind: "response" | "event" | "http";
  readonly shim: ShimName;
  /** Lambda's name of the runtime that it is deployed to, for example `python3.13`. */
  readonly runtime: string;
  /** Variables that the shim needs in the function's environment, beside its own. */
  readonly environment?: Readonly<Record<string, string>>;
  /** File name of the zip that is uploaded for it. */
  readonly package: string;
  /** Lambda's Handler setting, for example `index.hello`. */
  readonly handler: string;
  readonly options: Readonly<Record<string, unknown>>;
}

/** Raised when a manifest's members change their meaning, so that what an older build left is not taken for a new one's. */
export const MANIFEST_VERSION = 2;

/** What a build made: the content of `manifest.json`. */
export interface Manifest {
  readonly manifestVersion: typeof MANIFEST_VERSION;
  readonly service: { readonly name: string; readonly description: string };
  /** The entry module, relative to the project. */
  readonly entry: string;
  /** Of every function that has no other of its own. */
  readonly shim: ShimName;
  readonly functions: readonly ManifestFunction[];
  /** Only of a build that made a library. */
  readonly engine?: {
    readonly stamp: string;
    /** Names of the engine's features that the library holds. */
    readonly features: readonly string[];
    /** Places that decide at run time what they use, for which the library holds more than it names elsewhere. */
    readonly widened: readonly Widening[];
  };
  /** The platform of the library; a package for Node has none, unless the app brings native addons along. */
  readonly target?: Target;
  /** What the linker made, by the shim that loads it: the artifact, and what the loader of the system writes into it. */
  readonly linked?: Readonly<
    Partial<Record<ShimName, { readonly file: string; readonly relocations: Relocations }>>
  >;
  /** File name of the zip of the first function's shim. */
  readonly package: string;
  /** File names of all zips by shim. */
  readonly packages: Readonly<Partial<Record<ShimName, string>>>;
  readonly artifacts: Readonly<Record<string, { readonly bytes: number; readonly sha256: string }>>;
  /** Milliseconds by step, in the order they ran. */
  readonly steps: Readonly<Record<string, number>>;
  /** The commands that made the library, to repeat by hand. */
  readonly commands: readonly Command[];
}

/** @throws {LaconicError} LAC8002 when the app has no function of that name */
export function findFunction(functions: readonly ManifestFunction[], name: string): ManifestFunction {
  const found = functions.find((fn) => fn.name === name);
  if (found) return found;
  throw new LaconicError("LAC8002", `The app has no function "${name}".`, {
    hint: `It has: ${functions.map((fn) => fn.name).join(", ")}.`,
  });
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
  let manifest: Partial<Manifest>;
  try {
    manifest = (JSON.parse(await readFile(path, "utf8")) ?? {}) as Partial<Manifest>;
  } catch (cause) {
    throw noBuild(`${path} cannot be read`, cause);
  }
  if (manifest.manifestVersion === MANIFEST_VERSION) return manifest as Manifest;
  throw noBuild(`${path} is of another version of Laconic`);
}

function noBuild(reason: string, cause?: unknown): LaconicError {
  return new LaconicError("LAC8006", `There is no build to use: ${reason}.`, {
    hint: "Run `npx @laconic/cli build` first, or leave out --no-build.",
    ...(cause !== undefined && { cause }),
  });
}
