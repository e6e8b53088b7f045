import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { NODE_VERSION } from "@laconic/node-compat";

let found: Promise<string> | undefined;

/** The Node that the library follows, to the patch: this one when it is that, otherwise npm brings it. */
export function node22(): Promise<string> {
  return (found ??= find());
}

async function find(): Promise<string> {
  if (process.versions.node === NODE_VERSION) return process.execPath;
  const { stdout } = await promisify(execFile)("npx", [
    "--yes",
    `node@${NODE_VERSION}`,
    "-p",
    "process.execPath",
  ]);
  return stdout.trim();
}
