// The app behind a shim: built as `laconic build` does it, run from its zip under AWS's own runtime client. The shim is that of
// the environment variable CONFORMANCE_SHIM, by default `python`.
import { createHash } from "node:crypto";
import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { freePort, invokePackage } from "@laconic/bench";
import { buildApp, needsLibrary, Reporter, runtimeKind } from "@laconic/orchestrator";
import { suiteFolder } from "./apps.mjs";
import { FUNCTION, workFolder, writeEntry } from "./entry.mjs";

const packages = join(suiteFolder, "../../packages");
const quiet = new Reporter(process.stderr, "error");
const shim = process.env.CONFORMANCE_SHIM || "python";

/** Whether the engine answers, whose known failures then count. */
export const usesEngine = needsLibrary(shim);

/**
 * Builds the app, unless that was done and nothing that it was made of has changed.
 * @param {import("./apps.mjs").App} app
 * @returns {Promise<{ zipPath: string, handler: string }>} the package, and Lambda's Handler setting
 */
export async function buildLibrary(app) {
  const entry = await writeEntry(app, "library");
  const outDir = join(workFolder(app), `build-${shim}`);
  const stampFile = join(workFolder(app), `stamp-${shim}`);
  const stamp = await digest([entry, ...app.files], await builtWith());
  if ((await readFile(stampFile, "utf8").catch(() => "")) !== stamp) {
    await buildApp(entry, { outDir, shim }, quiet);
    await writeFile(stampFile, stamp);
  }
  const { functions } = JSON.parse(await readFile(join(outDir, "manifest.json"), "utf8"));
  const [{ package: zip, handler }] = functions;
  return { zipPath: join(outDir, zip), handler };
}

/**
 * @param {{ zipPath: string, handler: string }} built
 * @param {readonly unknown[]} events sent one after another to one process, as Lambda does
 * @param {Readonly<Record<string, string>>} env
 * @returns {Promise<({ value: unknown } | { error: unknown })[]>}
 */
export async function invokeLibrary({ zipPath, handler }, events, env) {
  const { invocations } = await invokePackage({
    zipPath,
    runtime: runtimeKind(shim),
    handler,
    functionName: FUNCTION,
    events: events.map((event) => JSON.stringify(event)),
    memorySize: 1024,
    timeoutSeconds: 60,
    env: { ...env, ...(shim === "proxy" && { LACONIC_PROXY_PORT: String(await freePort()) }) },
    ...(process.env.CONFORMANCE_LOGS && { onLog: (line) => console.log(`  │ ${line}`) }),
  });
  return invocations.map(({ kind, payload }) => outcome(kind, payload.toString()));
}

function outcome(kind, payload) {
  const content = JSON.parse(payload);
  if (kind === "response") return { value: content };
  const { errorType, errorMessage } = content;
  return {
    error:
      kind === "error" ? { errorType, errorMessage } : { errorType: `${kind}: ${errorType}`, errorMessage },
  };
}

let tools;

/** Digest of all that builds: the packages' own code, the engine, the installed packages. */
function builtWith() {
  tools ??= (async () => {
    const folders = (await readdir(packages))
      .filter((name) => name !== "engine")
      .map((name) => join(packages, name));
    const files = await Promise.all(
      folders.flatMap((folder) =>
        ["dist", "modules", "python"].map((part) => filesUnder(join(folder, part))),
      ),
    );
    const engine = await filesUnder(join(packages, "engine/dist"));
    const sizes = await Promise.all(engine.map(async (file) => `${file} ${(await stat(file)).mtimeMs}`));
    const shared = [join(suiteFolder, "package.json"), join(suiteFolder, "../../package-lock.json")];
    const harness = ["case-handler.mjs", "show.mjs"].map((file) => join(suiteFolder, "harness", file));
    return digest([...files.flat(), ...shared, ...harness], sizes.sort().join("\n"));
  })();
  return tools;
}

async function filesUnder(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

async function digest(files, more) {
  const hash = createHash("sha256").update(more);
  for (const file of [...files].sort()) hash.update(`\0${file}\0`).update(await readFile(file));
  return hash.digest("hex");
}
