import { join } from "node:path";
import { type FunctionConfiguration, lambdaEnvironment } from "./lambda-environment.js";
import { type ProcessOptions, RuntimeProcess } from "./runtime-process.js";

export interface ProvidedRuntimeOptions extends FunctionConfiguration, ProcessOptions {
  /** The unpacked package, with the program `bootstrap`; Lambda's /var/task. */
  taskDir: string;
}

/** A process of the package's own `bootstrap`, as Lambda's OS-only runtimes start it, ready to `spawn()`. */
export function prepareProvidedRuntime(options: ProvidedRuntimeOptions): Promise<RuntimeProcess> {
  const { taskDir, timeoutSeconds = 3 } = options;
  return RuntimeProcess.prepare(
    (runtimeApi) => ({
      command: join(taskDir, "bootstrap"),
      args: [],
      cwd: taskDir,
      env: lambdaEnvironment(options, {
        taskRoot: taskDir,
        runtimeApi,
        executionEnvironment: "AWS_Lambda_provided.al2023",
      }),
    }),
    { ...options, timeoutMs: timeoutSeconds * 1000 },
  );
}
