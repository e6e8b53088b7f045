import { closest } from "@laconic/dispatcher";
import { RegistrationError } from "./errors.js";
import type { Cors, EventSource } from "./events.js";
import type { Reference } from "./references.js";

/** How a function is deployed. All of it reaches the build through the library's description of itself. */
export interface FunctionOptions {
  /** Default: `<service>: <function>`. */
  readonly description?: string;
  /** Megabytes, 128 to 10240. Lambda's default is 128. */
  readonly memorySize?: number;
  /** Seconds, 1 to 900. Lambda's default is 3. */
  readonly timeout?: number;
  /** Environment variables: texts, and `ref()`, `arn()`, `parameter()` and `secret()`. */
  readonly environment?: Readonly<Record<string, string | Reference>>;
  /** Name or ARN of the execution role; without one, a role is made. */
  readonly role?: string;
  /** ARN of the key that encrypts the environment. */
  readonly kmsKeyArn?: string;
  readonly vpcConfig?: VpcConfig;
  /**
   * Whether the answer is sent while it is written, for a Function URL or an API that streams responses: by `response.write`,
   * the `ReadableStream` of a `Response`, or a stream that a plain handler returns. The native and node shims can; the
   * others send the same bytes when it is whole.
   */
  readonly streaming?: boolean;
  /** What invokes the function: `s3()`, `sqs()`, `schedule()`, `httpApi()` and the like. */
  readonly events?: readonly EventSource[];
  /** A Function URL; an HTTP app without event sources has a public one unless this is false. */
  readonly url?: boolean | UrlOptions;
  /** What the function may do besides what its options and event sources need. */
  readonly permissions?: readonly Permission[];
  /** ARNs of layers' versions. */
  readonly layers?: readonly string[];
  /** Megabytes of `/tmp`, 512 to 10240. */
  readonly ephemeralStorage?: number;
  /** X-Ray. */
  readonly tracing?: boolean;
  /** Days that logs are kept; default 30. */
  readonly logRetention?: number | "forever";
  readonly logFormat?: "json" | "text";
  readonly reservedConcurrency?: number;
  /** Environments that are kept ready, behind the alias `live`. */
  readonly provisionedConcurrency?: number;
  /** Snapshots of the started process, behind the alias `live`; with the python shim only. */
  readonly snapStart?: boolean;
  /** Queue or topic for asynchronous events that failed: a name of the stack's, or an ARN. */
  readonly deadLetter?: string | Reference;
  /** Queue, topic, function or bus that is told of asynchronous events that failed. */
  readonly onFailure?: string | Reference;
  readonly onSuccess?: string | Reference;
  /** How often an asynchronous event is tried again, 0 to 2. */
  readonly retries?: number;
  /** Seconds that an asynchronous event may wait, 60 to 21600. */
  readonly maxEventAge?: number;
  /** An environment of its own for each tenant. */
  readonly tenantIsolation?: boolean;
  /** Seldom needed: states the handler's shape when its parameters do not show it, as after a wrapper `(...args) =>`. */
  readonly shape?: "response" | "event";
}

export interface VpcConfig {
  readonly subnetIds: readonly string[];
  readonly securityGroupIds: readonly string[];
}

export interface UrlOptions {
  /** Default `none`: the public. */
  readonly auth?: "none" | "iam";
  readonly stream?: boolean;
  readonly cors?: boolean | Cors;
}

export interface Permission {
  /** For example `s3:GetObject`. */
  readonly actions: readonly string[];
  /** ARNs, names of the stack's resources, or `arn("uploads", "/*")`. */
  readonly resources: readonly (string | Reference)[];
}

/** AWS Lambda quotas: memory per function, in megabytes. */
const MEMORY = { least: 128, most: 10_240 };
/** AWS Lambda quotas: function timeout, in seconds. */
const TIMEOUT = { least: 1, most: 900 };

type Check = (value: unknown) => string | undefined;

/** Checked when the template is made, against AWS's own schemas: a library need not carry that. */
const DEPLOYED =
  "events url permissions layers ephemeralStorage tracing logRetention logFormat reservedConcurrency provisionedConcurrency " +
  "snapStart deadLetter onFailure onSuccess retries maxEventAge tenantIsolation";

const commonChecks = (): Record<string, Check> => ({
  ...Object.fromEntries(DEPLOYED.split(" ").map((name) => [name, () => undefined])),
  description: text,
  memorySize: whole(MEMORY, "megabytes"),
  timeout: whole(TIMEOUT, "seconds"),
  environment: (value) =>
    isRecord(value) && Object.values(value).every((one) => typeof one === "string" || isRecord(one))
      ? undefined
      : "an object of strings",
  role: text,
  kmsKeyArn: text,
  streaming: (value) => (typeof value === "boolean" ? undefined : "true or false"),
  vpcConfig: (value) =>
    isRecord(value) && isTextList(value["subnetIds"]) && isTextList(value["securityGroupIds"])
      ? undefined
      : "an object with the lists subnetIds and securityGroupIds",
});

const checks = (): Record<string, Check> => ({
  ...commonChecks(),
  shape: (value) => (value === "response" || value === "event" ? undefined : '"response" or "event"'),
});

const httpChecks = (): Record<string, Check> => ({
  ...commonChecks(),
  basePath: (value) =>
    isPath(value) || (Array.isArray(value) && value.length > 0 && value.every(isPath))
      ? undefined
      : 'a path such as "/v1", or a list of them',
  eventPath: (value) => (isPath(value) ? undefined : 'a path such as "/events"'),
});

/** @throws RegistrationError LAC3105 for a value that cannot be, LAC3106 for an option that does not exist */
export function checkOptions(functionName: string, options: FunctionOptions): void {
  checkAgainst(checks(), functionName, options);
}

/** The same for `http()`. @throws RegistrationError LAC3105 or LAC3106 */
export function checkHttpOptions(functionName: string, options: object): void {
  checkAgainst(httpChecks(), functionName, options);
}

/** Whether a value can only be the options of `http()`: a plain object that has some of them, and nothing else. */
export function isHttpOptions(value: unknown): boolean {
  if (!isRecord(value) || Object.getPrototypeOf(value) !== Object.prototype) return false;
  const names = Object.keys(value);
  const known = httpChecks();
  return names.length > 0 && names.every((name) => Object.hasOwn(known, name));
}

function checkAgainst(known: Readonly<Record<string, Check>>, functionName: string, options: object): void {
  if (!isRecord(options)) throw invalid(functionName, "The options", options, "an object");
  for (const [option, value] of Object.entries(options)) {
    if (value === undefined) continue;
    if (!Object.hasOwn(known, option)) throw unknownOption(functionName, option, Object.keys(known));
    const expected = known[option]!(value);
    if (expected !== undefined) throw invalid(functionName, `Option "${option}"`, value, expected);
  }
}

function unknownOption(functionName: string, option: string, known: readonly string[]): RegistrationError {
  const guess = closest(option, known) ?? known.find((name) => name.startsWith(option));
  const suggestion = guess === undefined ? "" : `, did you mean "${guess}"?`;
  return new RegistrationError(
    "LAC3106",
    `Function "${functionName}" has an unknown option "${option}"${suggestion}`,
    `Known options: ${known.join(", ")}.`,
  );
}

function invalid(functionName: string, what: string, value: unknown, expected: string): RegistrationError {
  const shown = typeof value === "string" ? JSON.stringify(value) : String(value);
  return new RegistrationError(
    "LAC3105",
    `${what} of function "${functionName}" is ${shown}, but must be ${expected}`,
    "Correct the value in the call that registers the function.",
  );
}

function text(value: unknown): string | undefined {
  return typeof value === "string" ? undefined : "a string";
}

function whole({ least, most }: { least: number; most: number }, unit: string): Check {
  return (value) =>
    Number.isInteger(value) && (value as number) >= least && (value as number) <= most
      ? undefined
      : `a whole number of ${unit} from ${least} to ${most}`;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A path as a mapping has it: it begins with a slash and holds no query, fragment or blank. */
function isPath(value: unknown): boolean {
  return typeof value === "string" && /^\/[\x21-\x7e]*$/.test(value) && !/[?#\\]/.test(value);
}

function isTextList(value: unknown): boolean {
  return Array.isArray(value) && value.every((one) => typeof one === "string");
}
