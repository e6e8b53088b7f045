import type { Command, LibraryBuilder } from "@laconic/docker-builder";
import type { ArtifactFolder } from "../artifact-folder.js";
import { needsLibrary, type ShimName } from "../shims.js";
import { sideBySide, type Steps } from "../steps.js";
import type { AppLibrary } from "./app-library.js";
import { linkLibrary } from "./library.js";
import type { NodeBundle } from "./node-bundle.js";
import type { PackageEntry } from "./package.js";
import { writeShim, type Shim } from "./shim.js";

/** What of a build one shim's package holds. */
export interface Part {
  readonly shim: ShimName;
  readonly entries: readonly PackageEntry[];
  /** Lambda's Handler setting by function name. */
  readonly handlers: ReadonlyMap<string, string>;
  /** The commands that made it, to repeat by hand. */
  readonly commands: readonly Command[];
}

/** For which functions of a service a shim is made. */
export interface PartSubject {
  readonly shim: ShimName;
  readonly service: string;
  readonly functions: readonly { readonly name: string }[];
  /** Before the names of the shim's artifacts. */
  readonly prefix: string;
}

/** The app, in the forms that the build has made of it. */
export interface AppForms {
  readonly builder: LibraryBuilder | undefined;
  readonly library: AppLibrary | undefined;
  readonly node: NodeBundle | undefined;
}

/** Makes the shim, and links what it loads. */
export async function makePart(
  subject: PartSubject,
  forms: AppForms,
  folder: ArtifactFolder,
  steps: Steps,
): Promise<Part> {
  const { builder, library, node } = forms;
  if (needsLibrary(subject.shim)) return libraryPart(subject, library!, builder!, folder, steps);
  const shim = await shimStep(subject, node!.file, folder, steps);
  return {
    shim: subject.shim,
    handlers: shim.handlers,
    entries: [...shim.files, ...node!.entries],
    commands: [],
  };
}

async function libraryPart(
  subject: PartSubject,
  { compiled, features }: AppLibrary,
  builder: LibraryBuilder,
  folder: ArtifactFolder,
  steps: Steps,
): Promise<Part> {
  // The shim needs no library, and its interpreters take as long as the linker.
  const [library, shim] = await sideBySide(
    linkLibrary(compiled, features.names, builder, folder, steps),
    shimStep(subject, compiled.file, folder, steps),
  );
  const { file, positions } = library;
  const entries = [
    ...shim.files,
    { artifact: file, path: file, mode: 0o755 },
    ...(positions ? [{ artifact: positions, path: positions, mode: 0o644 }] : []),
  ];
  return { shim: subject.shim, handlers: shim.handlers, entries, commands: [library.command] };
}

function shimStep(subject: PartSubject, app: string, folder: ArtifactFolder, steps: Steps): Promise<Shim> {
  return steps.run(
    "shim",
    () => writeShim(subject.shim, { ...subject, app }, folder, subject.prefix),
    ({ files }) => files.map(({ artifact }) => artifact).join(", "),
  );
}
