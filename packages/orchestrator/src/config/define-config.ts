/** The ways in which Lambda reaches an app. Which one a function has changes nothing in the app. */
export type ShimName = "proxy" | "node" | "python" | "native";

/** A shim, or `auto`: `python`, or `node` for an app that the library cannot hold. */
export type ShimChoice = ShimName | "auto";

/** What the configuration may say of one function. Packages add members of their own by declaration merging. */
export interface FunctionConfig {
  /** Default: the app's. */
  readonly shim?: ShimChoice;
}

/** What `laconic.config.ts` may say. Packages add sections of their own by declaration merging. */
export interface LaconicConfig {
  /** How Lambda reaches the app; default `python`. `--shim` wins over it. */
  readonly shim?: ShimChoice;
  /**
   * With the native shim: deploy to the Python runtime, whose start the program takes over (AWS_LAMBDA_EXEC_WRAPPER), so
   * that SnapStart can be had.
   */
  readonly wrapper?: boolean;
  /** By name. */
  readonly functions?: Readonly<Record<string, FunctionConfig>>;
}

/** The default export of `laconic.config.ts`: returns what it is given, with its type checked. */
export function defineConfig(config: LaconicConfig): LaconicConfig {
  return config;
}
