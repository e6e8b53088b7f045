import type { Diagnostic } from "./diagnostics.js";
import { fileProblem, problem } from "./diagnostics.js";
import type { Edit, Range, Source } from "./source.js";
import { Edits } from "./source/edits.js";
import { memberUses } from "./source/member-uses.js";
import { parseSource } from "./source/parse.js";
import { Scopes } from "./source/scopes.js";
import { LIBRARY, RUNTIME } from "./specifiers.js";
import type { AdoptOptions } from "./adopt-options.js";
import { adopt } from "./transforms/adopt.js";
import { library } from "./transforms/library.js";
import { activate, deactivate } from "./transforms/switch-runtime.js";
import { Workpiece, type Transform } from "./transforms/transform.js";

export type TransformName = "library" | "activate" | "deactivate" | "adopt";

export interface RewriteOptions extends AdoptOptions {
  /** Default: `library`. */
  readonly transform?: TransformName;
  /**
   * Other modules of the app, for `library`: a call of `main()` in one of them is reported by place, because only the
   * entry module may hold it.
   */
  readonly modules?: readonly Source[];
}

/** A source map, revision 3: from the rewritten text to the original. */
export interface SourceMapV3 {
  readonly version: number;
  readonly file?: string | undefined;
  readonly sources: (string | null)[];
  readonly sourcesContent?: (string | null)[] | undefined;
  readonly names: string[];
  readonly mappings: string;
}

export interface RewriteResult {
  readonly path: string;
  readonly changed: boolean;
  /** The rewritten text; the original when nothing changed or a diagnostic is an error. */
  readonly text: string;
  /** What was replaced, in source order, as ranges of the original text. */
  readonly edits: readonly Edit[];
  readonly diagnostics: readonly Diagnostic[];
  /** Made when it is first read. */
  readonly map: SourceMapV3;
}

/** `mention`: a file without that text has nothing for the transform, and is not parsed. */
const TRANSFORMS: Readonly<
  Record<TransformName, { run: Transform<AdoptOptions>; mention: string | RegExp }>
> = {
  library: { run: library, mention: RUNTIME },
  activate: { run: activate, mention: RUNTIME },
  deactivate: { run: deactivate, mention: LIBRARY },
  adopt: { run: adopt, mention: /\bexports?\b|\.\s*(?:listen|start)\b|\bserve\b|@laconic\/runtime/ },
};

/**
 * Rewrites one file. Pure: no disk, no clock, no environment. Never throws for what is in the text; that comes back as
 * diagnostics, and a file with an error comes back as it was.
 */
export function rewrite(source: Source, options: RewriteOptions = {}): RewriteResult {
  const name = options.transform ?? "library";
  const { run, mention } = TRANSFORMS[name];
  if (source.text.trim() === "") return untouched(source, [fileProblem("LAC1011", source.path)]);
  const misplaced = name === "library" ? callsOutsideEntry(options.modules ?? [], source.path) : [];
  if (!mentions(source.text, mention))
    return untouched(source, misplaced.length ? misplaced : unmentioned(source, name));
  const parsed = parseSource(source);
  if (parsed.diagnostics.length > 0) return untouched(source, parsed.diagnostics);
  const piece = new Workpiece(parsed);
  run(piece, options);
  const own = piece.diagnostics.filter(({ code }) => code !== "LAC1001" || misplaced.length === 0);
  const diagnostics = [...own, ...misplaced];
  if (diagnostics.some(({ severity }) => severity === "error")) return untouched(source, diagnostics);
  piece.finish();
  const overlap = piece.edits.overlap();
  if (overlap) return untouched(source, [...diagnostics, problem("LAC1052", source, overlap)]);
  return finished(source, piece.edits, diagnostics);
}

function mentions(text: string, mention: string | RegExp): boolean {
  return typeof mention === "string" ? text.includes(mention) : mention.test(text);
}

function unmentioned(source: Source, name: TransformName): Diagnostic[] {
  if (name === "library") return [fileProblem("LAC1001", source.path, { specifier: LIBRARY })];
  if (name === "adopt") return [fileProblem("LAC1040", source.path)];
  const specifier = JSON.stringify(name === "activate" ? RUNTIME : LIBRARY);
  return [fileProblem("LAC1031", source.path, { specifier })];
}

function untouched(source: Source, diagnostics: readonly Diagnostic[]): RewriteResult {
  return finished(source, new Edits(source), diagnostics);
}

function finished(source: Source, edits: Edits, diagnostics: readonly Diagnostic[]): RewriteResult {
  const { text, map } = edits.apply();
  return {
    path: source.path,
    changed: text !== source.text,
    text,
    edits: edits.list(),
    diagnostics,
    get map() {
      return map();
    },
  };
}

/** Where a module calls the library's `main()`: for a build that looks at modules other than the entry. */
export function findMainCalls(source: Source): Range[] {
  if (!source.text.includes(LIBRARY)) return [];
  const parsed = parseSource(source);
  const { calls } = memberUses(new Scopes(parsed.root), LIBRARY, "main");
  return calls.map((call) => ({ start: call.getStart(), end: call.end }));
}

/** The calls of `main()` in modules that are not the entry, as errors that name both places. */
export function callsOutsideEntry(modules: readonly Source[], entry: string): Diagnostic[] {
  return modules
    .filter(({ path }) => path !== entry)
    .flatMap((module) => findMainCalls(module).map((range) => problem("LAC1003", module, range, { entry })));
}
