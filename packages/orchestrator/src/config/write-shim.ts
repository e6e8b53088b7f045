import { writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { LaconicError } from "../errors.js";
import { CONFIG_FILES, findConfig } from "./load-config.js";
import type { ShimChoice } from "./define-config.js";

/**
 * Writes a choice into the project's configuration, which is made when there is none. Everything else of the file stays as
 * its author wrote it. Returns the file's absolute path.
 *
 * @param fn the function that it is for; left out, the whole app
 * @throws {LaconicError} LAC8014 when the file is not of the form that can be edited
 */
export async function writeShim(project: string, shim: ShimChoice, fn?: string): Promise<string> {
  const path = findConfig(project);
  if (path === undefined) return create(join(project, CONFIG_FILES[0]!), shim, fn);
  // Loaded for this command alone.
  const [{ loadFile, writeFile: save }, { getDefaultExportOptions }] = await Promise.all([
    import("magicast"),
    import("magicast/helpers"),
  ]);
  try {
    const module = await loadFile(path);
    const options = getDefaultExportOptions(module) as Record<string, unknown>;
    if (fn === undefined) options["shim"] = shim;
    else {
      // What is read back is the syntax tree's, and only what is written to it is kept.
      options["functions"] ??= {};
      const functions = options["functions"] as Record<string, Record<string, unknown>>;
      functions[fn] ??= {};
      functions[fn]["shim"] = shim;
    }
    await save(module, path);
    return path;
  } catch (cause) {
    const where = relative(project, path);
    throw new LaconicError("LAC8014", `${where} cannot be edited: ${(cause as Error).message}.`, {
      hint: `Write it yourself: ${fn === undefined ? `shim: "${shim}"` : `functions: { "${fn}": { shim: "${shim}" } }`}.`,
      cause,
    });
  }
}

async function create(path: string, shim: ShimChoice, fn: string | undefined): Promise<string> {
  const choice =
    fn === undefined ? `shim: "${shim}"` : `functions: { ${JSON.stringify(fn)}: { shim: "${shim}" } }`;
  await writeFile(
    path,
    `import { defineConfig } from "@laconic/cli/config";\n\nexport default defineConfig({\n  ${choice},\n});\n`,
  );
  return path;
}
