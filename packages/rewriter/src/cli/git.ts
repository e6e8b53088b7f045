import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

/**
 * The files of which git knows a version that differs from what is on the disk, or none at all. A file outside a repository,
 * or ignored by it, is not git's business; neither is a machine without git. One question for each repository, however many
 * files there are.
 */
export async function uncommittedAmong(locations: readonly string[]): Promise<Set<string>> {
  const byRoot = new Map<string, string[]>();
  for (const location of locations) {
    const root = repositoryOf(dirname(location));
    if (root !== undefined) byRoot.set(root, [...(byRoot.get(root) ?? []), location]);
  }
  const answers = await Promise.all([...byRoot].map(([root, files]) => changedIn(root, files)));
  return new Set(answers.flat());
}

const roots = new Map<string, string | undefined>();

function repositoryOf(folder: string): string | undefined {
  if (roots.has(folder)) return roots.get(folder);
  const above = dirname(folder);
  const root = existsSync(join(folder, ".git")) ? folder : above === folder ? undefined : repositoryOf(above);
  roots.set(folder, root);
  return root;
}

// What one command line may hold is limited.
const AT_ONCE = 500;

async function changedIn(root: string, files: readonly string[]): Promise<string[]> {
  const changed: string[] = [];
  for (let start = 0; start < files.length; start += AT_ONCE) {
    const paths = files.slice(start, start + AT_ONCE);
    const flags = ["--porcelain", "-z", "--no-renames", "--untracked-files=all"];
    const output = await git(root, ["--literal-pathspecs", "status", ...flags, "--", ...paths]);
    const lines = output.split("\0").filter((line) => line !== "");
    changed.push(...lines.map((line) => resolve(root, line.slice(3))));
  }
  return changed;
}

function git(cwd: string, args: readonly string[]): Promise<string> {
  return new Promise((answer) => {
    execFile("git", args, { cwd, maxBuffer: 1 << 28 }, (error, stdout) =>
      answer(error === null ? stdout : ""),
    );
  });
}
