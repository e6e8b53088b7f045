import { homedir } from "node:os";
import { join } from "node:path";

/** Where what is made once for this machine is kept: under LACONIC_CACHE, XDG_CACHE_HOME or ~/.cache. */
export function cacheFolder(env: NodeJS.ProcessEnv = process.env): string {
  return join(env["LACONIC_CACHE"] || env["XDG_CACHE_HOME"] || join(homedir(), ".cache"), "laconic");
}
