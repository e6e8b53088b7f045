import { join } from "node:path";
import { invokePackage, type InvokePackageResult } from "@laconic/bench";
import { hostTriple } from "@laconic/docker-builder";
import { LaconicError } from "../errors.js";
import { findFunction, type Manifest, type ManifestFunction } from "../manifest.js";
import type { Reporter } from "../reporter.js";
import { needsLibrary, runtimeKind } from "../shims.js";
import { buildOrLast, type BuildOptions } from "./build.js";

export interface InvokeOptions extends BuildOptions {
  /** Use the last build as it is. */
  readonly build: boolean;
  /** How often to invoke; the first is cold, the others are warm. */
  readonly times: number;
  /** Seconds; overrides the function's own. */
  readonly timeout?: number;
  /** Variables for the function's environment. */
  readonly env: Readonly<Record<string, string>>;
}

/** Builds the app and runs its packaged zip, unpacked in a fresh folder, under AWS's own runtime client. */
export async function invokeApp(
  entry: string,
  functionName: string,
  event: unknown,
  options: InvokeOptions,
  reporter: Reporter,
): Promise<InvokePackageResult> {
  const { folder, manifest } = await buildOrLast(entry, options, reporter);
  const fn = findFunction(manifest.functions, functionName);
  if (needsLibrary(fn.shim)) assertRunsHere(manifest);
  return invokePackage({
    zipPath: join(folder, fn.package),
    runtime: runtimeKind(fn.shim),
    handler: fn.handler,
    functionName,
    events: Array.from({ length: options.times }, () => JSON.stringify(event)),
    memorySize: numberOption(fn, "memorySize", 128),
    timeoutSeconds: options.timeout ?? numberOption(fn, "timeout", 3),
    env: options.env,
    onLog: (line) => reporter.line(`  │ ${line}`),
    onProgress: (line) => reporter.line(`  ${line}`),
  });
}

function assertRunsHere({ target }: Manifest): void {
  if (target === undefined || target.triple === hostTriple()) return;
  throw new LaconicError("LAC8008", `The package is for ${target.triple}, which this machine cannot run.`, {
    hint: "Build it without --platform to try it here; the other one is for Lambda.",
  });
}

function numberOption({ options }: ManifestFunction, key: string, otherwise: number): number {
  const value = options[key];
  return typeof value === "number" ? value : otherwise;
}
