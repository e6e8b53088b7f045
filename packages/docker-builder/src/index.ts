export type {
  Command,
  FunctionDescription,
  LibraryBuilder,
  LibraryReport,
  ServiceDescription,
  Target,
} from "./builder.js";
export { assertFits, findViolations, type Violation } from "./checks.js";
export { readEngine, type Engine } from "./engine.js";
export { BUILDER_ERRORS, BuilderError, type BuilderErrorCode } from "./errors.js";
export { findLinker, type Linker, type LinkerSearch } from "./linker.js";
export { localToolchain, type LocalToolchainOptions } from "./local-toolchain.js";
