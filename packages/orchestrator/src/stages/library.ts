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
  /** Names of the engine's features that it holds. */
  readonly features: readonly string[];
  /** The commands that made it, to repeat by hand. */
  readonly commands: readonly Command[];
}

/** The app's bytecode, and what the app says of itself. */
export interface Compiled {
  /** Staged path. */
  readonly bytecode: string;
  /** Name of the library's file, in the folder and in the package. */
  readonly file: string;
  readonly description: ServiceDescription;
  readonly command: Command;
}

export async function compileApp(
  name: string,
  bundle: Bundle,
  builder: LibraryBuilder,
  folder: ArtifactFolder,
  steps: Steps,
): Promise<Compiled> {
  const bytecode = folder.staged(`${name}.qbc`);
  const command = await steps.run(
    "compile",
    () => builder.compile(bundle.path, bytecode),
    () => `${name}.qbc`,
  );
  const description = await steps.run(
    "describe",
    () => builder.describe(bytecode),
    ({ functions }) => functions.map((fn) => fn.name).join(", "),
  );
  return { bytecode, file: `${name}.lambda.so`, description, command };
}

export async function linkLibrary(
  { bytecode, file, description, command }: Compiled,
  features: readonly string[],
  builder: LibraryBuilder,
  folder: ArtifactFolder,
  steps: Steps,
): Promise<Library> {
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
  return { file, description, report, features, commands: [command, link] };
}
