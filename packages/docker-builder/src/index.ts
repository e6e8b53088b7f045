export type {
  Command,
  CompileOptions,
  EngineFeature,
  FunctionDescription,
  LibraryBuilder,
  LibraryReport,
  Relocations,
  ServiceDescription,
  Target,
} from "./builder.js";
export { cachedFolder } from "./cached-folder.js";
export { assertFits, findViolations, type Violation } from "./checks.js";
export { readEngine, type Engine } from "./engine.js";
export { BUILDER_ERRORS, BuilderError, type BuilderErrorCode } from "./errors.js";
export { buildInContainer, type ContainerBuild } from "./container-build.js";
export { connect, type Engine as ContainerEngine } from "./docker/connect.js";
export type { Limits } from "./docker/container-settings.js";
export type { Mount } from "./docker/mounts.js";
export { DEFAULT_IMAGE, dockerToolchain, type DockerToolchainOptions } from "./docker-toolchain.js";
export { selectFeatures, type AppReach } from "./features.js";
export { localToolchain } from "./local-toolchain.js";
export { hostTriple, platformOf, tripleOf } from "./platform.js";
export { handedOn, masking } from "./secrets.js";
export type { ToolchainOptions } from "./toolchain-options.js";
export { provideZig } from "./zig.js";
