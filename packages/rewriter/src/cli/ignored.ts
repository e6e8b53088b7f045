import ignore, { type Ignore } from "ignore";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";

/** Tells which files the .gitignore files around them leave out, up to the root of the repository. */
export class Ignored {
  readonly #rules = new Map<string, Ignore | undefined>();
  readonly #top: string;

  constructor(private readonly cwd: string) {
    this.#top = repositoryAround(cwd) ?? cwd;
  }

  /** @param path relative to the working folder */
  has(path: string): boolean {
    const location = resolve(this.cwd, path);
    // The rules of a deeper folder come after those of the folders above it.
    return this.#foldersTo(location).reduce((isIgnored, folder) => {
      const { ignored, unignored } = this.#rulesIn(folder)?.test(posix(relative(folder, location))) ?? {};
      return ignored === true || (isIgnored && unignored !== true);
    }, false);
  }

  #foldersTo(location: string): string[] {
    const folders: string[] = [];
    for (let folder = dirname(location); isInside(folder, this.#top); folder = dirname(folder)) {
      folders.unshift(folder);
      if (folder === this.#top) break;
    }
    return folders;
  }

  #rulesIn(folder: string): Ignore | undefined {
    if (!this.#rules.has(folder)) this.#rules.set(folder, rulesOf(join(folder, ".gitignore")));
    return this.#rules.get(folder);
  }
}

function rulesOf(path: string): Ignore | undefined {
  try {
    return ignore().add(readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
}

function repositoryAround(folder: string): string | undefined {
  if (existsSync(join(folder, ".git"))) return folder;
  const above = dirname(folder);
  return above === folder ? undefined : repositoryAround(above);
}

function isInside(folder: string, top: string): boolean {
  return folder === top || folder.startsWith(top.endsWith(sep) ? top : top + sep);
}

function posix(path: string): string {
  return path.replaceAll("\\", "/");
}
