import { relative } from "node:path";
import type { LibraryBuilder } from "@laconic/docker-builder";
import { ArtifactFolder } from "./artifact-folder.js";
import { digestArtifacts, MANIFEST, MANIFEST_VERSION, type Manifest } from "./manifest.js";
import { findAssets } from "./stages/assets.js";
import { compileForLibrary, type AppLibrary } from "./stages/app-library.js";
import type { SourceMaps } from "./stages/library.js";
import { bundleNodeApp, type NodeBundle } from "./stages/node-bundle.js";
import { makePackage, type Package } from "./stages/package.js";
import { makePart, type Part } from "./stages/part.js";
import type { Source } from "./stages/source.js";
import {
  assertKnown,
  needsLibrary,
  deployment,
  shimOf,
  shimsOf,
  type ShimName,
  type ShimPlan,
} from "./shims.js";
import { Steps, type StepListener } from "./steps.js";
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

/** What an app is built for, and with. */
export interface Order {
  readonly plan: ShimPlan;
  /** Opens what makes libraries; not called for a build that needs none. */
  readonly openBuilder: () => Promise<LibraryBuilder>;
}

/** Builds the app into packages for Lambda: rewrite, bundle, library, shim, package. One package for each shim in use. */
export async function build(
  source: Source,
  { plan, openBuilder }: Order,
  folder: ArtifactFolder,
  { listener, signal }: Watch,
  { engineFeatures = [], sourceMaps = "inline" }: PipelineOptions = {},
): Promise<Manifest> {
  const steps = new Steps(listener, signal);
  // Looked for first: what cannot be packed need not be compiled.
  const assets = await findAssets(source);
  const shims = shimsOf(plan);
  const builder = shims.some(needsLibrary) ? await openBuilder() : undefined;
  const library =
    builder && (await compileForLibrary(source, { engineFeatures, sourceMaps }, builder, folder, steps));
  const node = shims.every(needsLibrary) ? undefined : await bundleNodeApp(source, folder, steps, signal);
  const { service, functions } = (library?.compiled ?? node)!.description;
  node?.warnings.forEach((warning) => steps.warn(warning));
  assertKnown(
    plan,
    functions.map(({ name }) => name),
  );

  const parts: Part[] = [];
  for (const shim of shims) {
    const own = functions.filter(({ name }) => shimOf(plan, name) === shim);
    const subject = {
      shim,
      service: service.name,
      functions: own,
      prefix: shim === plan.shim ? "" : `${shim}.`,
    };
    if (own.length > 0) parts.push(await makePart(subject, { builder, library, node }, folder, steps));
  }
  // Nothing more is built: what the builder made for itself goes while the packages are made.
  const closing = builder?.close();
  const packages = new Map<ShimName, Package>();
  for (const { shim, entries } of parts) {
    const file = shim === plan.shim ? `${source.name}.zip` : `${source.name}.${shim}.zip`;
    const packaged = await steps.run(
      "package",
      () => makePackage(file, [...entries, ...assets], folder),
      ({ bytes }) => `${file}, ${size(bytes)}`,
    );
    packages.set(shim, packaged);
  }
  await closing;
  const made = { source, plan, builder, library, node, parts, packages, folder, steps };
  const manifest = await describeBuild(made);
  await folder.write(MANIFEST, `${JSON.stringify(manifest, null, 2)}\n`);
  await folder.publish(MANIFEST);
  return manifest;
}

interface Made {
  readonly source: Source;
  readonly plan: ShimPlan;
  readonly builder: LibraryBuilder | undefined;
  readonly library: AppLibrary | undefined;
  readonly node: NodeBundle | undefined;
  readonly parts: readonly Part[];
  readonly packages: ReadonlyMap<ShimName, Package>;
  readonly folder: ArtifactFolder;
  readonly steps: Steps;
}

async function describeBuild(made: Made): Promise<Manifest> {
  const { source, plan, builder, library, node, parts, packages, folder, steps } = made;
  const { service, functions } = (library?.compiled ?? node)!.description;
  const [first] = parts;
  return {
    manifestVersion: MANIFEST_VERSION,
    service,
    entry: relative(source.project, source.entry),
    shim: plan.shim,
    functions: functions.map((fn) => {
      const shim = shimOf(plan, fn.name);
      const handler = parts.find((part) => part.shim === shim)?.handlers.get(fn.name) ?? "";
      return { ...fn, shim, ...deployment(shim, plan), package: packages.get(shim)!.file, handler };
    }),
    ...(builder &&
      library && {
        engine: {
          stamp: builder.engineStamp,
          features: library.features.names,
          widened: library.features.widened,
        },
        target: builder.target,
        linked: Object.fromEntries(
          parts.flatMap(({ shim, linked }) =>
            linked ? [[shim, { file: linked.file, relocations: linked.relocations }]] : [],
          ),
        ),
      }),
    package: packages.get(first!.shim)!.file,
    packages: Object.fromEntries([...packages].map(([shim, { file }]) => [shim, file])),
    artifacts: await digestArtifacts(folder),
    steps: steps.durations,
    commands: [...(library ? [library.compiled.command] : []), ...parts.flatMap(({ commands }) => commands)],
  };
}
