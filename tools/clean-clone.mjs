import { execFileSync } from "node:child_process";
import { root } from "./workspace.mjs";

/** Clones what is committed here into `path`. The files are copies, so that neither clone can change the other's. */
export function cleanClone(path) {
  execFileSync("git", ["clone", "--quiet", "--no-hardlinks", root, path], { stdio: "inherit" });
  return path;
}
