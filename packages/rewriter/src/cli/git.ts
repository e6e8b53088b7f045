import { execFile } from "node:child_process";
import { basename, dirname } from "node:path";

/**
 * Whether git knows a version of the file that differs from what is on the disk, or none at all. A file outside a
 * repository, or ignored by it, is not git's business; neither is a machine without git.
 */
export function hasUncommittedChanges(location: string): Promise<boolean> {
  const args = ["status", "--porcelain", "--untracked-files=normal", "--", basename(location)];
  return new Promise((resolve) => {
    execFile("git", args, { cwd: dirname(location) }, (error, stdout) =>
      resolve(error === null && stdout.trim() !== ""),
    );
  });
}
