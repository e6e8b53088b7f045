import { type FunctionConfiguration, lambdaEnvironment } from "./lambda-environment.js";
import type { NodeEnvironment } from "./node-environment.js";
import { type ProcessOptions, RuntimeProcess } from "./runtime-process.js";

export interface NodeRuntimeOptions extends FunctionConfiguration, ProcessOptions {
  /** The unpacked package; Lambda's /var/task. */
  taskDir: string;
  environment: NodeEnvironment;
}

/** A process of AWS's own Node runtime client, ready to `spawn()`. */
export function prepareNodeRuntime(options: NodeRuntimeOptions): Promise<RuntimeProcess> {
  const { taskDir, environment, handler, timeoutSeconds = 3, memorySize = 128 } = options;
  const executionEnvironment = `AWS_Lambda_nodejs${environment.version.split(".", 1)[0]}.x`;
  return RuntimeProcess.prepare(
    (runtimeApi) => ({
      command: environment.node,
      args: [...nodeFlags(memorySize), environment.client, handler],
      cwd: taskDir,
      env: lambdaEnvironment(options, { taskRoot: taskDir, runtimeApi, executionEnvironment }),
    }),
    { ...options, timeoutMs: timeoutSeconds * 1000 },
  );
}

/** What the bootstrap of Lambda's Node runtimes starts Node with, for a function of so many mebibytes. */
function nodeFlags(memorySize: number): string[] {
  return [
    "--expose-gc",
    "--max-http-header-size",
    "81920",
    `--max-semi-space-size=${Math.floor((memorySize * 5) / 100)}`,
    `--max-old-space-size=${Math.floor((memorySize * 90) / 100)}`,
  ];
}
