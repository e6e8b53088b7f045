import { isAbsolute, relative, resolve } from "node:path";
import type { CallExpression, Node } from "estree";
import type { Origins } from "../check/origins.js";
import type { ProgramView } from "../check/program.js";
import type { ModuleUses } from "../check/uses.js";
import type { Asked } from "./asked.js";
import { ANY, possibleNames } from "./possible-names.js";

/** What a module is looked for with. */
interface Evidence {
  readonly view: ProgramView;
  readonly uses: ModuleUses;
  readonly origins: Origins;
  /** Absolute. */
  readonly root: string;
}

/** What the calls that the bundler does not follow ask for. */
export interface Followed {
  /** With the call that asks. */
  readonly asked: readonly (Asked & { readonly call: CallExpression })[];
  /** Those of the calls of which every name is known. */
  readonly known: ReadonlySet<Node>;
}

/** Finds the modules that are required by what `createRequire` made, and by names that are constants. */
export function findAsked({ view, uses, origins, root }: Evidence): Followed {
  const asked: (Asked & { readonly call: CallExpression })[] = [];
  const known = new Set<Node>();
  const follow = (call: CallExpression, place?: Node): void => {
    const location = origins.locate(call, /\brequire\b/);
    if (location === undefined) return;
    const own = { file: resolve(root, location.file), root };
    const names = possibleNames(call.arguments[0], view, own);
    const importers = place === undefined ? [own.file] : possibleNames(place, view, own);
    if (names.some((name) => name.includes(ANY))) return;
    known.add(call);
    for (const importer of importers.map((path) => fileOf(path, own.file))) {
      for (const specifier of names) asked.push({ importer, specifier, isGuess: names.length > 1, call });
    }
  };
  for (const { call, place } of uses.created) follow(call, place);
  const made = new Set(uses.created.map(({ call }) => call));
  for (const call of uses.dynamic) if (!made.has(call)) follow(call);
  return { asked: asked.filter(({ specifier }) => !isOutside(specifier, root)), known };
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
