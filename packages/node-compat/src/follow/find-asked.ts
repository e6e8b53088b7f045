import { dirname, isAbsolute, relative, resolve } from "node:path";
import type { CallExpression, Node } from "estree";
import type { ProgramView } from "../check/program.js";
import type { ModuleUses } from "../check/uses.js";
import { findBuiltin } from "../builtins.js";
import { moduleHeads } from "../module-places.js";
import type { Asked } from "./asked.js";
import { declaredDependencies, isDeclared } from "./declared-dependencies.js";
import { globbedFiles } from "./globbed-files.js";
import { requiredByKnown } from "./known-packages.js";
import { ANY, possibleNames, type Place } from "./possible-names.js";

/** What a module is looked for with. */
interface Evidence {
  readonly view: ProgramView;
  readonly uses: ModuleUses;
  /** The bundle's text, and its modules by their paths relative to the root. */
  readonly code: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Absolute. */
  readonly root: string;
}

/** What a call asks for, by a name of the app's or by one of those that it may stand for. */
export interface AskedBy extends Asked {
  readonly call: CallExpression;
}

/** What the calls that the bundler does not follow ask for. */
export interface Followed {
  readonly asked: readonly AskedBy[];
  /** Those of the calls of which it is known what they may ask for. */
  readonly known: ReadonlySet<Node>;
}

/**
 * Finds the modules that are required by what `createRequire` made, and by names that are computed: constants, paths that are
 * made of the module's own place, and what a known package lets its user choose.
 */
export function findAsked({ view, uses, code, inputs, root }: Evidence): Followed {
  const found: AskedBy[] = [];
  const known = new Set<Node>();
  const heads = moduleHeads(code, inputs);
  const follow = (call: CallExpression, place?: Node): void => {
    // Not by the source map: that of a package leads on to what it was compiled from.
    const head = heads.findLast(({ index }) => index < call.range![0]);
    if (head === undefined) return;
    const own = { file: resolve(root, head.path), root };
    const importers = place === undefined ? [own.file] : possibleNames(place, view, own);
    const names = possibleNames(call.arguments[0], view, own);
    const asked = importers
      .map((path) => fileOf(path, own.file))
      .flatMap((importer) => names.flatMap((name) => askedBy(name, importer, own, names.length > 1)))
      // A literal of what createRequire made is as good as one of require.
      .filter(({ importer, specifier }) => place !== undefined || isWanted(specifier, importer, root));
    if (asked.length === 0 && names.some((name) => name.includes(ANY))) return;
    known.add(call);
    found.push(...asked.map((one) => ({ ...one, call })));
  };
  for (const { call, place } of uses.created) follow(call, place);
  const made = new Set(uses.created.map(({ call }) => call));
  for (const call of uses.dynamic) if (!made.has(call)) follow(call);
  return { asked: found, known };
}

function askedBy(name: string, importer: string, { file, root }: Place, isGuess: boolean): Asked[] {
  if (!name.includes(ANY)) return isOutside(name, root) ? [] : [{ importer, specifier: name, isGuess }];
  const byKnown = requiredByKnown(file, root, declaredDependencies(root));
  const specifiers = byKnown
    ? [...byKnown.packages, ...(byKnown.files === undefined ? [] : globbedFiles(byKnown.files))]
    : filesOf(name, importer, root);
  return specifiers.map((specifier) => ({ importer, specifier, isGuess: true }));
}

/**
 * The files that a path with unknown parts may stand for, in a folder of the app's own: what is installed has too many, and
 * at the project's top there is everything.
 */
function filesOf(name: string, importer: string, root: string): string[] {
  if (!isAbsolute(name) && !/^\.{1,2}\//.test(name)) return [];
  // Of what the bundler itself has looked for, the path is relative to the module.
  const path = isAbsolute(name) ? name : resolve(dirname(importer), name);
  const known = path.slice(0, path.indexOf(ANY));
  const folder = relative(root, known.endsWith("/") ? known : dirname(known));
  if (folder === "" || folder.startsWith("..") || folder.includes("node_modules")) return [];
  return globbedFiles(path);
}

function isWanted(specifier: string, importer: string, root: string): boolean {
  const isPackage = !/^[./#]/.test(specifier) && findBuiltin(specifier) === undefined;
  return !isPackage || !importer.includes("/node_modules/") || isDeclared(specifier, importer, root);
}

/** A package is found from the module that asks when nobody can tell what it gave `createRequire`. */
function fileOf(place: string, own: string): string {
  const path = place.replace(/^file:(?:\/\/)?/, "");
  return isAbsolute(path) && !path.includes(ANY) ? (path.endsWith("/") ? `${path}index.js` : path) : own;
}

/** A file of the machine that runs the app is not known here. */
function isOutside(specifier: string, root: string): boolean {
  return (
    isAbsolute(specifier) &&
    relative(root, specifier).startsWith("..") &&
    !specifier.includes("/node_modules/")
  );
}
