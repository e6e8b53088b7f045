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
    () => `${file} with ${features.join(", ") || "no feature of the engine"}`,
  );
  const report = await steps.run(
    "check",
    async () => {
      const found = await builder.inspect(library);
      assertFits(found, builder.target, builder.exports);
      return found;
    },
    ({ machine, glibc, size: bytes }) => `${machine}, glibc ${glibc ?? "none"}, ${size(bytes)}`,
  );
  return { ...compiled, report, features, command: link };
}
