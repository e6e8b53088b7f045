export { builtins, findBuiltin, type Builtin, type Support } from "./builtins.js";
export { bundle, type Bundle, type BundleInput, type BundleOptions } from "./bundle.js";
export {
  BUNDLE_ERRORS,
  BundleError,
  type BundleErrorCode,
  type BundleProblem,
  type SourceLocation,
} from "./errors.js";
export { nodeCompat } from "./plugin.js";
