import type { DeploymentTarget } from "../service.js";

/** Lambda's runtime for each shim. Python 3.14 starts 20 ms slower than 3.13. */
export const RUNTIMES: Readonly<Record<DeploymentTarget["shim"], string>> = {
  python: "python3.13",
  native: "provided.al2023",
  node: "nodejs24.x",
  proxy: "nodejs24.x",
};
