export { RewriteError } from "./errors.js";
export type { AdoptOptions } from "./adopt-options.js";
export { codeFrame } from "./code-frame.js";
export { where, type Diagnostic, type Severity } from "./diagnostics.js";
export {
  callsOutsideEntry,
  findMainCalls,
  rewrite,
  type RewriteOptions,
  type RewriteResult,
  type SourceMapV3,
  type TransformName,
} from "./rewrite.js";
export { RULES, type Code, type Rule } from "./rules.js";
export { positionOf, type Edit, type Position, type Range, type Source } from "./source.js";
export { LIBRARY, RUNTIME } from "./specifiers.js";
