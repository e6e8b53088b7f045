import { readFile } from "node:fs/promises";
import {
  assertFits,
  type Command,
  type LibraryBuilder,
  type Relocations,
  type ServiceDescription,
} from "@laconic/docker-builder";
import type { ArtifactFolder } from "../artifact-folder.js";
import type { Steps } from "../steps.js";
import { size } from "../text.js";
import type { Bundle } from "./bundle.js";

/**
 * Where the positions for stack traces go: `inline` into the bytecode, `package` into a file beside the library,
 * `external` nowhere, so that traces name the bundle until `laconic symbolicate` has read them.
 */
export const SOURCE_MAPS = ["inline", "package", "external"] as const;
export type SourceMaps = (typeof SOURCE_MAPS)[number];

/** What stack traces call the bundle. No file of the app's has this name. */
export function bundleName(name: string): string {
  return `${name}.lambda.mjs`;
}

/** The app's bytecode, and what the app says of itself. */
export interface Compiled {
  /** Staged path. */
  readonly bytecode: string;
  /** Staged path of the ES module that it was compiled from. */
  readonly bundle: string;
  /** Name of the library's file, in the folder and in the package. */
  readonly file: string;
  /** Name of the file for stack traces that the package holds beside it, with `--source-maps package`. */
  readonly positions?: string;
  readonly description: ServiceDescription;
  readonly command: Command;
}

export async function compileApp(
  name: string,
  bundle: Bundle,
  sourceMaps: SourceMaps,
  builder: LibraryBuilder,
  folder: ArtifactFolder,
  steps: Steps,
): Promise<Compiled> {
  const bytecode = folder.staged(`${name}.qbc`);
  const table = sourceMaps === "package" ? `${name}.lambda.map` : undefined;
  const options = {
    bundleName: bundleName(name),
    ...(sourceMaps !== "external" && { map: bundle.traceMap }),
    ...(table && { table: folder.staged(table) }),
    ...(bundle.console && { console: bundle.console }),
  };
  const command = await steps.run(
    "compile",
    () => builder.compile(bundle.path, bytecode, options),
    () => `${name}.qbc`,
  );
  const description = await steps.run(
    "describe",
    () => builder.describe(bytecode),
    ({ functions }) => functions.map((fn) => fn.name).join(", "),
  );
  const { path } = bundle;
  const file = `${name}.lambda.so`;
  return { bytecode, bundle: path, file, ...(table && { positions: table }), description, command };
}

/** The file name that Lambda's OS-only runtimes start. */
const PROGRAM = "bootstrap";

/** What a link made, for a package. */
export interface Linked {
  readonly file: string;
  /** File that the package holds beside it for stack traces, with `--source-maps package`. */
  readonly positions?: string;
  /** The command that made it, to repeat by hand. */
  readonly command: Command;
  readonly relocations: Relocations;
}

/** Links the library that the Python shim loads. */
export function linkLibrary(
  compiled: Compiled,
  features: readonly string[],
  builder: LibraryBuilder,
  folder: ArtifactFolder,
  steps: Steps,
): Promise<Linked> {
  const { file, bytecode } = compiled;
  const link = (path: string) => builder.link(bytecode, path, features);
  return linked(compiled, { file, features, link, exports: builder.exports }, builder, folder, steps);
}

/** Links the program that serves Lambda's Runtime API, of the same engine and bytecode as the library. */
export function linkProgram(
  compiled: Compiled,
  features: readonly string[],
  builder: LibraryBuilder,
  folder: ArtifactFolder,
  steps: Steps,
): Promise<Linked> {
  const link = (path: string) => builder.linkProgram(compiled.bytecode, path, features);
  // A program exports nothing.
  return linked(compiled, { file: PROGRAM, features, link, exports: [] }, builder, folder, steps);
}

interface Link {
  readonly file: string;
  readonly features: readonly string[];
  readonly link: (path: string) => Promise<Command>;
  /** The symbols that it must export, and no others. */
  readonly exports: readonly string[];
}

async function linked(
  { bundle, positions }: Compiled,
  { file, features, link, exports }: Link,
  builder: LibraryBuilder,
  folder: ArtifactFolder,
  steps: Steps,
): Promise<Linked> {
  const path = folder.staged(file);
  const command = await steps.run(
    "link",
    () => link(path),
    () => `${file} with ${features.join(", ") || "no feature of the engine"}`,
  );
  const { relocations } = await steps.run(
    "check",
    async () => {
      const found = await builder.inspect(path, await readFile(bundle, "utf8"));
      assertFits(found, builder.target, exports);
      return found;
    },
    ({ machine, glibc, size: bytes }) => `${machine}, glibc ${glibc ?? "none"}, ${size(bytes)}`,
  );
  return { file, command, relocations, ...(positions && { positions }) };
}
