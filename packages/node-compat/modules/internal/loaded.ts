import type { Any } from "./any.js";

/** Built-ins that the bundle holds and that are evaluated, for `process.getBuiltinModule`. */
export const loaded = new Map<string, Any>();
