import type { RuntimeKind } from "@laconic/bench";
import type { ShimChoice, ShimName } from "./config/define-config.js";
import { LaconicError } from "./errors.js";

export type { ShimChoice, ShimName };

/** The ways in which Lambda reaches an app. */
export const SHIMS = ["proxy", "node", "python", "native"] as const satisfies readonly ShimName[];

/** What a user may ask for. */
export const SHIM_CHOICES = [...SHIMS, "auto"] as const satisfies readonly ShimChoice[];

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
  /** Whether the native shim is deployed to the Python runtime, whose start it takes over. */
  readonly wrapper?: boolean;
}

/** The environment variable by which a managed runtime starts another program in its place. */
const EXEC_WRAPPER = "AWS_LAMBDA_EXEC_WRAPPER";

/** What Lambda has to be told of a function that has this shim. */
export function deployment(shim: ShimName, { wrapper = false }: ShimPlan): Deployment {
  if (shim !== "native" || !wrapper) return { runtime: RUNTIMES[shim] };
  return { runtime: RUNTIMES.python, environment: { [EXEC_WRAPPER]: "/var/task/bootstrap" } };
}

export interface Deployment {
  /** Lambda's name of the runtime, for example `python3.13`. */
  readonly runtime: string;
  /** Variables that the shim needs, beside the function's own. */
  readonly environment?: Readonly<Record<string, string>>;
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
