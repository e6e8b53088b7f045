import { dirname, relative, resolve } from "node:path";
import { getTsconfig, parseTsconfig, type TsConfigJsonResolved } from "get-tsconfig";
import { existsSync, statSync } from "node:fs";
import { failure, isSourceFile } from "../file.js";
import { Ignored } from "./ignored.js";

export interface Selection {
  /** As they are printed: relative to the working folder. */
  readonly paths: readonly string[];
  /** Named one by one, so each has to be what the transform wants; files found by a pattern may be anything. */
  readonly named: boolean;
}

/** What tools write, and nobody edits. */
const GENERATED =
  "node_modules .git .laconic dist coverage .nyc_output .aws-sam .serverless .esbuild cdk.out .next .nuxt .output .svelte-kit";
const IGNORE = [...GENERATED.split(" ").map((folder) => `**/${folder}/**`), "**/*.d.{ts,mts,cts}"];

/**
 * The files that a command line means: paths, folders, patterns, or all that a tsconfig includes when there is none of them.
 * What a folder or a pattern finds is only what git does not ignore.
 * @param ignored patterns of what is left out
 * @throws RewriteError LAC1022 without any, LAC1023 when a pattern matches nothing, LAC1024 for a bad tsconfig
 */
export async function select(
  args: readonly string[],
  tsconfig: string | undefined,
  cwd: string,
  ignored: readonly string[] = [],
): Promise<Selection> {
  const leftOut = ignored.flatMap(anywhere);
  if (args.length === 0 && tsconfig === undefined) {
    throw failure("LAC1022", "laconic-rewrite", { text: "No file was named" });
  }
  if (args.length === 0)
    return {
      paths: await includedFiles(readTsconfig(tsconfig!, cwd), tsconfig!, cwd, leftOut),
      named: false,
    };
  const wide = args.filter((arg) => isPattern(arg, cwd) || isFolder(arg, cwd));
  const plain = args.filter((arg) => !wide.includes(arg)).map((arg) => printed(arg, cwd));
  if (wide.length === 0) return { paths: [...new Set(plain)], named: true };
  const patterns = wide.map((arg) => (isFolder(arg, cwd) ? everythingIn(arg, cwd) : normal(arg)));
  const found = await matches(patterns, cwd, leftOut);
  if (found.length === 0) throw failure("LAC1023", wide.join(" "), { cwd });
  return { paths: [...new Set([...plain, ...found])], named: false };
}

/** As in .gitignore, a name without a slash means every file and folder of that name. */
function anywhere(pattern: string): string[] {
  const name = normal(pattern).replace(/\/$/, "");
  const start = name.includes("/") ? name.replace(/^\//, "") : `**/${name}`;
  return [start, `${start}/**`];
}

/** A path as it is printed, and as a diff names it: relative to the working folder, wherever it can be. */
function printed(arg: string, cwd: string): string {
  const path = relative(cwd, resolve(cwd, arg));
  return path === "" || path.startsWith("..") ? arg : path;
}

function normal(path: string): string {
  return path.replace(/^\.\//, "");
}

// A file may be called [id].ts: what exists is a path, whatever characters it has.
function isPattern(arg: string, cwd: string): boolean {
  return /[*?{}[\]!]/.test(arg) && !existsSync(resolve(cwd, arg));
}

function isFolder(arg: string, cwd: string): boolean {
  return statSync(resolve(cwd, arg), { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function everythingIn(folder: string, cwd: string): string {
  const path = printed(folder, cwd).replaceAll("\\", "/").replace(/\/$/, "");
  const isHere = resolve(cwd, folder) === cwd;
  return isHere ? "**/*" : `${path.replace(/[*?{}[\]!()]/g, "\\$&")}/**/*`;
}

async function matches(
  patterns: readonly string[],
  cwd: string,
  ignore: readonly string[] = [],
): Promise<string[]> {
  const { glob } = await import("tinyglobby");
  const options = {
    cwd,
    ignore: [...IGNORE, ...ignore],
    followSymbolicLinks: false,
    expandDirectories: false,
    dot: true,
  };
  const found = await glob([...patterns], options);
  const ignored = new Ignored(cwd);
  return found.filter((path) => isSourceFile(path) && !ignored.has(path)).sort();
}

/** @throws RewriteError LAC1024 */
export function readTsconfig(path: string, cwd: string): TsConfigJsonResolved {
  try {
    return parseTsconfig(resolve(cwd, path));
  } catch (cause) {
    throw failure("LAC1024", path, { reason: (cause as Error).message }, cause);
  }
}

async function includedFiles(
  config: TsConfigJsonResolved,
  path: string,
  cwd: string,
  leftOut: readonly string[],
): Promise<string[]> {
  const base = dirname(resolve(cwd, path));
  const listed = (config.files ?? []).map((file) => relative(cwd, resolve(base, file)));
  const include = config.include ?? (config.files ? [] : ["**/*"]);
  const found = await matches(include.map(asPattern), base, [
    ...(config.exclude ?? []).map(asPattern),
    ...leftOut,
  ]);
  const all = [...listed, ...found.map((file) => relative(cwd, resolve(base, file)))];
  if (all.length === 0) throw failure("LAC1023", path, { cwd });
  return [...new Set(all)];
}

// A folder in a tsconfig stands for everything in it.
function asPattern(entry: string): string {
  const pattern = entry.replace(/^\.\//, "").replace(/\/$/, "");
  return /[*?]/.test(pattern) || /\.\w+$/.test(pattern) ? pattern : `${pattern}/**/*`;
}

/** The tsconfig that goes with a file: the one named, or the nearest above it. */
export function tsconfigFor(
  location: string,
  named: string | undefined,
  cwd: string,
): ReturnType<typeof getTsconfig> {
  if (named !== undefined) return { path: resolve(cwd, named), config: readTsconfig(named, cwd) };
  try {
    return getTsconfig(location);
  } catch {
    // One that nobody asked for must not stop a rewrite that does not need it.
    return null;
  }
}
