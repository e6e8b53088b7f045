import { randomBytes } from "node:crypto";
import { access, constants, mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { LaconicError } from "./errors.js";

const STAGING = ".building-";
const FAILED = "failed";

/**
 * Where a build keeps what it makes. Artifacts are made in a staging folder and moved into place together
 * at the end, so that the folder holds one whole build or another, whenever a build fails or is killed.
 */
export class ArtifactFolder {
  private constructor(
    /** Absolute path, normally `<project>/.laconic`. */
    readonly path: string,
    private readonly staging: string,
  ) {}

  static async open(path: string): Promise<ArtifactFolder> {
    const staging = join(path, `${STAGING}${process.pid}-${randomBytes(4).toString("hex")}`);
    try {
      await mkdir(staging, { recursive: true });
      // The folder ignores itself, so that no user has to think of it.
      await writeFile(join(path, ".gitignore"), "*\n");
    } catch (cause) {
      // Without the folder's own file the staging folder is of no use to anybody.
      await rm(staging, { recursive: true, force: true }).catch(() => {});
      throw new LaconicError(
        "LAC8005",
        `The folder ${path} cannot be written: ${reason(await obstacle(path, cause))}.`,
        {
          hint: "Make it writable, or choose another with --out-dir.",
          cause,
        },
      );
    }
    await removeAbandoned(path);
    return new ArtifactFolder(path, staging);
  }

  /** Where to write an artifact while the build runs. */
  staged(name: string): string {
    return join(this.staging, name);
  }

  /** Where the artifact will be once the build has succeeded. */
  final(name: string): string {
    return join(this.path, name);
  }

  /**
   * @param name a plain file name: the folder is flat
   * @throws {LaconicError} LAC8005 when it cannot be written; nothing of it is left then
   */
  async write(name: string, content: string | Uint8Array): Promise<void> {
    try {
      await writeFile(this.staged(name), content);
    } catch (cause) {
      await rm(this.staged(name), { force: true });
      throw new LaconicError("LAC8005", `${name} cannot be written to ${this.path}: ${reason(cause)}.`, {
        hint: "Free some space there (`df -h`), or choose another folder with --out-dir.",
        cause,
      });
    }
  }

  /** Moves everything into place, the manifest last: it is the word that the build is whole. */
  async publish(manifest: string): Promise<void> {
    const names = await readdir(this.staging);
    for (const name of names.sort((a, b) => Number(a === manifest) - Number(b === manifest))) {
      await rename(this.staged(name), this.final(name));
    }
    await rm(this.final(FAILED), { recursive: true, force: true });
    await rm(this.staging, { recursive: true, force: true });
  }

  /** Keeps what a failed build made, for a look at it, apart from the last good one. Returns its folder, if anything was made. */
  async abandon(): Promise<string | undefined> {
    const made = await readdir(this.staging);
    await rm(this.final(FAILED), { recursive: true, force: true });
    if (made.length === 0) return this.discard();
    await rename(this.staging, this.final(FAILED));
    return this.final(FAILED);
  }

  /** Removes what a build made that nobody wants any more. */
  async discard(): Promise<undefined> {
    await rm(this.staging, { recursive: true, force: true });
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: "the disk is full",
  EDQUOT: "the disk quota is used up",
  EROFS: "it is on a read-only file system",
  EACCES: "permission denied",
  EPERM: "permission denied",
};

/** Making a folder below a read-only one fails as if it were not there: the nearest that exists says why. */
async function obstacle(path: string, otherwise: unknown): Promise<unknown> {
  for (let folder = path; folder !== dirname(folder); folder = dirname(folder)) {
    const error = await access(folder, constants.W_OK).then(
      () => otherwise,
      (cause: NodeJS.ErrnoException) => cause,
    );
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") return error;
    if (error === otherwise) return otherwise;
  }
  return otherwise;
}

function reason(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return REASONS[code ?? ""] ?? message;
}

/** Removes the staging folders of builds that were killed. */
async function removeAbandoned(path: string): Promise<void> {
  for (const name of await readdir(path)) {
    const pid = Number(/^\.building-(\d+)-/.exec(name)?.[1]);
    if (pid && !isAlive(pid)) await rm(join(path, name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
