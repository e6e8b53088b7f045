import type { Any } from "../internal/any.js";
import { ownProcess } from "./lazily.js";

/**
 * The engine's own process object, which Node's is made of when that is first used: the environment, the arguments, the
 * working directory.
 */
export const engineProcess = (ownProcess ?? globalThis.process) as Any;
