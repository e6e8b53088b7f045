import type { Reference } from "./references.js";

// What is made here is read by the build, as part of a function's options. Names are those of resources that the stack
// makes, or ARNs of others.

/** An event source, as `s3()` and its siblings make it. */
export interface EventSource {
  readonly source: string;
}

export interface S3Options {
  /** Beginning of the keys. */
  readonly prefix?: string;
  /** End of the keys. */
  readonly suffix?: string;
}

/** Objects of a bucket that the stack makes. @param events `ObjectCreated:*` and the like, one or a list */
export function s3(bucket: string, events: string | readonly string[], options: S3Options = {}): EventSource {
  return source("s3", { bucket, events: typeof events === "string" ? [events] : events, ...options });
}

export interface SnsOptions {
  /** Filter policy. */
  readonly filter?: Readonly<Record<string, unknown>>;
  /** What the policy looks at; default `attributes`. */
  readonly filterScope?: "attributes" | "body";
}

/** Messages of a topic. */
export function sns(topic: string, options: SnsOptions = {}): EventSource {
  return source("sns", { topic, ...options });
}

interface BatchOptions {
  readonly batchSize?: number;
  /** Seconds to wait for a full batch. */
  readonly window?: number;
  /** Whether the function reports what failed as `batchItemFailures`; default true. */
  readonly partial?: boolean;
  /** Patterns; an event that matches none of them never reaches the function. */
  readonly filters?: readonly Readonly<Record<string, unknown>>[];
}

export interface SqsOptions extends BatchOptions {
  /** How many batches may be handled at once, 2 to 1000. */
  readonly maxConcurrency?: number;
}

/** Messages of a queue. One that the stack makes has a second queue for those that fail. */
export function sqs(queue: string, options: SqsOptions = {}): EventSource {
  return source("sqs", { queue, ...options });
}

export interface StreamOptions extends BatchOptions {
  /** Where to begin; default `latest`. */
  readonly startingPosition?: "latest" | "oldest";
  /** Whether a batch that failed is halved and tried again; default true. */
  readonly bisect?: boolean;
  readonly retries?: number;
  /** Seconds; older records are given up. */
  readonly maxAge?: number;
  /** Batches of one shard that are handled at once, 1 to 10. */
  readonly parallel?: number;
  /** Queue or topic that is told of batches that are given up. */
  readonly onFailure?: string | Reference;
}

export interface DynamoDbOptions extends StreamOptions {
  /** Makes the table, with this partition key, of text. */
  readonly partitionKey?: string;
  readonly sortKey?: string;
  /** What a record holds of the item; default `both`. */
  readonly view?: "new" | "old" | "both" | "keys";
}

/** Changes of a table: one that the stack makes or holds, or the ARN of another one's stream. */
export function dynamodb(table: string, options: DynamoDbOptions = {}): EventSource {
  return source("dynamodb", { table, ...options });
}

/** Records of a Kinesis stream. */
export function kinesis(stream: string, options: StreamOptions = {}): EventSource {
  return source("kinesis", { stream, ...options });
}

export interface EventBridgeOptions {
  /** Default: the account's default bus. */
  readonly bus?: string;
  /** What the function gets in place of the event. */
  readonly input?: unknown;
}

/** Events that match a pattern of EventBridge. */
export function eventBridge(
  pattern: Readonly<Record<string, unknown>>,
  options: EventBridgeOptions = {},
): EventSource {
  return source("eventBridge", { pattern, ...options });
}

export interface ScheduleOptions {
  /** Default UTC. */
  readonly timezone?: string;
  /** The event; without one it is EventBridge Scheduler's own. */
  readonly input?: unknown;
  readonly enabled?: boolean;
}

/** `rate(5 minutes)`, `cron(0 12 * * ? *)` or `at(2027-01-01T00:00:00)`. */
export function schedule(expression: string, options: ScheduleOptions = {}): EventSource {
  return source("schedule", { expression, ...options });
}

export interface SesOptions {
  /** Addresses and domains; without them, all that is verified. */
  readonly recipients?: readonly string[];
  /** Name of the active rule set; without it the stack makes one, which has to be made active once. */
  readonly ruleSet?: string;
  /** Whether SES looks for spam and viruses; default true. */
  readonly scan?: boolean;
  /** Whether TLS is required. */
  readonly tls?: boolean;
}

/** Mail that arrives. */
export function ses(options: SesOptions = {}): EventSource {
  return source("ses", options);
}

/** Lines of a log group: one that is there, or that of a function of the service, by its name. @param pattern CloudWatch's filter pattern; default: every line */
export function logs(logGroup: string, pattern = ""): EventSource {
  return source("logs", { logGroup, pattern });
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

export interface JwtAuthorizer {
  readonly type: "jwt";
  readonly issuer: string;
  readonly audience: readonly string[];
  readonly scopes?: readonly string[];
}

export interface CognitoAuthorizer {
  readonly type: "cognito";
  readonly userPoolArn: string;
  readonly scopes?: readonly string[];
}

export interface HttpApiOptions {
  readonly cors?: boolean | Cors;
  readonly authorizer?: "iam" | JwtAuthorizer | CognitoAuthorizer;
}

/** A route of the service's HTTP API: `GET /users/{id}`, `ANY /{proxy+}` or `$default`. */
export function httpApi(route: string, options: HttpApiOptions = {}): EventSource {
  return source("httpApi", { route, ...options });
}

export interface RestApiOptions {
  readonly cors?: boolean | Cors;
  readonly authorizer?: "iam" | CognitoAuthorizer;
  readonly apiKey?: boolean;
  /** Media types whose bodies arrive as they are. */
  readonly binaryTypes?: readonly string[];
}

/** A route of the service's REST API: `GET /users/{id}` or `ANY /{proxy+}`. */
export function restApi(route: string, options: RestApiOptions = {}): EventSource {
  return source("restApi", { route, ...options });
}

function source(kind: string, details: object): EventSource {
  return { source: kind, ...details };
}
