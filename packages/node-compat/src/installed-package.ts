import type { OnResolveArgs, PluginBuild } from "esbuild";

/** Marks a resolution that asks esbuild itself, so that the plugin which asks leaves it alone. */
export const ASKED = Symbol("asked");

export function isAsked({ pluginData }: OnResolveArgs): boolean {
  return pluginData === ASKED;
}

/** Whether a package of a built-in's name is installed, which then takes the place of one that the library lacks. */
export async function isPackage(args: OnResolveArgs, build: PluginBuild): Promise<boolean> {
  const { path, resolveDir, importer, kind } = args;
  if (path.startsWith("node:")) return false;
  const { errors, external } = await build.resolve(path, { resolveDir, importer, kind, pluginData: ASKED });
  return errors.length === 0 && !external;
}
