import { generatePythonShim } from "@laconic/python-shim";
import type { ArtifactFolder } from "../artifact-folder.js";
import type { Library } from "./library.js";

/** The Python that loads the library in Lambda's runtime. */
export interface Shim {
  /** Names of its files, in the folder and in the package. */
  readonly files: readonly string[];
  /** Lambda's Handler setting by function name, for example `index.hello`. */
  readonly handlers: ReadonlyMap<string, string>;
}

export async function writeShim(library: Library, folder: ArtifactFolder): Promise<Shim> {
  const { service, functions } = library.description;
  const { files, handlers } = generatePythonShim({
    service: service.name,
    libraryName: library.file,
    functions,
  });
  for (const { path, text } of files) await folder.write(path, text);
  return {
    files: files.map(({ path }) => path),
    handlers: new Map(handlers.map(({ name, handler }) => [name, handler])),
  };
}
