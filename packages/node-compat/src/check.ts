import { build, type BuildFailure, type BuildResult, type Plugin } from "esbuild";
import { boundary } from "./check/boundary.js";
import { findingsIn } from "./check/findings.js";
import { Origins } from "./check/origins.js";
import { readProgram } from "./check/program.js";
import { Reach } from "./check/reach.js";
import type { BuiltinUse, CompatibilityReport } from "./check/report.js";
import { ModuleUses } from "./check/uses.js";
import { outputText, type BundleOptions } from "./bundle.js";
import { findBuiltin } from "./builtins.js";
import { BundleError, type BundleProblem } from "./errors.js";
import { esbuildOptions } from "./esbuild-options.js";
import { explainAll, unresolvedSpecifier } from "./explain.js";
import { askedKey, type Asked } from "./follow/asked.js";
import { askedByEmptyGlobs } from "./follow/empty-globs.js";
import { findAsked } from "./follow/find-asked.js";
import { listedModules, listedProblems } from "./follow/listed-modules.js";
import { readRegistry, requirableModules } from "./follow/requirable-modules.js";
import { buildWithoutOptional } from "./optional-package.js";
import { standIn } from "./plugin.js";

type Built = BuildResult<{ write: false; metafile: true }>;

/** What the analysis of an app found. */
export interface Analysis {
  readonly report: CompatibilityReport;
  /** Imports that cannot be found; the report is of all else. */
  readonly problems: readonly BundleProblem[];
  /** What the app requires in ways that the bundler does not follow. */
  readonly asked: readonly Asked[];
}

/**
 * Reports what an app uses and the library lacks, without building it: built-ins, their exports, native addons, globals.
 *
 * The app is bundled with every built-in left out, so that what tree shaking drops is not reported, and the bundle is read:
 * which module or export each name stands for, and whether the place is evaluated whenever the app is loaded.
 *
 * @throws {BundleError} for imports that cannot be found and for syntax errors
 */
export async function check(options: BundleOptions): Promise<CompatibilityReport> {
  const { report, problems } = await analyse(options);
  if (problems.length > 0) throw new BundleError(problems);
  return report;
}

/**
 * The same, for a caller that wants to tell all problems at once. `first` are plugins that resolve before all others.
 * @throws {BundleError} for syntax errors
 */
export async function analyse(options: BundleOptions, ...first: Plugin[]): Promise<Analysis> {
  const listed = listedModules(options.requires ?? [], options.root);
  const asked = new Map<string, Asked>(listed.map((one) => [askedKey(one), one]));
  for (;;) {
    const missing = new Set<string>();
    const follow = requirableModules([...asked.values()], readRegistry, (one) => missing.add(askedKey(one)));
    const { built, problems } = await buildForReading(options, follow, first);
    const { metafile, outputFiles } = built;
    const entry = Object.values(metafile.outputs).find(({ entryPoint }) => entryPoint)?.entryPoint ?? "";
    const code = outputText(outputFiles, ".mjs");
    const view = readProgram(code);
    const origins = new Origins(outputText(outputFiles, ".map"), options.outfile, options.root);
    const uses = new ModuleUses(view);
    const followed = findAsked({ view, uses, code, inputs: metafile.inputs, root: options.root });
    const before = asked.size;
    for (const { importer, specifier } of [
      ...followed.asked,
      ...askedByEmptyGlobs(built.warnings, options.root),
    ])
      asked.set(askedKey({ importer, specifier }), { importer, specifier });
    // What is followed may itself ask for more.
    if (asked.size > before) continue;
    const evidence = { view, reach: new Reach(view), origins, metafile, entry, root: options.root };
    const findings = findingsIn({ ...evidence, uses, followed, missing });
    const told = [...problems(built, entry), ...listedProblems(listed, missing)];
    const ok =
      told.length === 0 &&
      findings.every(({ reached, kind }) => reached === "maybe" || kind === "dynamic-require");
    return {
      report: { ok, findings, builtins: builtinsOf(built) },
      problems: told,
      asked: [...asked.values()].filter((one) => !missing.has(askedKey(one))),
    };
  }
}

type Explanation = (built: Built, entry: string) => BundleProblem[];

/** What cannot be found is stood in for, because a failed build leaves no bundle to read. */
async function buildForReading(
  options: BundleOptions,
  follow: Plugin,
  first: readonly Plugin[],
): Promise<{ built: Built; problems: Explanation }> {
  try {
    return {
      built: await buildWithoutOptional(
        (...plugins) => build(esbuildOptions(options, ...plugins, ...first, boundary(), follow)),
        options.root,
      ),
      problems: () => [],
    };
  } catch (failure) {
    const { errors } = failure as BuildFailure;
    if (!Array.isArray(errors)) throw failure;
    const missing = errors.flatMap(({ text }) => unresolvedSpecifier(text) ?? []);
    const built = await build(esbuildOptions(options, ...first, standIn(missing), boundary(), follow)).catch(
      () => undefined,
    );
    // Another error, say of syntax, hides the graph: the messages go without their chains.
    if (built === undefined) throw new BundleError(explainAll(errors, undefined));
    const problems: Explanation = ({ metafile }, entry) => explainAll(errors, { metafile, entry });
    return { built, problems };
  }
}

function builtinsOf({ metafile }: Built): BuiltinUse[] {
  const imports = Object.values(metafile.outputs).flatMap((output) => output.imports);
  const rows = new Set(imports.filter(({ external }) => external).map(({ path }) => findBuiltin(path)));
  return [...rows]
    .flatMap((row) => (row ? [{ module: `node:${row.name}`, support: row.support }] : []))
    .sort((a, b) => (a.module < b.module ? -1 : 1));
}
