import { engineProcess } from "../globals/engine-process.js";
import type { Any } from "./any.js";
import { invalidArgType } from "./errors.js";
import { findRequirable } from "./known-modules.js";
import { loaded } from "./loaded.js";

export { requirable } from "./known-modules.js";

/** The folder of the function. Not at load: this module is evaluated before the globals that it reads. */
const packageRoot = (): string => engineProcess.env["LAMBDA_TASK_ROOT"] ?? engineProcess.cwd();

/**
 * The module of a name: one that the bundle holds, or a built-in that was evaluated.
 *
 * @param place path or URL of the module that asks, if that is known
 * @throws MODULE_NOT_FOUND
 */
export function laconicRequire(name: Any, place?: string): Any {
  if (typeof name !== "string") throw invalidArgType("id", "string", name);
  const kept = findRequirable(name, place, packageRoot());
  if (kept !== undefined) return kept.load();
  const builtin = loaded.get(name.replace(/^node:/, ""));
  if (builtin !== undefined) return builtin;
  throw notFound(name, place);
}

/** The path of a file that the bundle holds, where it would be in the package; the name of a package. */
export function laconicResolve(name: string, place: string): string {
  const kept = findRequirable(name, place, packageRoot());
  if (kept === undefined) throw notFound(name, place);
  return kept.key.startsWith("/") && !kept.key.includes("\0") ? packageRoot() + kept.key : name;
}

function notFound(name: string, place: string | undefined): Error {
  const message = `Cannot find module '${name}': the library holds the modules that the build saw named, and no others`;
  return Object.assign(new Error(message), {
    code: "MODULE_NOT_FOUND",
    requireStack: place === undefined ? [] : [place],
  });
}
