import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { PythonShimError } from "./errors.js";
import type { PythonShim } from "./generate.js";

const COMPILER = fileURLToPath(new URL("../python/compile_shim.py", import.meta.url));

export interface ShimBytecode {
  /** Where in the package it belongs, such as `__pycache__/index.cpython-312.pyc`. */
  path: string;
  bytes: Buffer;
  /** The version of the interpreter that made it; Pythons of another minor version ignore it. */
  pythonVersion: string;
}

/**
 * `index.py` compiled by `python`, so that a cold start under the same minor version of Python need not compile it.
 * The same shim and interpreter give the same bytes. Throws {@link PythonShimError} LAC6005.
 */
export async function compilePythonShim(shim: PythonShim, python: string): Promise<ShimBytecode> {
  const source = shim.files.find(({ path }) => path === "index.py")!.text;
  const printed = await run(python, source);
  const { path, bytecode, version } = JSON.parse(printed) as Record<"path" | "bytecode" | "version", string>;
  return { path, bytes: Buffer.from(bytecode, "base64"), pythonVersion: version };
}

async function run(python: string, input: string): Promise<string> {
  // The order of a set's elements, which is part of bytecode, follows the hash seed.
  const env = { ...process.env, PYTHONHASHSEED: "0" };
  const child = spawn(python, [COMPILER], { env, stdio: ["pipe", "pipe", "pipe"] });
  const failed = (reason: string, cause?: unknown): PythonShimError => {
    const hint = "name a Python 3.9 or newer, or leave the bytecode out: the shim works without";
    return new PythonShimError("LAC6005", `${python} cannot compile the shim: ${reason}`, hint, cause);
  };
  const output = text(child.stdout);
  const errors = text(child.stderr);
  child.stdin.on("error", () => undefined); // an interpreter that is gone says so by its exit
  child.stdin.end(input);
  const [status] = (await once(child, "close").catch((error: unknown) => {
    throw failed((error as Error).message, error);
  })) as [number | null];
  if (status !== 0) throw failed((await errors).trim().split("\n").at(-1)!);
  return output;
}
