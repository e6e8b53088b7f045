import type { Any } from "../internal/any.js";
import { own } from "./lazily.js";

/**
 * The engine's own process object, which Node's is made of when that is first used: the environment, the arguments, the
 * working directory.
 */
export const engineProcess = (own["process"] ?? globalThis.process) as Any;
