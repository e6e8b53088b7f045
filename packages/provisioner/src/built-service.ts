import type { DeploymentTarget, ServiceDefinition } from "./service.js";
import type { CodePackage } from "./template/code-parameters.js";

/** One zip that a build made. */
export interface BuiltPackage extends CodePackage {
  /** File name in the build's folder. */
  readonly file: string;
  readonly bytes: number;
}

/** What a build made. */
export interface BuiltService {
  readonly service: ServiceDefinition;
  readonly target: DeploymentTarget;
  /** Folder that keeps the artifacts; the template joins them. */
  readonly folder: string;
  /** At least one; the first is that of functions which name none. */
  readonly packages: readonly BuiltPackage[];
}
