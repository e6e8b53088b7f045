export type {
  Command,
  CompileOptions,
  FunctionDescription,
  LibraryBuilder,
  LibraryReport,
  ServiceDescription,
  Target,
} from "./builder.js";
export { assertFits, findViolations, type Violation } from "./checks.js";
export { readEngine, type Engine } from "./engine.js";
export { BUILDER_ERRORS, BuilderError, type BuilderErrorCode } from "./errors.js";
export { localToolchain, type LocalToolchainOptions } from "./local-toolchain.js";
export { provideZig } from "./zig.js";
