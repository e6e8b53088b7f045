import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import type { PackageEntry } from "./package.js";

/** What of a bundle for Node lies outside of it. */
export interface PartlyBundled {
  readonly code: string;
  /** Folders of the packages that it imports and does not hold. */
  readonly external: readonly string[];
}

/**
 * Every file that the packages outside of a bundle need to run, their native addons included, where Node looks for them
 * beside the bundle.
 *
 * @param project absolute path
 */
export async function tracePackages(bundle: PartlyBundled, project: string): Promise<PackageEntry[]> {
  if (bundle.external.length === 0) return [];
  // Only for the few apps that have such packages: it takes longer to load than the bundler.
  const { nodeFileTrace } = await import("./node-file-trace.js");
  const base = commonFolder([project, ...bundle.external]);
  return besidePackages(bundle, project, "", async (place) => {
    const { fileList } = await nodeFileTrace([place], { base, processCwd: project });
    const files = [...fileList].filter(
      (file) => file.includes("node_modules/") && join(base, file) !== place,
    );
    return files.sort().map((file) => {
      const path = file.slice(file.indexOf("node_modules/"));
      const mode = file.endsWith(".node") ? 0o755 : 0o644;
      return { artifact: path, origin: join(base, file), path, mode };
    });
  });
}

/**
 * Does something with the bundle where Node finds the packages that it does not hold; the artifacts may be kept anywhere.
 *
 * @param otherwise where the bundle of an app without such packages lies
 */
export async function besidePackages<T>(
  { code, external }: PartlyBundled,
  project: string,
  otherwise: string,
  act: (bundle: string) => Promise<T>,
): Promise<T> {
  if (external.length === 0) return act(otherwise);
  const installed = join(project, "node_modules");
  await mkdir(installed, { recursive: true });
  const folder = await mkdtemp(join(installed, ".laconic-"));
  try {
    const place = join(folder, "app.mjs");
    await writeFile(place, code);
    return await act(place);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A workspace keeps the packages of its projects in a folder above them. */
function commonFolder(paths: readonly string[]): string {
  return paths.reduce((folder, path) => {
    let common = folder;
    while (relative(common, path).startsWith("..")) common = dirname(common);
    return common;
  });
}
