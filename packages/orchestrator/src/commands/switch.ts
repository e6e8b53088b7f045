import { relative } from "node:path";
import { loadConfig } from "../config/load-config.js";
import { writeShim } from "../config/write-shim.js";
import type { Reporter } from "../reporter.js";
import type { ShimChoice } from "../shims.js";
import { findProject } from "../stages/source.js";

export interface Switched {
  /** Absolute path of the configuration. */
  readonly config: string;
  readonly shim: ShimChoice;
  /** What it was before; undefined when nothing was said. */
  readonly before?: ShimChoice;
}

/** Writes the shim into the configuration of the project that a folder lies in; the next build obeys it. */
export async function switchShim(
  shim: ShimChoice,
  { folder, fn }: { readonly folder: string; readonly fn?: string },
  reporter: Reporter,
): Promise<Switched> {
  const project = await findProject(folder);
  const { config } = await loadConfig(project);
  const before = fn === undefined ? config.shim : config.functions?.[fn]?.shim;
  const path = await writeShim(project, shim, fn);
  // Read back: what was written has to mean what was asked for.
  const written = (await loadConfig(project)).config;
  const now = fn === undefined ? written.shim : written.functions?.[fn]?.shim;
  if (now !== shim) throw new Error(`${path} says ${String(now)} after it was to say ${shim}`);
  reporter.line(`${relative(folder, path)}: ${fn ?? "the app"} ${before ? `${before} -> ` : ""}${shim}`);
  return { config: path, shim, ...(before && { before }) };
}
