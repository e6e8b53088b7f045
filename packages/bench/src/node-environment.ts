import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFile, mkdir, readFile } from "node:fs/promises";
import { arch, platform } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { cacheFolder } from "./cache-folder.js";
import { lastLine } from "./command-output.js";
import { BenchError } from "./errors.js";
import { madeOnce } from "./made-once.js";

const run = promisify(execFile);
const PINNED = fileURLToPath(new URL("../nodejs/client/", import.meta.url));

/** What the client's C++ part and its copy of curl are built with, as programs of the PATH. */
export const NODE_CLIENT_TOOLS = ["cmake", "make", "g++", "xz", "python3"] as const;

export interface NodeEnvironmentOptions {
  /** Where environments are kept; default {@link cacheFolder}. */
  cache?: string | undefined;
  /** Told in one line when something slow begins. */
  onProgress?: ((line: string) => void) | undefined;
}

export interface NodeEnvironment {
  /** The Node that Lambda's runtime has, whatever runs this. */
  node: string;
  /** Such as `22.23.3`. */
  version: string;
  /** The runtime client's main module. */
  client: string;
}

/**
 * AWS's own Node runtime client with the Node of Lambda's runtime, both pinned, built on first use and found again
 * afterwards, also without a network. Throws {@link BenchError} LAC7009 or LAC7010.
 */
export async function nodeEnvironment(options: NodeEnvironmentOptions = {}): Promise<NodeEnvironment> {
  const lock = await readFile(join(PINNED, "package-lock.json"), "utf8");
  const machine = `${platform()}-${arch()}`;
  const hash = createHash("sha256").update(`${lock}\n${machine}`).digest("hex").slice(0, 16);
  const folder = join(options.cache ?? cacheFolder(), `node-${hash}`);
  await madeOnce(folder, async (draft) => {
    await requireTools();
    options.onProgress?.("Building AWS's Node runtime client (once, about a minute)");
    await create(draft, machine);
  });
  return described(folder, machine);
}

async function described(folder: string, machine: string): Promise<NodeEnvironment> {
  const distribution = join(folder, "node_modules", `node-${machine}`);
  const { version } = JSON.parse(
    await readFile(join(distribution, "package.json"), "utf8"),
  ) as NodeEnvironment;
  return {
    node: join(distribution, "bin", "node"),
    version,
    client: join(folder, "node_modules", "aws-lambda-ric", "index.mjs"),
  };
}

async function requireTools(): Promise<void> {
  const found = await Promise.all(
    NODE_CLIENT_TOOLS.map((tool) =>
      run(tool, ["--version"]).then(
        () => true,
        () => false,
      ),
    ),
  );
  const missing = NODE_CLIENT_TOOLS.filter((_, at) => !found[at]);
  if (missing.length === 0) return;
  throw new BenchError(
    "LAC7009",
    `AWS's Node runtime client cannot be built without ${missing.join(", ")}`,
    "install them (cmake, make, g++, xz-utils and python3 on Debian and Ubuntu)",
  );
}

/** The client's own two scripts are run here, because what npm lets packages run at their installation differs. */
async function create(folder: string, machine: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const file of ["package.json", "package-lock.json"]) {
    await copyFile(join(PINNED, file), join(folder, file));
  }
  const client = join(folder, "node_modules", "aws-lambda-ric");
  const distribution = join(folder, "node_modules", `node-${machine}`);
  const env = {
    ...process.env,
    PATH: `${join(distribution, "bin")}${delimiter}${process.env["PATH"] ?? ""}`,
    // The headers come with Node's package, so that nothing is fetched for them.
    npm_config_nodedir: distribution,
  };
  const step = (command: string, args: string[], cwd: string): Promise<unknown> =>
    run(command, args, { cwd, env, maxBuffer: 2 ** 26 }).catch((error: unknown) => {
      const message = `${[command, ...args].join(" ")} failed: ${lastLine(error)}`;
      const hint = `run it in ${cwd} to see all of its output; the network and npm's registry must be reachable`;
      throw new BenchError("LAC7010", message, hint, error);
    });
  await step("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], folder);
  await step("sh", ["scripts/preinstall.sh"], client);
  await step("sh", ["scripts/postinstall.sh"], client);
}
