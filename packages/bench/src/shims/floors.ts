import { execFile } from "node:child_process";
import { cp, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { ShimSubject } from "./bench-shims.js";

const run = promisify(execFile);
const EMPTY = { role: "floor", functionName: "empty", handler: "index.handler", packageBytes: 0 } as const;

function file(path: string): string {
  return fileURLToPath(new URL(`../../${path}`, import.meta.url));
}

/**
 * The floor of each runtime: empty handlers, and a C program that only runs the Runtime API loop.
 *
 * @param scratch folder for what has to be made
 * @param onNote told what is left out, and why
 */
export async function floors(scratch: string, onNote: (line: string) => void): Promise<ShimSubject[]> {
  const handlers: ShimSubject[] = [
    { ...EMPTY, name: "empty Python", runtime: "python", taskDir: file("python/empty") },
    { ...EMPTY, name: "empty Node", runtime: "nodejs", taskDir: file("nodejs/empty") },
  ];
  const taskDir = join(scratch, "floor");
  await mkdir(taskDir, { recursive: true });
  const compiler = process.env["CC"] || "cc";
  try {
    await run(compiler, ["-O2", "-o", join(taskDir, "bootstrap"), file("floor/floor.c")]);
  } catch (error) {
    onNote(
      `the floor of the OS-only runtimes is left out: ${compiler} cannot compile it (${(error as Error).message})`,
    );
    return handlers;
  }
  return [{ ...EMPTY, name: "empty program", runtime: "provided", taskDir }, ...handlers];
}

/** The module that takes the runtime's place in the bundle of a peer that serves an HTTP app by other means. */
export const PEER_RUNTIME = file("nodejs/peer/registered.mjs");

/** AWS's LLRT, as its own bootstrap beside the Node shim's package, where `llrt` is on the PATH. */
export async function llrtPeer(node: ShimSubject, scratch: string): Promise<ShimSubject | undefined> {
  const { stdout } = await run("sh", ["-c", "command -v llrt"]).catch(() => ({ stdout: "" }));
  const program = stdout.trim();
  if (program === "") return undefined;
  const taskDir = join(scratch, "llrt");
  await cp(node.taskDir, taskDir, { recursive: true });
  await cp(program, join(taskDir, "bootstrap"), { dereference: true });
  return { ...node, name: "llrt", role: "peer", runtime: "provided", taskDir };
}
