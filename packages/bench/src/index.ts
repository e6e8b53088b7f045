export { type ColdStartOptions, type ColdStartResult, benchColdStart } from "./bench-cold-start.js";
export { type MemoryOptions, type MemoryResult, benchMemory, residentKib } from "./bench-memory.js";
export { type WarmOptions, type WarmResult, benchWarm } from "./bench-warm.js";
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
export { madeOnce } from "./made-once.js";
export { freePort } from "./free-port.js";
export { type FunctionConfiguration, lambdaEnvironment } from "./lambda-environment.js";
export { type NodeDistribution, nodeDistribution } from "./node-distribution.js";
export {
  NODE_CLIENT_TOOLS,
  type NodeEnvironment,
  type NodeEnvironmentOptions,
  nodeEnvironment,
} from "./node-environment.js";
export { type NodeRuntimeOptions, prepareNodeRuntime } from "./node-runtime.js";
export type { PinnedOptions } from "./pinned-install.js";
export {
  type PythonEnvironment,
  type PythonEnvironmentOptions,
  pythonEnvironment,
} from "./python-environment.js";
export { type PythonRuntimeOptions, preparePythonRuntime } from "./python-runtime.js";
export { prepareProvidedRuntime, type ProvidedRuntimeOptions } from "./provided-runtime.js";
export { findRuntime, type Runtime, type RuntimeKind, type RuntimeSubject } from "./runtime.js";
export { type BenchReport, reportTable } from "./report.js";
export { RuntimeApiEmulator } from "./runtime-api-emulator.js";
export { MAX_PAYLOAD_BYTES } from "./runtime-api-replies.js";
export {
  type LogStream,
  type RuntimeCommand,
  type RuntimeOptions,
  RuntimeProcess,
} from "./runtime-process.js";
export { type Distribution } from "./statistics.js";
export { BASELINE, type Beside, emptyNode, type Subject } from "./subject.js";
export { unpack } from "./unpack.js";
export { type Change, compareRuns, readBaseline } from "./shims/baseline.js";
export {
  benchShims,
  type ShimBenchOptions,
  type ShimSamples,
  type ShimSubject,
} from "./shims/bench-shims.js";
export { type Cage, cpuShare, openCage, openField } from "./shims/cage.js";
export { costPerMillion, PRICES, snapStartPerMonth } from "./shims/cost.js";
export { floors, llrtPeer, PEER_RUNTIME } from "./shims/floors.js";
export { htmlReport } from "./shims/report-html.js";
export { changesReport, markdownReport, textReport } from "./shims/report.js";
export { type BenchResult, type BenchRow, type BenchSetup, summarise } from "./shims/summary.js";
