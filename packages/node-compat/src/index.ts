export type { Builtin, ExportRow, Support } from "./builtin.js";
export { builtins, findBuiltin } from "./builtins.js";
export { bundle, type Bundle, type BundleInput, type BundleOptions } from "./bundle.js";
export {
  BUNDLE_ERRORS,
  BundleError,
  type BundleErrorCode,
  type BundleProblem,
  type SourceLocation,
} from "./errors.js";
export { bundleConsole } from "./console.js";
export { nodeCompat } from "./plugin.js";
export { symbolicate, traceMap } from "./source-map.js";
