import { existsSync } from "node:fs";
import { join } from "node:path";
import type { BuiltService, FunctionDefinition } from "@laconic/provisioner";
import { buildOrLast, type BuildOptions } from "../commands/build.js";
import { LaconicError } from "../errors.js";
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
  refuseSeveralPackages(manifest);
  const maps = [`${name}.mjs.map`, `${name}.node.mjs.map`].map((file) => join(folder, file));
  const places = await registrationPlaces(maps.find(existsSync) ?? maps[0]!, project);
  const artifact = manifest.artifacts[manifest.package];
  return {
    service: { ...manifest.service, functions: functionsOf(manifest, places) },
    target: { architecture: architectureOf(manifest) },
    folder,
    package: manifest.package,
    bytes: artifact?.bytes ?? 0,
    sha256: artifact?.sha256 ?? "",
  };
}

function functionsOf({ functions }: Manifest, places: ReadonlyMap<string, string>): FunctionDefinition[] {
  return functions.map(({ name, kind, handler, runtime, environment, options }) => {
    const place = places.get(name);
    const shimsOwn = { runtime, ...(environment && { shimEnvironment: environment }) };
    return { name, kind, handler, options, ...shimsOwn, ...(place && { place }) };
  });
}

/** A template has one package so far. */
function refuseSeveralPackages({ functions }: Manifest): void {
  const shims = [...new Set(functions.map(({ shim }) => shim))];
  if (shims.length <= 1) return;
  const list = functions.map((each) => `${each.name}: ${each.shim}`).join(", ");
  throw new LaconicError("LAC8016", `A stack cannot mix shims yet, and this app does (${list}).`, {
    hint: "Give all functions one shim, in laconic.config.ts or with --shim.",
  });
}

/** A package for Node runs on either; x86_64 is Lambda's own default. */
function architectureOf({ target }: Manifest): BuiltService["target"]["architecture"] {
  return target?.triple.startsWith("aarch64") ? "arm64" : "x86_64";
}
