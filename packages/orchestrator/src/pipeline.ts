import { relative } from "node:path";
import type { LibraryBuilder } from "@laconic/docker-builder";
import { ArtifactFolder } from "./artifact-folder.js";
import { digestArtifacts, MANIFEST, type Manifest } from "./manifest.js";
import { findAssets } from "./stages/assets.js";
import { bundle } from "./stages/bundle.js";
import { chooseFeatures, type ChosenFeatures } from "./stages/features.js";
import { compileApp, linkLibrary, type Library, type SourceMaps } from "./stages/library.js";
import { makePackage, type Package, type PackageEntry } from "./stages/package.js";
import { rewrite } from "./stages/rewrite.js";
import { writeShim, type Shim } from "./stages/shim.js";
import type { Source } from "./stages/source.js";
import { sideBySide, Steps, type StepListener } from "./steps.js";
import { size } from "./text.js";

/** Who follows a build, and may end it. */
export interface Watch {
  readonly listener: StepListener;
  readonly signal: AbortSignal;
}

export interface PipelineOptions {
  /** What to link besides the features that the bundle can reach; `all` is every one. */
  readonly engineFeatures?: readonly string[];
  /** Default `inline`: it costs a start nothing, and every stack that an app sees names its author's lines. */
  readonly sourceMaps?: SourceMaps;
}

/** Builds the app into a package for Lambda's Python runtime: rewrite, bundle, library, shim, package. */
export async function build(
  source: Source,
  builder: LibraryBuilder,
  folder: ArtifactFolder,
  { listener, signal }: Watch,
  { engineFeatures = [], sourceMaps = "inline" }: PipelineOptions = {},
): Promise<Manifest> {
  const steps = new Steps(listener, signal);
  // Looked for first: what cannot be packed need not be compiled.
  const assets = await findAssets(source);
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
  // The shim needs no library, and its interpreters take as long as the linker.
  const [library, shim] = await sideBySide(
    linkLibrary(compiled, features.names, builder, folder, steps),
    steps.run(
      "shim",
      () => writeShim(compiled, folder),
      ({ files }) => files.map(({ artifact }) => artifact).join(", "),
    ),
  );
  // Nothing more is built: what the builder made for itself goes while the package is made.
  const closing = builder.close();
  const packaged = await steps.run(
    "package",
    () => makePackage(`${source.name}.zip`, [...packageEntries(library, shim), ...assets], folder),
    ({ file, bytes }) => `${file}, ${size(bytes)}`,
  );
  await closing;
  const manifest = await describeBuild({ source, builder, library, features, shim, packaged, folder, steps });
  await folder.write(MANIFEST, `${JSON.stringify(manifest, null, 2)}\n`);
  await folder.publish(MANIFEST);
  return manifest;
}

function packageEntries(library: Library, shim: Shim): PackageEntry[] {
  const shimEntries = shim.files.map((file) => ({ ...file, mode: 0o644 }));
  const { file, positions } = library;
  return [
    ...shimEntries,
    { artifact: file, path: file, mode: 0o755 },
    ...(positions ? [{ artifact: positions, path: positions, mode: 0o644 }] : []),
  ];
}

interface Made {
  readonly source: Source;
  readonly builder: LibraryBuilder;
  readonly library: Library;
  readonly features: ChosenFeatures;
  readonly shim: Shim;
  readonly packaged: Package;
  readonly folder: ArtifactFolder;
  readonly steps: Steps;
}

async function describeBuild(made: Made): Promise<Manifest> {
  const { source, builder, library, features, shim, packaged, folder, steps } = made;
  const { service, functions } = library.description;
  return {
    manifestVersion: 1,
    service,
    entry: relative(source.project, source.entry),
    functions: functions.map((fn) => ({ ...fn, handler: shim.handlers.get(fn.name) ?? "" })),
    engine: { stamp: builder.engineStamp, features: features.names, widened: features.widened },
    target: builder.target,
    package: packaged.file,
    artifacts: await digestArtifacts(folder),
    steps: steps.durations,
    commands: library.commands,
  };
}
