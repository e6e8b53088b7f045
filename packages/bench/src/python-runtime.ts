import { type FunctionConfiguration, lambdaEnvironment } from "./lambda-environment.js";
import type { PythonEnvironment } from "./python-environment.js";
import { type ProcessOptions, RuntimeProcess } from "./runtime-process.js";

export interface PythonRuntimeOptions extends FunctionConfiguration, ProcessOptions {
  /** The unpacked package; Lambda's /var/task. */
  taskDir: string;
  environment: PythonEnvironment;
}

/** A process of AWS's own Python runtime client, ready to `spawn()`. */
export function preparePythonRuntime(options: PythonRuntimeOptions): Promise<RuntimeProcess> {
  const { taskDir, environment, handler, timeoutSeconds = 3 } = options;
  const executionEnvironment = `AWS_Lambda_python${environment.version.split(".", 2).join(".")}`;
  return RuntimeProcess.prepare(
    (runtimeApi) => {
      const env = lambdaEnvironment(options, { taskRoot: taskDir, runtimeApi, executionEnvironment });
      // Lambda's task folder is read-only, so every cold start compiles index.py; with a cache the second would not.
      const unchanged = { PYTHONDONTWRITEBYTECODE: "1" };
      return {
        command: environment.python,
        args: ["-m", "awslambdaric", handler],
        cwd: taskDir,
        env: { ...unchanged, ...env },
      };
    },
    { ...options, timeoutMs: timeoutSeconds * 1000 },
  );
}
