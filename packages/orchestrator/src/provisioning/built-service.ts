import { existsSync } from "node:fs";
import { join } from "node:path";
import type { BuiltPackage, BuiltService, FunctionDefinition } from "@laconic/provisioner";
import { buildOrLast, type BuildOptions } from "../commands/build.js";
import type { Manifest } from "../manifest.js";
import type { Reporter } from "../reporter.js";
import { loadSource } from "../stages/source.js";
import { registrationPlaces } from "./registration-places.js";

export interface AppBuildOptions extends BuildOptions {
  /** False to use the last build as it is. */
  readonly build: boolean;
}

/** Builds the app, or takes the last build, and says of it what a template needs. */
export async function builtService(
  entry: string,
  options: AppBuildOptions,
  reporter: Reporter,
): Promise<BuiltService> {
  const { name, project } = await loadSource(entry);
  const { folder, manifest } = await buildOrLast(entry, options, reporter);
  const maps = [`${name}.mjs.map`, `${name}.node.mjs.map`].map((file) => join(folder, file));
  const places = await registrationPlaces(maps.find(existsSync) ?? maps[0]!, project);
  return {
    service: { ...manifest.service, functions: functionsOf(manifest, places) },
    target: { architecture: architectureOf(manifest, options) },
    folder,
    packages: packagesOf(manifest),
  };
}

function functionsOf({ functions }: Manifest, places: ReadonlyMap<string, string>): FunctionDefinition[] {
  return functions.map(({ name, kind, shim, handler, runtime, environment, options }) => {
    const place = places.get(name);
    const shimsOwn = { runtime, ...(environment && { shimEnvironment: environment }) };
    return { name, kind, handler, package: shim, options, ...shimsOwn, ...(place && { place }) };
  });
}

/** One for each shim in use, which names it. */
function packagesOf({ packages, artifacts }: Manifest): BuiltPackage[] {
  return Object.entries(packages).map(([name, file]) => {
    const { bytes = 0, sha256 = "" } = artifacts[file] ?? {};
    return { name, file, bytes, sha256 };
  });
}

/** A package for Node runs on either: on the one that is asked for, else on Lambda's own default. */
function architectureOf(
  { target }: Manifest,
  { platform }: AppBuildOptions,
): BuiltService["target"]["architecture"] {
  const isArm = target ? target.triple.startsWith("aarch64") : platform === "linux/arm64";
  return isArm ? "arm64" : "x86_64";
}
