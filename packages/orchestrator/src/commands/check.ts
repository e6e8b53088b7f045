import { join, relative } from "node:path";
import { check, type CompatibilityReport } from "@laconic/node-compat";
import { listedRequires } from "../stages/listed-requires.js";
import { findEntry, loadSource } from "../stages/source.js";

/** What an app uses and the library lacks. */
export interface Checked {
  /** Relative to the project. */
  readonly entry: string;
  readonly report: CompatibilityReport;
}

/** Reports what an app would miss in the library; nothing is built, and nothing written. */
export async function checkApp(entry: string | undefined): Promise<Checked> {
  const source = await loadSource(entry ?? (await findEntry(process.cwd())));
  const report = await check({
    entry: source.entry,
    root: source.project,
    requires: await listedRequires(source),
    outfile: join(source.project, ".laconic", `${source.name}.mjs`),
  });
  return { entry: relative(source.project, source.entry), report };
}
