import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { machine, pinnedInstall, type PinnedOptions } from "./pinned-install.js";

/** The Node that Lambda's runtime has, whatever runs this. */
export interface NodeDistribution {
  /** The program. */
  node: string;
  /** Such as `22.23.3`. */
  version: string;
  /** The folder of the program and its headers. */
  folder: string;
}

/**
 * The Node of Lambda's runtime, pinned, installed from npm's registry on first use and found again afterwards, also
 * without a network. Throws BenchError LAC7010.
 */
export async function nodeDistribution(options: PinnedOptions = {}): Promise<NodeDistribution> {
  const before = async (): Promise<void> => options.onProgress?.("Installing Lambda's Node (once)");
  const folder = join(await pinnedInstall("node", options, { before }), "node_modules", `node-${machine}`);
  const { version } = JSON.parse(await readFile(join(folder, "package.json"), "utf8")) as NodeDistribution;
  return { node: join(folder, "bin", "node"), version, folder };
}
