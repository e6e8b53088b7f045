import { generateNodeShim, generateProxyShim } from "@laconic/node-shim";
import { compilePythonShim, generatePythonShim, type PythonShim } from "@laconic/python-shim";
import type { ArtifactFolder } from "../artifact-folder.js";
import type { ShimName } from "../shims.js";
import type { PackageEntry } from "./package.js";

/** What lies between a Lambda runtime and the app. */
export interface Shim {
  readonly files: readonly PackageEntry[];
  /** Lambda's Handler setting by function name, for example `index.hello`. */
  readonly handlers: ReadonlyMap<string, string>;
}

/** What a shim is generated for. */
export interface ShimSubject {
  readonly service: string;
  /** File name of the library or of the bundle, which lies beside the shim in the package. */
  readonly app: string;
  readonly functions: readonly {
    readonly name: string;
    readonly options: Readonly<Record<string, unknown>>;
  }[];
}

/** @param prefix before the names of its artifacts, so that the shims of one build do not meet */
export async function writeShim(
  shim: ShimName,
  subject: ShimSubject,
  folder: ArtifactFolder,
  prefix: string,
): Promise<Shim> {
  const { files, handlers } = await generate(shim, subject);
  const entries = [];
  for (const { path, content, executable = false } of files) {
    const artifact = `${prefix}${path.replace("__pycache__/", "")}`;
    await folder.write(artifact, content);
    entries.push({ artifact, path, mode: executable ? 0o755 : 0o644 });
  }
  return { files: entries, handlers: new Map(handlers.map(({ name, handler }) => [name, handler])) };
}

interface ShimFile {
  readonly path: string;
  readonly content: string | Uint8Array;
  readonly executable?: boolean;
}

interface Generated {
  readonly files: readonly ShimFile[];
  readonly handlers: readonly { readonly name: string; readonly handler: string }[];
}

async function generate(shim: ShimName, { service, app, functions }: ShimSubject): Promise<Generated> {
  if (shim === "python") {
    const made = generatePythonShim({ service, libraryName: app, functions });
    return { files: [...made.files.map(asContent), ...(await compile(made))], handlers: made.handlers };
  }
  const make = shim === "proxy" ? generateProxyShim : generateNodeShim;
  const { files, handlers } = make({ service, bundleName: app, functions });
  return { files: files.map(asContent), handlers };
}

function asContent({ text, ...file }: { path: string; text: string; executable?: boolean }): ShimFile {
  return { ...file, content: text };
}

/** The interpreters whose bytecode is worth having: the one that `invoke` runs, and Lambda's own versions. */
const INTERPRETERS = [process.env["LACONIC_PYTHON"] ?? "python3", "python3.12", "python3.13", "python3.14"];

/** Compiled shims save a cold start the compiler; an interpreter that is not there costs nothing but that. */
async function compile(shim: PythonShim): Promise<ShimFile[]> {
  const compiled = await Promise.allSettled(INTERPRETERS.map((python) => compilePythonShim(shim, python)));
  const files = compiled.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
  const byPath = new Map(files.map(({ path, bytes }) => [path, bytes]));
  return [...byPath].sort(([a], [b]) => (a < b ? -1 : 1)).map(([path, content]) => ({ path, content }));
}
