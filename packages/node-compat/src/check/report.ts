import type { Support } from "../builtin.js";
import type { BundleProblem } from "../errors.js";

/** What kind of thing the library lacks. */
export type FindingKind = "builtin" | "export" | "native-addon" | "global" | "dynamic-require";

/**
 * Whether the app meets it for certain:
 *
 * - `load`: when its modules are evaluated, so that the library could not even start
 * - `maybe`: in a function, a branch, a `try`, or a module that is itself only loaded there
 */
export type Reached = "load" | "maybe";

/** One thing that the app uses and the library lacks. One for each file, however often the file uses it. */
export interface Finding extends BundleProblem {
  readonly kind: FindingKind;
  /** The built-in with its prefix (`node:vm`), the addon's package or file, or `globalThis`. */
  readonly module: string;
  /** The export (`open`, `promises.open`) or the global. */
  readonly name?: string;
  readonly reached: Reached;
  /** How many places of the file use it; `location` is the first of the surest. */
  readonly uses: number;
}

/** One built-in that the bundle imports. */
export interface BuiltinUse {
  readonly module: string;
  readonly support: Support;
}

/** What the app would find in the library, and what not. */
export interface CompatibilityReport {
  /** Whether nothing that is lacking is reached at load, so that the app can be built. */
  readonly ok: boolean;
  /** Those reached at load first. */
  readonly findings: readonly Finding[];
  /** The built-ins that remain in the bundle, by name. */
  readonly builtins: readonly BuiltinUse[];
}
