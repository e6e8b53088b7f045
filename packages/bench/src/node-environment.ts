import { execFile } from "node:child_process";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { BenchError } from "./errors.js";
import { nodeDistribution } from "./node-distribution.js";
import { pinnedInstall, type PinnedOptions, type Step } from "./pinned-install.js";

const run = promisify(execFile);

/** What the client's C++ part and its copy of curl are built with, as programs of the PATH. */
export const NODE_CLIENT_TOOLS = ["cmake", "make", "g++", "xz", "python3"] as const;

export type NodeEnvironmentOptions = PinnedOptions;

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
  const folder = await pinnedInstall("client", options, {
    before: async () => {
      await requireTools();
      options.onProgress?.("Building AWS's Node runtime client (once, about a minute)");
    },
    finish: async (draft, step) => build(draft, step, (await nodeDistribution(options)).folder),
  });
  const { node, version } = await nodeDistribution(options);
  return { node, version, client: join(folder, "node_modules", "aws-lambda-ric", "index.mjs") };
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
async function build(folder: string, step: Step, distribution: string): Promise<void> {
  const client = join(folder, "node_modules", "aws-lambda-ric");
  const env = {
    ...process.env,
    PATH: `${join(distribution, "bin")}${delimiter}${process.env["PATH"] ?? ""}`,
    // The headers come with Node's package, so that nothing is fetched for them.
    npm_config_nodedir: distribution,
  };
  await step("sh", ["scripts/preinstall.sh"], client, env);
  await step("sh", ["scripts/postinstall.sh"], client, env);
}
