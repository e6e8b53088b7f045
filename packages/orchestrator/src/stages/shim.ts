import { compilePythonShim, generatePythonShim, type PythonShim } from "@laconic/python-shim";
import type { ArtifactFolder } from "../artifact-folder.js";
import type { Compiled } from "./library.js";

/** The Python that loads the library in Lambda's runtime. */
export interface Shim {
  /** Its files: the artifact's name, and the path in the package. */
  readonly files: readonly { readonly artifact: string; readonly path: string }[];
  /** Lambda's Handler setting by function name, for example `index.hello`. */
  readonly handlers: ReadonlyMap<string, string>;
}

/** The interpreters whose bytecode is worth having: the one that `invoke` runs, and Lambda's own versions. */
const INTERPRETERS = [process.env["LACONIC_PYTHON"] ?? "python3", "python3.12", "python3.13", "python3.14"];

export async function writeShim({ description, file }: Compiled, folder: ArtifactFolder): Promise<Shim> {
  const { service, functions } = description;
  const shim = generatePythonShim({ service: service.name, libraryName: file, functions });
  const files = [];
  for (const { path, content } of [...shim.files.map(asContent), ...(await compile(shim))]) {
    const artifact = path.replace("__pycache__/", "");
    await folder.write(artifact, content);
    files.push({ artifact, path });
  }
  return { files, handlers: new Map(shim.handlers.map(({ name, handler }) => [name, handler])) };
}

interface ShimFile {
  readonly path: string;
  readonly content: string | Uint8Array;
}

function asContent({ path, text }: { path: string; text: string }): ShimFile {
  return { path, content: text };
}

/** Compiled shims save a cold start the compiler; an interpreter that is not there costs nothing but that. */
async function compile(shim: PythonShim): Promise<ShimFile[]> {
  const compiled = await Promise.allSettled(INTERPRETERS.map((python) => compilePythonShim(shim, python)));
  const files = compiled.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
  const byPath = new Map(files.map(({ path, bytes }) => [path, bytes]));
  return [...byPath].sort(([a], [b]) => (a < b ? -1 : 1)).map(([path, content]) => ({ path, content }));
}
