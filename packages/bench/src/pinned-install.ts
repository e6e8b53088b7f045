import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFile, readFile } from "node:fs/promises";
import { arch, platform } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { cacheFolder } from "./cache-folder.js";
import { lastLine } from "./command-output.js";
import { BenchError } from "./errors.js";
import { madeOnce } from "./made-once.js";

const run = promisify(execFile);

/** The suffix of packages that hold programs for this machine, such as `linux-x64`. */
export const machine = `${platform()}-${arch()}`;

/** Runs a command. Throws BenchError LAC7010 when it fails. */
export type Step = (
  command: string,
  args: string[],
  cwd: string,
  env?: NodeJS.ProcessEnv,
) => Promise<unknown>;

export interface PinnedOptions {
  /** Where installations are kept; default {@link cacheFolder}. */
  cache?: string | undefined;
  /** Told in one line when something slow begins. */
  onProgress?: ((line: string) => void) | undefined;
}

/**
 * Installs the npm packages that a folder of `nodejs/` pins, on first use, without running their scripts.
 *
 * @param finish run in the new folder before it is found; `before` comes before anything is fetched
 * @returns the folder with `node_modules`
 */
export async function pinnedInstall(
  name: "client" | "node",
  options: PinnedOptions,
  {
    before,
    finish,
  }: { before?: () => Promise<void>; finish?: (folder: string, step: Step) => Promise<void> },
): Promise<string> {
  const pinned = fileURLToPath(new URL(`../nodejs/${name}/`, import.meta.url));
  const lock = await readFile(join(pinned, "package-lock.json"), "utf8");
  const hash = createHash("sha256").update(`${lock}\n${machine}`).digest("hex").slice(0, 16);
  const folder = join(options.cache ?? cacheFolder(), `node-${name}-${hash}`);
  await madeOnce(folder, async (draft) => {
    await before?.();
    for (const file of ["package.json", "package-lock.json"]) {
      await copyFile(join(pinned, file), join(draft, file));
    }
    const step = stepOf(name);
    await step("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], draft);
    await finish?.(draft, step);
  });
  return folder;
}

function stepOf(name: "client" | "node"): Step {
  const what = name === "node" ? "Lambda's Node" : "AWS's Node runtime client";
  return async (command, args, cwd, env = process.env) => {
    try {
      await run(command, args, { cwd, env, maxBuffer: 2 ** 26 });
    } catch (error) {
      const message = `${what} could not be installed: ${[command, ...args].join(" ")} failed: ${lastLine(error)}`;
      const hint = `run it in ${cwd} to see all of its output; the network and npm's registry must be reachable`;
      throw new BenchError("LAC7010", message, hint, error);
    }
  };
}
