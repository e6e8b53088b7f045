import { join } from "node:path";
import type { BuiltService, FunctionDefinition } from "@laconic/provisioner";
import { buildApp, type BuildOptions, type Built } from "../commands/build.js";
import { MANIFEST, readManifest, type Manifest } from "../manifest.js";
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
  const built = options.build ? await buildApp(entry, options, reporter) : await lastBuild(project, options);
  const { folder, manifest } = built;
  const places = await registrationPlaces(join(folder, `${name}.mjs.map`), project);
  const artifact = manifest.artifacts[manifest.package];
  return {
    service: { ...manifest.service, functions: functionsOf(manifest, places) },
    target: { shim: shimOf(manifest), architecture: architectureOf(manifest) },
    folder,
    package: manifest.package,
    bytes: artifact?.bytes ?? 0,
    sha256: artifact?.sha256 ?? "",
  };
}

async function lastBuild(project: string, { outDir }: BuildOptions): Promise<Built> {
  const folder = outDir ?? join(project, ".laconic");
  return { folder, manifest: await readManifest(join(folder, MANIFEST)) };
}

function functionsOf({ functions }: Manifest, places: ReadonlyMap<string, string>): FunctionDefinition[] {
  return functions.map(({ name, kind, handler, options }) => {
    const place = places.get(name);
    return { name, kind, handler, options, ...(place && { place }) };
  });
}

/** A manifest names its shim once there are several. */
function shimOf(manifest: Manifest & { shim?: string }): BuiltService["target"]["shim"] {
  const { shim } = manifest;
  return shim === "native" || shim === "node" || shim === "proxy" ? shim : "python";
}

function architectureOf({ target }: Manifest): BuiltService["target"]["architecture"] {
  return target.triple.startsWith("aarch64") ? "arm64" : "x86_64";
}
