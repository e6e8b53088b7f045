import type { RuntimeKind } from "@laconic/bench";
import { LaconicError } from "./errors.js";

/** The ways in which Lambda reaches an app. Which one a function has changes nothing in the app. */
export const SHIMS = ["proxy", "node", "python", "native"] as const;
export type ShimName = (typeof SHIMS)[number];

/** What a user may ask for: `auto` is `python`, or `node` for an app that the library cannot hold. */
export const SHIM_CHOICES = [...SHIMS, "auto"] as const;
export type ShimChoice = (typeof SHIM_CHOICES)[number];

/** Lambda's name of the runtime that a shim is deployed to. Python 3.14 takes 20 ms longer to start than 3.13. */
export const RUNTIMES: Readonly<Record<ShimName, string>> = {
  proxy: "nodejs22.x",
  node: "nodejs22.x",
  python: "python3.13",
  native: "provided.al2023",
};

/** The family of that runtime, which decides what runs it on this machine. */
export function runtimeKind(shim: ShimName): RuntimeKind {
  if (shim === "native") return "provided";
  return shim === "python" ? "python" : "nodejs";
}

/** What of an app a shim needs to be built: the library, or the bundle for Node. */
export function needsLibrary(shim: ShimName): boolean {
  return shim === "python" || shim === "native";
}

/** Which shim each function of an app is to have. */
export interface ShimPlan {
  /** Of every function that is not named. */
  readonly shim: ShimName;
  readonly functions?: Readonly<Record<string, ShimName>>;
}

/** The shims of a plan, the default's first; which of them have a function is known once the app has been described. */
export function shimsOf({ shim, functions = {} }: ShimPlan): readonly ShimName[] {
  return [...new Set([shim, ...Object.values(functions)])];
}

/** The plan's shim of a function. */
export function shimOf({ shim, functions = {} }: ShimPlan, name: string): ShimName {
  return Object.hasOwn(functions, name) ? functions[name]! : shim;
}

/** @throws {LaconicError} LAC8002 when the plan names a function that the app does not have */
export function assertKnown({ functions = {} }: ShimPlan, names: readonly string[]): void {
  const unknown = Object.keys(functions).filter((name) => !names.includes(name));
  if (unknown.length === 0) return;
  throw new LaconicError("LAC8002", `The app has no function "${unknown.join('", "')}".`, {
    hint: `It has: ${names.join(", ")}. Correct "functions" in laconic.config.ts.`,
  });
}
