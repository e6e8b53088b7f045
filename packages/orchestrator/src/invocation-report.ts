import type { InvokePackageResult } from "@laconic/bench";
import pc from "picocolors";
import type { Reporter } from "./reporter.js";
import { duration } from "./text.js";

/** Prints the last answer on stdout and the timings on stderr. */
export function printInvocation(functionName: string, result: InvokePackageResult, reporter: Reporter): void {
  const last = result.invocations.at(-1);
  if (!last) return;
  const failed = last.kind !== "response";
  reporter.line();
  process.stdout.write(`${readable(last.payload)}\n`);
  reporter.line(
    `\n${failed ? pc.red("✗") : pc.green("✓")} ${functionName}  ${timings(result)}${failed ? `  ${pc.red(last.kind)}` : ""}`,
  );
}

/** The same for machines; durations in milliseconds. */
export function invocationAsJson(
  functionName: string,
  event: unknown,
  result: InvokePackageResult,
): Record<string, unknown> {
  return {
    function: functionName,
    event,
    runtime: result.runtime,
    coldStartMs: result.coldStartMs,
    invocations: result.invocations.map(({ kind, payload, durationMs }) => ({
      kind,
      durationMs,
      payload: parsed(payload),
    })),
  };
}

function timings({ coldStartMs, invocations, runtime }: InvokePackageResult): string {
  const warm = invocations.slice(1).map(({ durationMs }) => durationMs);
  const cold = `cold ${duration(coldStartMs)}`;
  const times = warm.length === 0 ? cold : `${cold}, warm ${duration(median(warm))}`;
  return `${times}  ${pc.dim(runtime)}`;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

function readable(payload: Buffer): string {
  const value = parsed(payload);
  return typeof value === "string" && value === payload.toString() ? value : JSON.stringify(value, null, 2);
}

function parsed(payload: Buffer): unknown {
  const text = payload.toString();
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
