import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { LaconicError } from "../errors.js";
import { checkConfig } from "./check-config.js";
import type { LaconicConfig } from "./define-config.js";

/** Where the configuration is looked for, in the project's folder. */
export const CONFIG_FILES = ["ts", "mts", "js", "mjs"].map((extension) => `laconic.config.${extension}`);

/** The project's configuration; empty when there is no file. */
export interface LoadedConfig {
  /** Absolute path of the file; undefined when there is none. */
  readonly path: string | undefined;
  readonly config: LaconicConfig;
}

/** The configuration file of a project, if it has one. */
export function findConfig(project: string): string | undefined {
  return CONFIG_FILES.map((name) => join(project, name)).find(existsSync);
}

/**
 * Reads the configuration of a project.
 *
 * @throws {LaconicError} LAC8012 when it cannot be evaluated, LAC8013 when a value of it cannot be
 */
export async function loadConfig(project: string): Promise<LoadedConfig> {
  const path = findConfig(project);
  if (path === undefined) return { path, config: {} };
  const config = await evaluate(path);
  checkConfig(config, path);
  return { path, config };
}

async function evaluate(path: string): Promise<unknown> {
  // Loaded for such projects alone.
  const { createJiti } = await import("jiti");
  const jiti = createJiti(import.meta.url, {
    // Read anew each time: a command that wrote the file may read it again.
    ...{ moduleCache: false, fsCache: false },
    // Also where the command runs without an install.
    alias: { "@laconic/cli/config": fileURLToPath(new URL("./define-config.js", import.meta.url)) },
  });
  try {
    return await jiti.import(path, { default: true });
  } catch (cause) {
    const { message, stack } = cause as Error;
    throw new LaconicError("LAC8012", `The configuration ${path} cannot be read: ${message}`, {
      ...(stack && { frame: stack }),
      hint: "It is a module whose default export is defineConfig({ ... }) of @laconic/cli/config.",
      cause,
    });
  }
}
