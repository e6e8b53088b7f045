import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { unpack } from "@laconic/bench";
import type { Manifest } from "@laconic/orchestrator";

/** The folder of the sample apps. */
export const apps = fileURLToPath(new URL("../apps", import.meta.url));

/** The command's own file. */
export const laconicProgram = fileURLToPath(new URL("../../node_modules/.bin/laconic", import.meta.url));
const scratch = fileURLToPath(new URL("../.scratch", import.meta.url));

/** How a command ended. */
export interface Ended {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the `laconic` command as a user does, in a process of its own. */
export function laconic(
  args: readonly string[],
  options: { cwd?: string; input?: string; env?: Readonly<Record<string, string>> } = {},
): Promise<Ended> {
  return new Promise((resolve) => {
    const child = execFile(
      laconicProgram,
      args,
      {
        cwd: options.cwd ?? apps,
        env: { ...process.env, NO_COLOR: "1", ...options.env },
        maxBuffer: 64 << 20,
      },
      (error, stdout, stderr) => {
        const code = error?.code;
        resolve({ exitCode: error ? (typeof code === "number" ? code : -1) : 0, stdout, stderr });
      },
    );
    child.stdin?.end(options.input ?? "");
  });
}

/** A finished build of a library, as `laconic build --json` tells it. */
export type Built = Required<Manifest> & { readonly folder: string };

/** Builds an app that must build. */
export async function build(entry: string, ...args: string[]): Promise<Built> {
  const { exitCode, stdout, stderr } = await laconic(["build", entry, "--json", ...args]);
  if (exitCode !== 0) throw new Error(`laconic build ${entry} failed:\n${stdout}\n${stderr}`);
  return JSON.parse(stdout) as Built;
}

/** An app of one file, built for a shim and unpacked as Lambda unpacks it; remove it when done. */
export async function unpackedApp(
  source: string,
  shim: string,
): Promise<{ readonly built: Built; readonly taskDir: string; readonly remove: () => Promise<void> }> {
  const app = await scratchApp({ "app.ts": source });
  const built = await build(app.file("app.ts"), "--shim", shim);
  const taskDir = await mkdtemp(join(tmpdir(), "laconic-e2e-"));
  await unpack(join(built.folder, built.package), taskDir);
  const remove = async () => {
    await rm(taskDir, { recursive: true, force: true });
    await app.remove();
  };
  return { built, taskDir, remove };
}

/** An app of its own inside the workspace, so that it finds the packages; remove it when done. */
export async function scratchApp(files: Readonly<Record<string, string | Uint8Array>>): Promise<{
  readonly folder: string;
  readonly file: (name: string) => string;
  readonly remove: () => Promise<void>;
}> {
  await mkdir(scratch, { recursive: true });
  const folder = await mkdtemp(join(scratch, "app-"));
  const all = { "package.json": '{ "type": "module" }\n', ...files };
  for (const [name, content] of Object.entries(all)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
  return {
    folder,
    file: (name) => join(folder, name),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
