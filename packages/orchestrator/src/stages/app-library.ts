import type { LibraryBuilder } from "@laconic/docker-builder";
import type { ArtifactFolder } from "../artifact-folder.js";
import type { Steps } from "../steps.js";
import { size } from "../text.js";
import { bundle } from "./bundle.js";
import { chooseFeatures, type ChosenFeatures } from "./features.js";
import { compileApp, type Compiled, type SourceMaps } from "./library.js";
import { rewrite } from "./rewrite.js";
import type { Source } from "./source.js";

/** The app as bytecode, and what of the engine it can reach: all that the linker needs. */
export interface AppLibrary {
  readonly compiled: Compiled;
  readonly features: ChosenFeatures;
}

/** Rewrites, bundles and compiles the app for the engine. */
export async function compileForLibrary(
  source: Source,
  options: { readonly engineFeatures: readonly string[]; readonly sourceMaps: SourceMaps },
  builder: LibraryBuilder,
  folder: ArtifactFolder,
  steps: Steps,
): Promise<AppLibrary> {
  const { engineFeatures, sourceMaps } = options;
  const rewritten = await steps.run(
    "rewrite",
    () => rewrite(source, folder),
    ({ file }) => file,
  );
  const bundled = await steps.run(
    "bundle",
    () => bundle(rewritten, folder, engineFeatures),
    ({ inputs, bytes }) => `${inputs.length} modules, ${size(bytes)}`,
  );
  [...rewritten.warnings, ...bundled.warnings].forEach((warning) => steps.warn(warning));
  const features = chooseFeatures(bundled.reach, builder, engineFeatures, (warning) => steps.warn(warning));
  const compiled = await compileApp(source.name, bundled, sourceMaps, builder, folder, steps);
  return { compiled, features };
}
