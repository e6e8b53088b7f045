import { fileURLToPath } from "node:url";
import { BenchError } from "./errors.js";
import type { InvokeOptions, Outcome } from "./invocation.js";
import type { FunctionConfiguration } from "./lambda-environment.js";
import type { PythonEnvironment } from "./python-environment.js";
import { preparePythonRuntime } from "./python-runtime.js";
import type { RuntimeProcess } from "./runtime-process.js";

/** A function to measure, in the folder of its unpacked package. */
export interface Subject extends FunctionConfiguration {
  name: string;
  taskDir: string;
  /** The event as the bytes to send; default `{}`. */
  event?: string | Uint8Array | undefined;
}

/** The name of the baseline in results. */
export const BASELINE = "empty Python";

/** What everything is compared with: a Python handler that does nothing. */
export const baseline: Subject = {
  name: BASELINE,
  taskDir: fileURLToPath(new URL("../python/empty", import.meta.url)),
  handler: "index.handler",
};

export function prepare(subject: Subject, environment: PythonEnvironment): Promise<RuntimeProcess> {
  return preparePythonRuntime({ timeoutSeconds: 60, ...subject, environment });
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
