export type { Builtin, ExportRow, Support } from "./builtin.js";
export { builtins, findBuiltin } from "./builtins.js";
export { bundle, type Bundle, type BundleInput, type BundleOptions } from "./bundle.js";
export { check } from "./check.js";
export type { BuiltinUse, CompatibilityReport, Finding, FindingKind, Reached } from "./check/report.js";
export {
  BUNDLE_ERRORS,
  BundleError,
  codeFrame,
  type BundleErrorCode,
  type BundleProblem,
  type SourceLocation,
} from "./errors.js";
export { bundleConsole } from "./console.js";
export { bundleForNode, type NodeBundle, type NodeBundleOptions } from "./node-bundle.js";
export { nodeCompat } from "./plugin.js";
export { symbolicate, traceMap } from "./source-map.js";
export { findReach, type Reach, type RuntimeDoubt } from "./reach/reach.js";
export { intlNotes, unsupportedIntl } from "./table/intl.js";
export { globalGroups } from "./web-globals.js";
export { unsupportedGlobals, type GlobalRow } from "./table/globals.js";
export { NODE_VERSION, nodeExports, nodeGlobals } from "./table/node-exports.js";
