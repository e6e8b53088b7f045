export { cacheFolder } from "./cache-folder.js";
export { BENCH_ERRORS, BenchError, type BenchErrorCode } from "./errors.js";
export { type InvokeOptions, type Outcome, type OutcomeKind } from "./invocation.js";
export {
  type InvokePackageOptions,
  type InvokePackageResult,
  type PackageEvent,
  type PackageInvocation,
  invokePackage,
} from "./invoke-package.js";
export { type FunctionConfiguration, lambdaEnvironment } from "./lambda-environment.js";
export {
  type PythonEnvironment,
  type PythonEnvironmentOptions,
  pythonEnvironment,
} from "./python-environment.js";
export { type PythonRuntimeOptions, preparePythonRuntime } from "./python-runtime.js";
export { RuntimeApiEmulator } from "./runtime-api-emulator.js";
export { MAX_PAYLOAD_BYTES } from "./runtime-api-replies.js";
export {
  type LogStream,
  type RuntimeCommand,
  type RuntimeOptions,
  RuntimeProcess,
} from "./runtime-process.js";
export { unpack } from "./unpack.js";
