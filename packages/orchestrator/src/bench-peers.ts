import { mkdir, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { PEER_RUNTIME, type ShimSubject } from "@laconic/bench";
import { bundleForNode } from "@laconic/node-compat";
import type { ManifestFunction } from "./manifest.js";
import { listedRequires } from "./stages/listed-requires.js";
import type { Source } from "./stages/source.js";

/** What else serves HTTP apps in Lambda's Node runtime, and how its handler is made of an app. */
const ADAPTERS = [
  { module: "serverless-http", imported: "import adapt from", handler: "adapt(app)" },
  { module: "@codegenie/serverless-express", imported: "import adapt from", handler: "adapt({ app })" },
  { module: "hono/aws-lambda", imported: "import { handle as adapt } from", handler: "adapt(app)" },
] as const;

/**
 * The function behind each adapter that the app's project has installed, from the same source in the same runtime as the
 * node shim. None for a function that is no HTTP app: its handler is Lambda's own.
 *
 * @param scratch folder for what has to be made
 * @param onNote told which adapter is left out, and why
 */
export async function adapterPeers(
  source: Source,
  fn: ManifestFunction,
  scratch: string,
  onNote: (line: string) => void,
): Promise<ShimSubject[]> {
  if (fn.kind !== "http") return [];
  const peers: ShimSubject[] = [];
  const { resolve } = createRequire(join(source.project, "package.json"));
  for (const adapter of ADAPTERS) {
    if (!isInstalled(resolve, adapter.module)) continue;
    try {
      peers.push(await peer(source, fn, adapter, join(scratch, "peers", adapter.module)));
    } catch (error) {
      onNote(`${adapter.module} is left out: ${(error as Error).message}`);
    }
  }
  return peers;
}

function isInstalled(resolve: NodeJS.RequireResolve, module: string): boolean {
  try {
    resolve(module);
    return true;
  } catch {
    return false;
  }
}

async function peer(
  source: Source,
  fn: ManifestFunction,
  { module, imported, handler }: (typeof ADAPTERS)[number],
  taskDir: string,
): Promise<ShimSubject> {
  await mkdir(taskDir, { recursive: true });
  const outfile = join(taskDir, "index.mjs");
  const entry = [
    `${imported} ${JSON.stringify(module)};`,
    `import { registeredApp } from "@laconic/runtime";`,
    `import ${JSON.stringify(source.entry)};`,
    `const app = await registeredApp(${JSON.stringify(fn.name)});`,
    `const adapted = ${handler};`,
    // Of two parameters: AWS's client refuses handlers that may call back.
    "export const handler = (event, context) => adapted(event, context);",
  ].join("\n");
  const { code } = await bundleForNode({
    entry: join(dirname(source.entry), "laconic-peer.mjs"),
    source: entry,
    outfile,
    root: source.project,
    requires: await listedRequires(source),
    runtime: PEER_RUNTIME,
    ...(source.runtimeFrom && { runtimeFrom: source.runtimeFrom }),
  });
  await writeFile(outfile, code);
  return {
    name: module,
    role: "peer",
    taskDir,
    runtime: "nodejs",
    handler: "index.handler",
    functionName: fn.name,
    packageBytes: Buffer.byteLength(code),
  };
}
