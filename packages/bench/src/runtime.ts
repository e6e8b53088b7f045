import type { FunctionConfiguration } from "./lambda-environment.js";
import { nodeEnvironment } from "./node-environment.js";
import { prepareNodeRuntime } from "./node-runtime.js";
import { prepareProvidedRuntime } from "./provided-runtime.js";
import { pythonEnvironment, type PythonEnvironmentOptions } from "./python-environment.js";
import { preparePythonRuntime } from "./python-runtime.js";
import type { ProcessOptions, RuntimeProcess } from "./runtime-process.js";

/** The families of Lambda's runtimes: `provided` has no client, the package brings its own `bootstrap`. */
export type RuntimeKind = "python" | "nodejs" | "provided";

export interface RuntimeSubject extends FunctionConfiguration, ProcessOptions {
  /** The unpacked package; Lambda's /var/task. */
  taskDir: string;
}

/** One of Lambda's runtimes on this machine. */
export interface Runtime {
  /** For a reader, such as `Python 3.12.1 under awslambdaric`. */
  description: string;
  /** A process that serves the package's function, ready to `spawn()`. */
  prepare(subject: RuntimeSubject): Promise<RuntimeProcess>;
}

/**
 * Finds a runtime, and builds AWS's client for it on first use.
 * @throws BenchError LAC7001 to LAC7003 for Python, LAC7009 or LAC7010 for Node
 */
export async function findRuntime(
  kind: RuntimeKind,
  options: PythonEnvironmentOptions = {},
): Promise<Runtime> {
  if (kind === "provided") {
    return { description: "the package's own bootstrap", prepare: prepareProvidedRuntime };
  }
  if (kind === "nodejs") {
    const environment = await nodeEnvironment(options);
    return {
      description: `Node ${environment.version} under aws-lambda-ric`,
      prepare: (subject) => prepareNodeRuntime({ ...subject, environment }),
    };
  }
  const environment = await pythonEnvironment(options);
  return {
    description: `Python ${environment.version} under awslambdaric`,
    prepare: (subject) => preparePythonRuntime({ ...subject, environment }),
  };
}
