import { resolve } from "node:path";
import type { Metafile } from "esbuild";
import type { Node } from "estree";
import { findBuiltin } from "../builtins.js";
import type { BundleErrorCode, SourceLocation } from "../errors.js";
import { askedKey, type Asked } from "../follow/asked.js";
import type { Followed } from "../follow/find-asked.js";
import { isRequirablePlace } from "../follow/requirable-modules.js";
import { importChain } from "../import-chain.js";
import { nodeExports } from "../table/node-exports.js";
import { isAddon, isNativePackage, packageFolder, packageName } from "../native-addon.js";
import { globalUses, type GlobalUse } from "./globals.js";
import { isNeeded } from "./need.js";
import type { Origins } from "./origins.js";
import type { ProgramView } from "./program.js";
import type { Reach } from "./reach.js";
import type { Finding, FindingKind, Reached } from "./report.js";
import { type ModuleUse, type ModuleUses } from "./uses.js";

/** What the findings are read from. */
export interface Evidence {
  readonly view: ProgramView;
  readonly reach: Reach;
  readonly origins: Origins;
  readonly metafile: Metafile;
  /** The entry's path in the metafile. */
  readonly entry: string;
  /** Absolute; the metafile's paths are relative to it. */
  readonly root: string;
  readonly uses: ModuleUses;
  readonly followed: Followed;
  /** Keys of what is asked for and cannot be found. */
  readonly missing: ReadonlySet<string>;
}

/** A finding before its place in the sources is known. */
interface Suspicion {
  readonly kind: FindingKind;
  readonly code: BundleErrorCode;
  readonly module: string;
  readonly name?: string;
  readonly message: string;
  readonly hint: string;
  readonly node: Node;
  /** What stands at the place in the source. */
  readonly words: RegExp;
  reached(location: SourceLocation): boolean;
}

/** Everything that the bundle uses and the library lacks; those reached at load first, then in the sources' order. */
export function findingsIn(evidence: Evidence): Finding[] {
  const { view, reach, uses, followed, missing } = evidence;
  const suspicions = [
    ...uses.found.flatMap((use) => suspectModule(use, reach) ?? []),
    ...reach.addonCalls().map(({ file, node }) => suspectAddon(file, node, reach, /["'`]/)),
    ...uses.dynamic.filter((node) => !followed.known.has(node)).map((node) => suspectDynamic(node, reach)),
    ...uses.passed.map((node) => suspectPassed(node, reach)),
    ...followed.asked
      .filter((one) => missing.has(askedKey(one)) && !isOptional(one))
      .map(({ call, specifier }) => suspectMissing(call, specifier, reach)),
    ...globalUses(view).map((use) => suspectGlobal(use, evidence)),
  ];
  return merge(suspicions.flatMap((suspicion) => locate(suspicion, evidence) ?? []));
}

function suspectModule(use: ModuleUse, reach: Reach): Suspicion | undefined {
  const { specifier, members, node } = use;
  const builtin = findBuiltin(specifier);
  if (members.length > 0) return suspectExport(use, reach);
  if (isAddon(specifier)) return suspectAddon(specifier, node, reach, quoted(specifier));
  const isLacking = builtin?.support === "unsupported";
  const isUnknown = builtin === undefined && specifier.startsWith("node:");
  if (!isLacking && !isUnknown) return undefined;
  return {
    kind: "builtin",
    code: "LAC2001",
    module: builtin ? `node:${builtin.name}` : specifier,
    message: builtin
      ? `The Node built-in "node:${builtin.name}" is not available in the library: ${builtin.reason}.`
      : `"${specifier}" is not a Node built-in.`,
    hint: builtin ? `${builtin.wayOut}.` : "Check the name.",
    node,
    words: quoted(specifier),
    reached: ({ file }) => isModuleReached(node, file, reach),
  };
}

const ADDON_HINT =
  "Use a package without native code, or deploy this app with the managed Node runtime (--shim node).";

function suspectAddon(specifier: string, node: Node, reach: Reach, words: RegExp): Suspicion {
  return {
    kind: "native-addon",
    code: "LAC2003",
    module: specifier,
    message: "A native addon (.node) cannot be loaded into the library.",
    hint: ADDON_HINT,
    node,
    words,
    reached: ({ file }) => isModuleReached(node, file, reach),
  };
}

function quoted(specifier: string): RegExp {
  return new RegExp(`["'\`](?:node:)?${escape(specifier.replace(/^node:/, ""))}["'\`]`);
}

function suspectExport(use: ModuleUse, reach: Reach): Suspicion | undefined {
  const { specifier, members, node, needs, isOnlyTested, isNamedImport } = use;
  const builtin = findBuiltin(specifier);
  if (!builtin || builtin.support === "unsupported") return undefined;
  const name = members.join(".");
  const module = `node:${builtin.name}`;
  const row = builtin.exports?.[name];
  const words = new RegExp(`(?<![\\w$])${escape(members.at(-1)!)}(?![\\w$])`);
  const common = { kind: "export", code: "LAC2005", module, name, node, words } as const;
  if (row?.support === "unsupported") {
    if (isOnlyTested) return undefined;
    return {
      ...common,
      message: `"${name}" of the Node built-in "${module}" is not available in the library: ${row.reason}.`,
      hint: `${row.wayOut ?? builtin.wayOut ?? "Do without it, or deploy this app with the managed Node runtime (--shim node)"}.`,
      reached: () => needs.some((need) => reach.isSure(need)),
    };
  }
  const isUnknown = row === undefined && members.length === 1 && !nodeExports[builtin.name]?.includes(name);
  if (!isNamedImport || !isUnknown || name.startsWith("_")) return undefined;
  const message = `The Node built-in "${module}" has no export "${name}".`;
  return { ...common, message, hint: "Check the name.", reached: ({ file }) => reach.isModuleSure(file) };
}

const DYNAMIC = { kind: "dynamic-require", code: "LAC2007", module: "require" } as const;

function suspectDynamic(node: Node, reach: Reach): Suspicion {
  return {
    ...DYNAMIC,
    message: "A module is required by a name that is only known at run time, so it cannot be in the library.",
    hint: 'Require it by its literal name, list what it may be in package.json: "laconic": { "require": ["pg"] }, or leave this code out of the handler\'s path.',
    node,
    words: /\brequire\b/,
    reached: () => reach.isSure(node),
  };
}

function suspectPassed(node: Node, reach: Reach): Suspicion {
  return {
    ...DYNAMIC,
    message: "A function that createRequire() made is passed on, so what it loads is not known to the build.",
    hint: "Call it where it is made, with literal names, or import what it would load.",
    node,
    words: /\b(?:createR|r)equire\b/,
    reached: () => reach.isSure(node),
  };
}

function suspectMissing(node: Node, specifier: string, reach: Reach): Suspicion {
  return {
    ...DYNAMIC,
    module: specifier,
    message: `The module "${specifier}" is required at run time, and it could not be found.`,
    hint: /^[./]/.test(specifier)
      ? "Check the path and the file's extension."
      : "Install it, or leave this code out of the handler's path.",
    node,
    words: quoted(specifier),
    reached: () => reach.isSure(node),
  };
}

/** Drivers and peers that a package can do without, and what is only one of several names. */
function isOptional({ importer, specifier, isGuess = false }: Asked): boolean {
  return isGuess || (importer.includes("/node_modules/") && !/^[./]/.test(specifier));
}

function suspectGlobal({ name, node, row }: GlobalUse, { view, reach }: Evidence): Suspicion {
  const { reason, wayOut } = row;
  return {
    kind: "global",
    code: "LAC2006",
    module: "globalThis",
    name,
    message: `The global "${name}" is not available in the library: ${reason}.`,
    hint: `${wayOut}.`,
    node,
    words: new RegExp(`(?<![\\w$])${escape(name)}(?![\\w$])`),
    // A name that is nowhere throws wherever it is read; a member of the global object is only undefined.
    reached: () => reach.isSure(node) && (node.type === "Identifier" || isNeeded(node, view)),
  };
}

/** Imports stand at the bundle's top whoever has them; a dynamic import is waited for in code that may never run. */
function isModuleReached(node: Node, file: string, reach: Reach): boolean {
  if (node.type === "ImportExpression") return false;
  return node.type === "CallExpression" ? reach.isSure(node) : reach.isModuleSure(file);
}

function locate(suspicion: Suspicion, evidence: Evidence): Finding | undefined {
  const { node, words } = suspicion;
  const location = evidence.origins.locate(node, words);
  if (location === undefined || isRequirablePlace(location.file)) return undefined;
  const { kind, code, module, name, message, hint } = nameAddon(suspicion, location.file, evidence.root);
  const reached: Reached = suspicion.reached(location) ? "load" : "maybe";
  return {
    kind,
    code,
    module,
    ...(name !== undefined && { name }),
    message,
    hint,
    reached,
    location,
    importChain: importChain(evidence.metafile, evidence.entry, location.file),
    uses: 1,
  };
}

type Named = Pick<Suspicion, "kind" | "code" | "module" | "name" | "message" | "hint">;

/** An addon is named after its package. A package that has one requires it, too, when it requires what it computes. */
function nameAddon(suspicion: Suspicion, file: string, root: string): Named {
  const folder = packageFolder(file);
  const isAddonOfPackage =
    suspicion.kind === "native-addon" ||
    (suspicion.kind === "dynamic-require" && folder !== undefined && isNativePackage(resolve(root, folder)));
  if (!isAddonOfPackage || folder === undefined) return suspicion;
  const module = packageName(folder);
  const message = `The native addon of the package "${module}" cannot be loaded into the library.`;
  return { kind: "native-addon", code: "LAC2003", module, message, hint: ADDON_HINT };
}

/** One finding for each file and thing, at its first surest place; one for each addon, which tries many files. */
function merge(findings: readonly Finding[]): Finding[] {
  const merged = new Map<string, Finding>();
  for (const finding of findings) {
    const { kind, module, name, location } = finding;
    const file = kind === "native-addon" ? "" : location!.file;
    const key = JSON.stringify([kind, module, name, file]);
    const other = merged.get(key);
    const best = other && (other.reached === "load" || finding.reached === "maybe") ? other : finding;
    merged.set(key, { ...best, uses: (other?.uses ?? 0) + 1 });
  }
  const rank = ({ reached }: Finding): number => (reached === "load" ? 0 : 1);
  return [...merged.values()].sort((a, b) => rank(a) - rank(b));
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
}
