export { ArtifactFolder } from "./artifact-folder.js";
export { benchApp, type Benched, type BenchOptions } from "./commands/bench.js";
export { buildApp, type BuildOptions, type Built } from "./commands/build.js";
export { invokeApp, type InvokeOptions } from "./commands/invoke.js";
export {
  defineConfig,
  type FunctionConfig,
  type LaconicConfig,
  type ProvisionConfig,
  type ProvisionSection,
} from "./config/define-config.js";
export { loadConfig, type LoadedConfig } from "./config/load-config.js";
export { switchShim, type Switched } from "./commands/switch.js";
export {
  needsLibrary,
  RUNTIMES,
  runtimeKind,
  SHIMS,
  type ShimChoice,
  type ShimName,
  type ShimPlan,
} from "./shims.js";
export { LACONIC_ERRORS, LaconicError, type LaconicErrorCode } from "./errors.js";
export { httpEvent } from "./event.js";
export type { Manifest, ManifestFunction } from "./manifest.js";
export { build } from "./pipeline.js";
export { isCodedError, Reporter } from "./reporter.js";
export type { Source } from "./stages/source.js";
export type { StepListener } from "./steps.js";
