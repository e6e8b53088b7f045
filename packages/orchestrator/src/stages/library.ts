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

export async function buildLibrary(
  name: string,
  bundle: Bundle,
  features: readonly string[],
  builder: LibraryBuilder,
  folder: ArtifactFolder,
  steps: Steps,
): Promise<Library> {
  const bytecode = folder.staged(`${name}.qbc`);
  const file = `${name}.lambda.so`;
  const library = folder.staged(file);
  const compile = await steps.run(
    "compile",
    () => builder.compile(bundle.path, bytecode),
    () => `${name}.qbc`,
  );
  const description = await steps.run(
    "describe",
    () => builder.describe(bytecode),
    ({ functions }) => functions.map((fn) => fn.name).join(", "),
  );
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
  return { file, description, report, features, commands: [compile, link] };
}
