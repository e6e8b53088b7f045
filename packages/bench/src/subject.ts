import { fileURLToPath } from "node:url";
import { BenchError } from "./errors.js";
import type { InvokeOptions, Outcome } from "./invocation.js";
import type { FunctionConfiguration } from "./lambda-environment.js";
import { findRuntime, type Runtime, type RuntimeKind } from "./runtime.js";
import type { RuntimeProcess } from "./runtime-process.js";

/** A function to measure, in the folder of its unpacked package. */
export interface Subject extends FunctionConfiguration {
  name: string;
  taskDir: string;
  /** Whose runtime client runs it; default `python`. */
  runtime?: RuntimeKind | undefined;
  /** The event as the bytes to send; default `{}`. */
  event?: string | Uint8Array | undefined;
  /** The name of another subject that does the same in another way; results have the ratio to it. */
  beside?: string | undefined;
}

/** How a subject compares with the one that it names in `beside`. */
export interface Beside {
  name: string;
  /** This subject's time divided by the other's. */
  ratio: number;
}

/** The name of the baseline in results. */
export const BASELINE = "empty Python";

/** What everything is compared with: a Python handler that does nothing. */
export const baseline: Subject = {
  name: BASELINE,
  taskDir: fileURLToPath(new URL("../python/empty", import.meta.url)),
  handler: "index.handler",
};

/** A Node handler that does nothing: what AWS's Node runtime itself costs. */
export const emptyNode: Subject = {
  name: "empty Node",
  taskDir: fileURLToPath(new URL("../nodejs/empty", import.meta.url)),
  runtime: "nodejs",
  handler: "index.handler",
};

/** What the subjects run in, found once before anything is measured. */
export type Environments = ReadonlyMap<RuntimeKind, Runtime>;

/** @throws BenchError LAC7001 to LAC7003, and LAC7009 or LAC7010 when one of the subjects needs Node */
export async function environmentsOf(subjects: readonly Subject[]): Promise<Environments> {
  const kinds = new Set<RuntimeKind>(["python", ...subjects.map(kindOf)]);
  return new Map(await Promise.all([...kinds].map(async (kind) => [kind, await findRuntime(kind)] as const)));
}

export function prepare(subject: Subject, environments: Environments): Promise<RuntimeProcess> {
  return environments.get(kindOf(subject))!.prepare({ timeoutSeconds: 60, ...subject });
}

function kindOf({ runtime = "python" }: Subject): RuntimeKind {
  return runtime;
}

/** Send the subject's event once; a failure would make its figures meaningless, so it throws LAC7007. */
export async function measured(
  subject: Subject,
  runtime: RuntimeProcess,
  options: InvokeOptions = {},
): Promise<Outcome> {
  return succeeded(subject, await runtime.invoke(subject.event ?? "{}", options));
}

export function succeeded(subject: Subject, outcome: Outcome): Outcome {
  if (outcome.kind === "response") return outcome;
  const message = `${subject.name} (${subject.handler}) ended with ${outcome.kind}: ${outcome.payload.toString()}`;
  throw new BenchError("LAC7007", message, "invoke it once by itself and mend it before measuring");
}
