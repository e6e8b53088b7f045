import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);

export const root = fileURLToPath(new URL("../..", import.meta.url));

/** Packs everything that would be published, as the release does; answers the files. */
export async function packAll(out: string, platform?: string): Promise<string[]> {
  const args = ["--no-build", "--out", out, ...(platform ? ["--platform", platform] : [])];
  const { stdout } = await run(process.execPath, [join(root, "tools/pack.mjs"), ...args]);
  return stdout.trim().split("\n");
}

/** How a command line ended. */
export interface Ended {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder outside of the repository, in which no package of it is found unless it is installed. */
export class Outside {
  private constructor(readonly folder: string) {}

  static async open(files: Readonly<Record<string, string>> = {}): Promise<Outside> {
    const outside = new Outside(await mkdtemp(join(tmpdir(), "laconic-outside-")));
    for (const [name, text] of Object.entries(files)) await outside.write(name, text);
    return outside;
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  async write(name: string, text: string): Promise<void> {
    await mkdir(dirname(this.path(name)), { recursive: true });
    await writeFile(this.path(name), text);
  }

  /** Runs a line in the shell, as a user types it. */
  async shell(line: string, env: Readonly<Record<string, string>> = {}): Promise<Ended> {
    const options = { cwd: this.folder, env: { ...userEnvironment(), ...env }, maxBuffer: 64 << 20 };
    return run("bash", ["-c", line], options).then(
      ({ stdout, stderr }) => ({ exitCode: 0, stdout, stderr }),
      ({ code, stdout, stderr }) => ({ exitCode: typeof code === "number" ? code : -1, stdout, stderr }),
    );
  }

  /** The same, of a line that must succeed; answers what it printed. */
  async succeed(line: string, env?: Readonly<Record<string, string>>): Promise<string> {
    const { exitCode, stdout, stderr } = await this.shell(line, env);
    if (exitCode !== 0) throw new Error(`${line} ended with ${exitCode}:\n${stdout}\n${stderr}`);
    return stdout;
  }

  remove(): Promise<void> {
    return rm(this.folder, { recursive: true, force: true });
  }
}

/** Without what npm and nx tell the scripts that they run: a user's shell has none of it. The registry stays. */
function userEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(npm_(?!config_registry$)|NX_|INIT_CWD$|NODE_PATH$|NODE_ENV$|VITEST)/i.test(name),
  );
  const path = (process.env["PATH"] ?? "")
    .split(":")
    .filter((folder) => !folder.includes("node_modules"))
    .join(":");
  return { ...Object.fromEntries(kept), PATH: path, NO_COLOR: "1" };
}
