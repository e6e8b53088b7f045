import { dirname, relative, resolve } from "node:path";
import { getTsconfig, parseTsconfig, type TsConfigJsonResolved } from "get-tsconfig";
import { existsSync } from "node:fs";
import { failure, isSourceFile } from "../file.js";

export interface Selection {
  /** As they are printed: relative to the working folder. */
  readonly paths: readonly string[];
  /** Named one by one, so each has to be what the transform wants; files found by a pattern may be anything. */
  readonly named: boolean;
}

const IGNORE = ["**/node_modules/**", "**/.laconic/**", "**/dist/**", "**/*.d.{ts,mts,cts}"];

/**
 * The files that a command line means: paths, patterns, or all that a tsconfig includes when there is neither.
 * @throws RewriteError LAC1022 without any, LAC1023 when a pattern matches nothing, LAC1024 for a bad tsconfig
 */
export async function select(
  args: readonly string[],
  tsconfig: string | undefined,
  cwd: string,
): Promise<Selection> {
  const patterns = args.filter((arg) => isPattern(arg, cwd));
  if (args.length > 0 && patterns.length === 0) return { paths: args.map(normal), named: true };
  if (args.length === 0 && tsconfig === undefined) {
    throw failure("LAC1022", "laconic-rewrite", { text: "No file was named" });
  }
  if (args.length === 0)
    return { paths: await includedFiles(readTsconfig(tsconfig!, cwd), tsconfig!, cwd), named: false };
  const found = await matches(patterns, cwd);
  if (found.length === 0) throw failure("LAC1023", patterns.join(" "), { cwd });
  const plain = args.filter((arg) => !patterns.includes(arg)).map(normal);
  return { paths: [...new Set([...plain, ...found])], named: false };
}

function normal(path: string): string {
  return path.replace(/^\.\//, "");
}

// A file may be called [id].ts: what exists is a path, whatever characters it has.
function isPattern(arg: string, cwd: string): boolean {
  return /[*?{}[\]!]/.test(arg) && !existsSync(resolve(cwd, arg));
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
  return found.filter(isSourceFile).sort();
}

/** @throws RewriteError LAC1024 */
export function readTsconfig(path: string, cwd: string): TsConfigJsonResolved {
  try {
    return parseTsconfig(resolve(cwd, path));
  } catch (cause) {
    throw failure("LAC1024", path, { reason: (cause as Error).message }, cause);
  }
}

async function includedFiles(config: TsConfigJsonResolved, path: string, cwd: string): Promise<string[]> {
  const base = dirname(resolve(cwd, path));
  const listed = (config.files ?? []).map((file) => relative(cwd, resolve(base, file)));
  const include = config.include ?? (config.files ? [] : ["**/*"]);
  const found = await matches(include.map(asPattern), base, (config.exclude ?? []).map(asPattern));
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
