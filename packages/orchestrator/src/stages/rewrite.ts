import { readFile } from "node:fs/promises";
import { basename, join, relative } from "node:path";
import { bundle } from "@laconic/node-compat";
import { callsOutsideEntry, rewrite as rewriteSource, where, type Diagnostic } from "@laconic/rewriter";
import type { ArtifactFolder } from "../artifact-folder.js";
import type { Source } from "./source.js";

/** The entry module as the library needs it. */
export interface Rewritten {
  readonly source: Source;
  readonly text: string;
  /** Source map to the author's text, version 3, as JSON. */
  readonly map: string;
  /** Name of the artifact that keeps it. */
  readonly file: string;
  readonly warnings: readonly string[];
}

/** The entry cannot be rewritten; carries the code of the first of the rewriter's errors. */
export class RewriteError extends Error {
  override readonly name = "RewriteError";
  readonly code: string;
  readonly frame: string;
  readonly hint: string;

  constructor(readonly diagnostics: readonly [Diagnostic, ...Diagnostic[]]) {
    const [first] = diagnostics;
    super(first.message);
    this.code = first.code;
    this.hint = first.hint;
    this.frame = diagnostics.map((each) => [where(each), each.frame].filter(Boolean).join("\n")).join("\n\n");
  }
}

/**
 * Rewrites the entry module; the author's file stays as it is, a copy of it and the result go to the folder.
 *
 * @throws {RewriteError} with every error found in the entry, or the place of a main() call in another module
 */
export async function rewrite(source: Source, folder: ArtifactFolder): Promise<Rewritten> {
  const path = relative(source.project, source.entry);
  await folder.write(`${source.name}.original${source.extension}`, source.text);
  const { text, map, diagnostics } = rewriteSource({ path, text: source.text });
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  const [first, ...rest] = errors.some(({ code }) => code === "LAC1001")
    ? await orMisplaced(errors, source, path)
    : errors;
  if (first) throw new RewriteError([first, ...rest]);
  const file = `${source.name}.library${source.extension}`;
  // The map's place is the entry's: the bundler reads it there.
  const mapJson = JSON.stringify({ ...map, sources: [basename(source.entry)] });
  await folder.write(file, text);
  await folder.write(`${file}.map`, mapJson);
  return {
    source,
    text,
    map: mapJson,
    file,
    warnings: diagnostics.map((diagnostic) => `${where(diagnostic)}: ${diagnostic.message}`),
  };
}

/** The main() call that the entry lacks may stand in a module that it imports: that is then the better error. */
async function orMisplaced(
  errors: readonly Diagnostic[],
  source: Source,
  path: string,
): Promise<readonly Diagnostic[]> {
  const modules = await importedModules(source);
  const misplaced = callsOutsideEntry(modules, path);
  return misplaced.length > 0 ? misplaced : errors;
}

async function importedModules({ entry, project }: Source): Promise<{ path: string; text: string }[]> {
  const outfile = join(project, ".laconic", "unused.mjs");
  const { inputs } = await bundle({ entry, outfile, root: project }).catch(() => ({ inputs: [] }));
  const own = inputs.filter(({ path }) => !path.includes("node_modules") && /\.[cm]?[jt]sx?$/.test(path));
  return Promise.all(
    own.map(async ({ path }) => ({ path, text: await readFile(join(project, path), "utf8") })),
  );
}
