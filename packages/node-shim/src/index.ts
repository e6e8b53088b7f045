export { describeNodeApp, type NodeServiceDescription } from "./describe.js";
export { NODE_SHIM_ERRORS, NodeShimError, type NodeShimErrorCode } from "./errors.js";
export { generateNodeShim, generateProxyShim, type NodeShim, type NodeShimOptions } from "./generate.js";
export { exportName } from "./handler-names.js";
export type { ShimFile } from "./sources.js";
