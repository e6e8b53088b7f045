import { relative } from "node:path";
import {
  bundle as bundleApp,
  type BundleInput,
  bundleConsole,
  findReach,
  type Reach,
  traceMap,
} from "@laconic/node-compat";
import type { ArtifactFolder } from "../artifact-folder.js";
import { listedRequires } from "./listed-requires.js";
import type { Rewritten } from "./rewrite.js";
import type { Source } from "./source.js";

/** The app and all it imports, as one ES module on disk. */
export interface Bundle {
  /** Staged path. */
  readonly path: string;
  /** Staged path of the source map that stack traces need. */
  readonly traceMap: string;
  /** Staged path of the module that formats what the app prints; an app that never says `console` has none. */
  readonly console?: string;
  readonly bytes: number;
  readonly inputs: readonly BundleInput[];
  /** What it can use of the engine. */
  readonly reach: Reach;
  readonly warnings: readonly string[];
}

/** @param uses what code that the app makes at run time uses, as far as the user names it */
export async function bundle(
  rewritten: Rewritten,
  folder: ArtifactFolder,
  uses: readonly string[],
): Promise<Bundle> {
  const { source } = rewritten;
  const file = `${source.name}.mjs`;
  const { code, map, inputs, globals, warnings, report } = await bundleApp({
    entry: source.entry,
    source: rewritten.text,
    sourceMap: rewritten.map,
    outfile: folder.final(file),
    root: source.project,
    usesAreKnown: uses.length > 0,
    uses,
    requires: await listedRequires(source),
    ...(source.runtimeFrom && { runtimeFrom: source.runtimeFrom }),
  });
  const trace = `${source.name}.trace.map`;
  await folder.write(file, code);
  await folder.write(`${file}.map`, map);
  await folder.write(trace, traceMap(map, { outfile: folder.final(file), root: source.project }));
  const reach = findReach({ code, map, inputs: inputs.map(({ path }) => path), provided: globals });
  const console = PRINTS.test(code) ? await bundleConsole() : undefined;
  const consoleFile = `${source.name}.console.mjs`;
  if (console) await folder.write(consoleFile, console.code);
  return {
    path: folder.staged(file),
    traceMap: folder.staged(trace),
    ...(console && { console: folder.staged(consoleFile) }),
    bytes: Buffer.byteLength(code),
    inputs,
    reach: { ...reach, modules: new Set([...reach.modules, ...(console?.imports ?? [])]) },
    warnings: [...warnings, ...namedFolder(code, source), ...lacking(report.findings.length, source)],
  };
}

/** The console as the app names it, and as the bundler writes its commonest methods; a logger that only prints text is neither. */
const PRINTS = /(?<![\w.$])console\b|\bglobalThis\.console\.(?:log|info|debug|warn|error)\b/;

/** What generators write into the code that they make: the place of the project on the machine that builds. */
function namedFolder(code: string, { project }: Source): string[] {
  // The name of a folder at the top may be a word of the app's own.
  const at = project.lastIndexOf("/") > 0 ? code.indexOf(project) : -1;
  if (at < 0) return [];
  const module = [...code.slice(0, at).matchAll(/^ *\/\/ (\S+\.\w+)$/gm)].at(-1)?.[1];
  return [
    `${module ?? "the app"} names the folder ${project} of this machine, which is not there where the app runs`,
  ];
}

/** One line, and not all of it at every build: most apps that have such places never reach them. */
function lacking(count: number, { entry, project }: Source): string[] {
  if (count === 0) return [];
  const what = count === 1 ? "one thing is" : `${count} things are`;
  return [
    `${what} lacking in the library where it may be reached: npx @laconic/cli check ${relative(project, entry)} tells which`,
  ];
}
