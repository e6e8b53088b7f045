import { access, readFile, realpath, stat } from "node:fs/promises";
import { basename, dirname, extname, join, resolve } from "node:path";
import { LaconicError } from "../errors.js";

/** The app as its author wrote it. */
export interface Source {
  /** Absolute path of the entry module. */
  readonly entry: string;
  /** The entry's file name without its extension: artifacts are named after it. */
  readonly name: string;
  readonly extension: string;
  /** Nearest folder with a package.json, else the entry's own. */
  readonly project: string;
  readonly text: string;
  /** Folder from which @laconic/runtime is found when the project does not have it. */
  readonly runtimeFrom?: string;
}

/**
 * Reads the entry module.
 *
 * @throws {LaconicError} LAC8001 naming why it cannot be read
 */
export async function loadSource(path: string): Promise<Source> {
  const asked = resolve(path);
  const found = await stat(asked).catch((cause: unknown) => {
    throw unreadable(path, "there is no such file", cause);
  });
  if (found.isDirectory()) throw unreadable(path, "it is a folder: name the module that calls main()");
  const entry = await realpath(asked);
  const bytes = await readFile(entry).catch((cause: NodeJS.ErrnoException) => {
    throw unreadable(path, cause.code === "EACCES" ? "permission denied" : cause.message, cause);
  });
  const extension = extname(entry);
  if (!/^\.[cm]?[jt]sx?$/.test(extension)) throw unreadable(path, "it is neither TypeScript nor JavaScript");
  return {
    entry,
    name: basename(entry, extension),
    extension,
    project: await findProject(dirname(entry)),
    text: decode(bytes, path),
  };
}

/** Where the entry module is when nobody names it. */
const USUAL_ENTRIES = ["app", "src/app", "index", "src/index", "main", "src/main"].flatMap((name) => [
  `${name}.ts`,
  `${name}.mts`,
  `${name}.js`,
  `${name}.mjs`,
]);

/**
 * The entry module of the app in a folder, for a command that was not given one.
 *
 * @throws {LaconicError} LAC8001 when there is none at the usual places
 */
export async function findEntry(folder: string): Promise<string> {
  for (const name of USUAL_ENTRIES) if (await exists(join(folder, name))) return join(folder, name);
  throw new LaconicError("LAC8001", `There is no entry module in ${folder}.`, {
    hint: `Name it, or call it one of ${USUAL_ENTRIES.filter((name) => name.endsWith(".ts")).join(", ")}.`,
  });
}

function decode(bytes: Uint8Array, path: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw unreadable(path, "it is not UTF-8 text", cause);
  }
}

function unreadable(path: string, why: string, cause?: unknown): LaconicError {
  return new LaconicError("LAC8001", `The entry module ${path} cannot be read: ${why}.`, {
    hint: "Name the TypeScript file that calls main(), for example `npx @laconic/cli build app.ts`.",
    cause,
  });
}

/** The nearest folder with a package.json, upwards; without one, the folder itself. */
export async function findProject(folder: string): Promise<string> {
  for (let at = folder; ; at = dirname(at)) {
    if (await exists(join(at, "package.json"))) return at;
    if (at === dirname(at)) return folder;
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
