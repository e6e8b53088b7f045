import {
  assertFits,
  type Command,
  type LibraryBuilder,
  type LibraryReport,
  type ServiceDescription,
} from "@laconic/docker-builder";
import type { ArtifactFolder } from "../artifact-folder.js";
import type { Steps } from "../steps.js";
import { size } from "../text.js";
import type { Bundle } from "./bundle.js";

/** The native library, linked and checked. */
export interface Library {
  /** Name of its file, in the folder and in the package. */
  readonly file: string;
  readonly description: ServiceDescription;
  readonly report: LibraryReport;
  /** File that the package holds beside it for stack traces, with `--source-maps package`. */
  readonly positions?: string;
  /** Names of the engine's features that it holds. */
  readonly features: readonly string[];
  /** The command that linked it, to repeat by hand. */
  readonly command: Command;
}

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
  return { bytecode, file: `${name}.lambda.so`, ...(table && { positions: table }), description, command };
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
}

/** Links the program that serves Lambda's Runtime API, of the same engine and bytecode as the library. */
export async function linkProgram(
  compiled: Compiled,
  features: readonly string[],
  builder: LibraryBuilder,
  folder: ArtifactFolder,
  steps: Steps,
): Promise<Linked> {
  const { bytecode, positions } = compiled;
  const program = folder.staged(PROGRAM);
  const command = await steps.run(
    "link",
    () => builder.linkProgram(bytecode, program, features),
    () => linkDetail(PROGRAM, features),
  );
  // A program exports nothing.
  await checkStep(program, [], builder, steps);
  return { file: PROGRAM, command, ...(positions && { positions }) };
}

function linkDetail(file: string, features: readonly string[]): string {
  return `${file} with ${features.join(", ") || "no feature of the engine"}`;
}

function checkStep(
  file: string,
  exports: readonly string[],
  builder: LibraryBuilder,
  steps: Steps,
): Promise<LibraryReport> {
  return steps.run(
    "check",
    async () => {
      const found = await builder.inspect(file);
      assertFits(found, builder.target, exports);
      return found;
    },
    ({ machine, glibc, size: bytes }) => `${machine}, glibc ${glibc ?? "none"}, ${size(bytes)}`,
  );
}

export async function linkLibrary(
  compiled: Compiled,
  features: readonly string[],
  builder: LibraryBuilder,
  folder: ArtifactFolder,
  steps: Steps,
): Promise<Library> {
  const { bytecode, file } = compiled;
  const library = folder.staged(file);
  const link = await steps.run(
    "link",
    () => builder.link(bytecode, library, features),
    () => linkDetail(file, features),
  );
  const report = await checkStep(library, builder.exports, builder, steps);
  return { ...compiled, report, features, command: link };
}
