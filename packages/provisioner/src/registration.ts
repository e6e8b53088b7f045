import type { Cors } from "./service.js";

/** Something of the stack, or a secret, that is named and not written out. */
export interface Reference {
  /** `ref` its name, `arn` its ARN, `parameter` a parameter of SSM, `secret` a secret of Secrets Manager. */
  readonly reference: "ref" | "arn" | "parameter" | "secret";
  readonly name: string;
  /** What follows an ARN, for example `/*`. */
  readonly suffix?: string;
}

export interface S3Source {
  readonly source: "s3";
  /** Name of a bucket that the stack makes. */
  readonly bucket: string;
  readonly events: readonly string[];
  readonly prefix?: string;
  readonly suffix?: string;
}

export interface SnsSource {
  readonly source: "sns";
  /** Name of a topic that the stack makes or holds, or the ARN of another one. */
  readonly topic: string;
  readonly filter?: Readonly<Record<string, unknown>>;
  readonly filterScope?: "attributes" | "body";
}

export interface SqsSource {
  readonly source: "sqs";
  readonly queue: string;
  readonly batchSize?: number;
  /** Seconds to wait for a full batch. */
  readonly window?: number;
  /** Whether the function reports the messages that failed; default true. */
  readonly partial?: boolean;
  readonly maxConcurrency?: number;
  readonly filters?: readonly Readonly<Record<string, unknown>>[];
}

interface StreamSource {
  readonly startingPosition?: "latest" | "oldest";
  readonly batchSize?: number;
  readonly window?: number;
  readonly partial?: boolean;
  /** Whether a batch that failed is halved and tried again; default true. */
  readonly bisect?: boolean;
  readonly retries?: number;
  /** Seconds. */
  readonly maxAge?: number;
  readonly parallel?: number;
  readonly filters?: readonly Readonly<Record<string, unknown>>[];
  /** Queue or topic that is told of batches that failed. */
  readonly onFailure?: string | Reference;
}

export interface DynamoDbSource extends StreamSource {
  readonly source: "dynamodb";
  readonly table: string;
  /** Name of the partition key, of text, for a table that the stack makes. */
  readonly partitionKey?: string;
  readonly sortKey?: string;
  readonly view?: "new" | "old" | "both" | "keys";
}

export interface KinesisSource extends StreamSource {
  readonly source: "kinesis";
  readonly stream: string;
}

export interface EventBridgeSource {
  readonly source: "eventBridge";
  readonly pattern: Readonly<Record<string, unknown>>;
  readonly bus?: string;
  readonly input?: unknown;
}

export interface ScheduleSource {
  readonly source: "schedule";
  /** `rate(5 minutes)`, `cron(0 12 * * ? *)` or `at(2027-01-01T00:00:00)`. */
  readonly expression: string;
  readonly timezone?: string;
  readonly input?: unknown;
  readonly enabled?: boolean;
}

export interface SesSource {
  readonly source: "ses";
  readonly recipients?: readonly string[];
  /** Name of the account's active rule set; without it the stack makes one, which has to be made active. */
  readonly ruleSet?: string;
  readonly scan?: boolean;
  readonly tls?: boolean;
}

export interface LogsSource {
  readonly source: "logs";
  readonly logGroup: string;
  readonly pattern?: string;
}

export type Authorizer =
  | "iam"
  | {
      readonly type: "jwt";
      readonly issuer: string;
      readonly audience: readonly string[];
      readonly scopes?: readonly string[];
    }
  | { readonly type: "cognito"; readonly userPoolArn: string; readonly scopes?: readonly string[] };

export interface HttpApiSource {
  readonly source: "httpApi";
  /** `GET /users/{id}`, `ANY /{proxy+}` or `$default`. */
  readonly route: string;
  readonly cors?: boolean | Cors;
  readonly authorizer?: Authorizer;
}

export interface RestApiSource {
  readonly source: "restApi";
  readonly route: string;
  readonly cors?: boolean | Cors;
  readonly authorizer?: Authorizer;
  readonly apiKey?: boolean;
  /** Media types whose bodies arrive as they are. */
  readonly binaryTypes?: readonly string[];
}

export type EventSource =
  | S3Source
  | SnsSource
  | SqsSource
  | DynamoDbSource
  | KinesisSource
  | EventBridgeSource
  | ScheduleSource
  | SesSource
  | LogsSource
  | HttpApiSource
  | RestApiSource;
