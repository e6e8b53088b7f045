import { mkdir, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { floors, llrtPeer, type ShimSubject, unpack } from "@laconic/bench";
import { bundleForNode } from "@laconic/node-compat";
import { adapterPeers } from "./bench-peers.js";
import { buildSource, type BuildOptions } from "./commands/build.js";
import { LaconicError } from "./errors.js";
import { findFunction, type Manifest, type ManifestFunction } from "./manifest.js";
import { isCodedError, type Reporter } from "./reporter.js";
import { runtimeKind, SHIMS, type ShimName } from "./shims.js";
import { listedRequires } from "./stages/listed-requires.js";
import type { Source } from "./stages/source.js";

export interface SubjectOptions extends BuildOptions {
  /** Name of the function; default the first. */
  readonly function?: string;
  /** Default: all. */
  readonly shims?: readonly ShimName[];
}

/** What is measured, and the function that all of them serve. */
export interface BenchSubjects {
  readonly subjects: readonly ShimSubject[];
  readonly fn: ManifestFunction;
}

/** The app, and the file as its author wrote it; the same but for a handler that knows nothing of Laconic. */
export interface Subject {
  readonly source: Source;
  readonly written: Source;
}

/** Builds the app for each shim. One that cannot hold it is left out, with the reason. */
export async function benchSubjects(
  { source, written }: Subject,
  options: SubjectOptions,
  scratch: string,
  signal: AbortSignal,
  reporter: Reporter,
): Promise<BenchSubjects> {
  const subjects: ShimSubject[] = [];
  let fn: ManifestFunction | undefined;
  for (const shim of options.shims ?? SHIMS) {
    try {
      const outDir = join(scratch, shim, "artifacts");
      const { folder, manifest } = await buildSource(signal, source, { ...options, shim, outDir }, reporter);
      const { functions } = manifest;
      const found = findFunction(functions, options.function ?? functions[0]?.name ?? "");
      const zip = join(folder, found.package);
      const taskDir = join(scratch, shim, "task");
      await unpack(zip, taskDir);
      subjects.push({
        name: shim,
        role: "shim",
        taskDir,
        runtime: runtimeKind(shim),
        handler: found.handler,
        functionName: found.name,
        packageBytes: (await stat(zip)).size,
        ...countsOf(manifest, shim),
      });
      fn ??= found;
    } catch (error) {
      if (signal.aborted || !isCodedError(error) || error.code === "LAC8002") throw error;
      reporter.line(`  ${shim} is left out: ${error.message}`);
    }
  }
  if (fn === undefined) {
    throw new LaconicError("LAC8015", "The app can be built for none of the shims.", {
      hint: "The reasons are above; npx @laconic/cli check names what the library lacks.",
    });
  }
  const note = (line: string): void => reporter.line(`  ${line}`);
  const peers = [...(await peersOf(subjects, scratch)), ...(await adapterPeers(source, fn, scratch, note))];
  if (source !== written) peers.push(await asItIs(written, fn, scratch));
  return { subjects: [...subjects, ...peers, ...(await floors(scratch, note))], fn };
}

/** What of a library or program needs no clock. */
function countsOf({ linked, artifacts }: Manifest, shim: ShimName): Pick<ShimSubject, "counts"> {
  const own = linked?.[shim];
  if (own === undefined) return {};
  const { relative, symbolic } = own.relocations;
  return { counts: { [own.file]: artifacts[own.file]?.bytes ?? 0, relocations: relative + symbolic } };
}

async function peersOf(subjects: readonly ShimSubject[], scratch: string): Promise<ShimSubject[]> {
  const node = subjects.find(({ name }) => name === "node");
  const llrt = node && (await llrtPeer(node, scratch));
  return llrt ? [llrt] : [];
}

/** The handler in Lambda's Node as it is deployed today, with the adapter that it may have: serverless-http for one. */
async function asItIs(source: Source, fn: ManifestFunction, scratch: string): Promise<ShimSubject> {
  const taskDir = join(scratch, "as-it-is");
  await mkdir(taskDir, { recursive: true });
  const outfile = join(taskDir, "index.mjs");
  const { code } = await bundleForNode({
    entry: source.entry,
    outfile,
    root: source.project,
    requires: await listedRequires(source),
  });
  await writeFile(outfile, code);
  return {
    name: "node, as it is",
    role: "peer",
    taskDir,
    runtime: "nodejs",
    handler: `index.${fn.name}`,
    functionName: fn.name,
    packageBytes: Buffer.byteLength(code),
  };
}
