import type { Command, LibraryBuilder } from "@laconic/docker-builder";
import type { ArtifactFolder } from "../artifact-folder.js";
import { needsLibrary, type ShimName } from "../shims.js";
import { sideBySide, type Steps } from "../steps.js";
import type { AppLibrary } from "./app-library.js";
import { linkLibrary, linkProgram, type Linked } from "./library.js";
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
  /** What was linked for it; a shim for Node links nothing. */
  readonly linked?: Linked;
}

/** For which functions of a service a shim is made. */
export interface PartSubject {
  readonly shim: ShimName;
  readonly service: string;
  readonly functions: readonly {
    readonly name: string;
    readonly options: Readonly<Record<string, unknown>>;
  }[];
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
  if (subject.shim === "native") return programPart(subject, library!, builder!, folder, steps);
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
  const entries = [...shim.files, ...linkedEntries(library)];
  return {
    shim: subject.shim,
    handlers: shim.handlers,
    entries,
    commands: [library.command],
    linked: library,
  };
}

/** The engine's feature that takes responses in pieces; no bundle names it, and a library has no host that could. */
const STREAM = "stream";

/** The program is its own shim: it takes the function's name from Lambda's Handler setting. */
async function programPart(
  { shim, functions }: PartSubject,
  { compiled, features }: AppLibrary,
  builder: LibraryBuilder,
  folder: ArtifactFolder,
  steps: Steps,
): Promise<Part> {
  const streams = functions.some(({ options }) => options["streaming"] === true);
  const names = streams ? [...new Set([...features.names, STREAM])] : features.names;
  const linked = await linkProgram(compiled, names, builder, folder, steps);
  const handlers = new Map(functions.map(({ name }) => [name, name]));
  return { shim, handlers, entries: linkedEntries(linked), commands: [linked.command], linked };
}

function linkedEntries({ file, positions }: Linked): PackageEntry[] {
  return [
    { artifact: file, path: file, mode: 0o755 },
    ...(positions ? [{ artifact: positions, path: positions, mode: 0o644 }] : []),
  ];
}

function shimStep(subject: PartSubject, app: string, folder: ArtifactFolder, steps: Steps): Promise<Shim> {
  return steps.run(
    "shim",
    () => writeShim(subject.shim, { ...subject, app }, folder, subject.prefix),
    ({ files }) => files.map(({ artifact }) => artifact).join(", "),
  );
}
