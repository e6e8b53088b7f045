import type { CloudFormation } from "@aws-sdk/client-cloudformation";
import type { CloudWatchLogs } from "@aws-sdk/client-cloudwatch-logs";
import type { IAM } from "@aws-sdk/client-iam";
import type { Lambda } from "@aws-sdk/client-lambda";
import type { ResourceGroupsTaggingAPI } from "@aws-sdk/client-resource-groups-tagging-api";
import type { S3 } from "@aws-sdk/client-s3";
import type { STS } from "@aws-sdk/client-sts";
import { ProvisionError } from "../errors.js";

export interface AwsSettings {
  readonly region?: string | undefined;
  /** Of `~/.aws/config` and `~/.aws/credentials`. */
  readonly profile?: string | undefined;
  /** How often a call is tried; throttled calls wait in between. Default 8. */
  readonly attempts?: number | undefined;
  /** Ends calls that run. */
  readonly signal?: AbortSignal | undefined;
}

interface Clients {
  readonly cloudFormation: CloudFormation;
  readonly logs: CloudWatchLogs;
  readonly iam: IAM;
  readonly lambda: Lambda;
  readonly tagging: ResourceGroupsTaggingAPI;
  readonly s3: S3;
  readonly sts: STS;
}

const ATTEMPTS = 8;
const CONNECT_MS = 10_000;
const REQUEST_MS = 120_000;

/** Each client's module is loaded when it is first needed: a build needs none. */
const LOADERS: { [Name in keyof Clients]: (config: object) => Promise<Clients[Name]> } = {
  cloudFormation: async (config) =>
    new (await import("@aws-sdk/client-cloudformation")).CloudFormation(config),
  logs: async (config) => new (await import("@aws-sdk/client-cloudwatch-logs")).CloudWatchLogs(config),
  iam: async (config) => new (await import("@aws-sdk/client-iam")).IAM(config),
  lambda: async (config) => new (await import("@aws-sdk/client-lambda")).Lambda(config),
  tagging: async (config) =>
    new (await import("@aws-sdk/client-resource-groups-tagging-api")).ResourceGroupsTaggingAPI(config),
  s3: async (config) =>
    new (await import("@aws-sdk/client-s3")).S3({ ...config, forcePathStyle: s3Endpoint() !== undefined }),
  sts: async (config) => new (await import("@aws-sdk/client-sts")).STS(config),
};

/** The account that credentials of the SDK's default chain lead to, through clients that are made on first use. */
export class Aws {
  private readonly made = new Map<keyof Clients, Promise<unknown>>();
  private found: string | undefined;

  constructor(private readonly settings: AwsSettings = {}) {}

  /**
   * @internal A client's type is of the SDK, which is bundled.
   * @throws {ProvisionError} LAC9012
   */
  client<Name extends keyof Clients>(name: Name): Promise<Clients[Name]> {
    const known = this.made.get(name) as Promise<Clients[Name]> | undefined;
    if (known) return known;
    const made = this.make(name);
    this.made.set(name, made);
    return made;
  }

  /** A client without a region would say so in the SDK's words, and only when it is used. */
  private async make<Name extends keyof Clients>(name: Name): Promise<Clients[Name]> {
    if (name !== "sts") await this.region();
    return LOADERS[name](this.config()) as Promise<Clients[Name]>;
  }

  /** @throws {ProvisionError} LAC9012 */
  async region(): Promise<string> {
    this.found ??= await this.findRegion();
    return this.found;
  }

  /** Closes the connections. */
  async close(): Promise<void> {
    const made = await Promise.allSettled([...this.made.values()]);
    for (const client of made) {
      if (client.status === "fulfilled") (client.value as { destroy(): void }).destroy();
    }
  }

  private config(): object {
    // Which Node it takes is this package's own word; the SDK's warning would stand between the steps.
    process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";
    const { profile, attempts = ATTEMPTS } = this.settings;
    const region = this.chosenRegion();
    return {
      ...(region && { region }),
      ...(profile && { profile }),
      maxAttempts: attempts,
      requestHandler: {
        connectionTimeout: CONNECT_MS,
        requestTimeout: REQUEST_MS,
        throwOnRequestTimeout: true,
      },
    };
  }

  /** The AWS command reads AWS_DEFAULT_REGION, which the SDK does not know. */
  private chosenRegion(): string | undefined {
    return (
      this.settings.region || process.env["AWS_REGION"] || process.env["AWS_DEFAULT_REGION"] || undefined
    );
  }

  private async findRegion(): Promise<string> {
    const chosen = this.chosenRegion();
    if (chosen) return chosen;
    const sts = await this.client("sts");
    return sts.config.region().catch((cause: unknown) => {
      throw new ProvisionError("LAC9012", "There is no AWS region.", {
        hint: "Add --region eu-west-1, set AWS_REGION, or give the profile a region: aws configure set region eu-west-1",
        cause,
      });
    });
  }
}

/** Where S3 is when it is not AWS's own: such an endpoint has no host name for each bucket. */
export function s3Endpoint(): string | undefined {
  return process.env["AWS_ENDPOINT_URL_S3"] || process.env["AWS_ENDPOINT_URL"] || undefined;
}
