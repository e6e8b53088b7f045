import type { EventSource, Reference } from "./registration.js";

/** What is deployed: the content of a build's manifest that a template needs. */
export interface ServiceDefinition {
  readonly name: string;
  readonly description: string;
  readonly functions: readonly FunctionDefinition[];
}

export interface FunctionDefinition {
  /** As registered. */
  readonly name: string;
  readonly kind: "response" | "event" | "http";
  /** Lambda's Handler setting, for example `index.hello`. */
  readonly handler: string;
  /** Lambda's name of the runtime, for example `python3.13`. */
  readonly runtime: string;
  /** Variables that the shim needs in the function's environment. */
  readonly shimEnvironment?: Readonly<Record<string, string>>;
  readonly options: FunctionSettings;
  /** Where it is registered, for example `app.ts:12`. */
  readonly place?: string;
}

export interface Statement {
  readonly actions: readonly string[];
  readonly resources: readonly (string | Reference)[];
}

/** The options of `lambda()` and `http()` as they come out of the library's description of itself. */
export interface FunctionSettings {
  readonly description?: string;
  readonly memorySize?: number;
  readonly timeout?: number;
  readonly environment?: Readonly<Record<string, string | Reference>>;
  readonly role?: string;
  readonly kmsKeyArn?: string;
  readonly vpcConfig?: {
    readonly subnetIds: readonly string[];
    readonly securityGroupIds: readonly string[];
  };
  readonly events?: readonly EventSource[];
  readonly url?: boolean | UrlSettings;
  readonly permissions?: readonly Statement[];
  readonly layers?: readonly string[];
  /** Megabytes. */
  readonly ephemeralStorage?: number;
  readonly tracing?: boolean;
  /** Days; `forever` keeps logs. */
  readonly logRetention?: number | "forever";
  readonly logFormat?: "json" | "text";
  readonly reservedConcurrency?: number;
  readonly provisionedConcurrency?: number;
  readonly snapStart?: boolean;
  readonly deadLetter?: string | Reference;
  readonly onFailure?: string | Reference;
  readonly onSuccess?: string | Reference;
  readonly retries?: number;
  /** Seconds. */
  readonly maxEventAge?: number;
  readonly tenantIsolation?: boolean;
}

export interface UrlSettings {
  readonly auth?: "none" | "iam";
  readonly stream?: boolean;
  readonly cors?: boolean | Cors;
}

export interface Cors {
  readonly origins?: readonly string[];
  readonly methods?: readonly string[];
  readonly headers?: readonly string[];
  readonly exposedHeaders?: readonly string[];
  readonly credentials?: boolean;
  /** Seconds. */
  readonly maxAge?: number;
}

/** The platform that the package is built for. */
export interface DeploymentTarget {
  readonly architecture: "x86_64" | "arm64";
}
