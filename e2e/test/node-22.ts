import { execFile } from "node:child_process";
import { promisify } from "node:util";

let found: Promise<string> | undefined;

/** The Node that the library follows: this one when it is recent enough, otherwise one that npm brings. */
export function node22(): Promise<string> {
  return (found ??= find());
}

async function find(): Promise<string> {
  if (Number(process.versions.node.split(".")[0]) >= 22) return process.execPath;
  const { stdout } = await promisify(execFile)("npx", ["--yes", "node@22", "-p", "process.execPath"]);
  return stdout.trim();
}
