import type { Template } from "@awboost/cfn-template-builder/template";
import type { ServiceDefinition } from "../service.js";
import { deployedName } from "../template/names.js";
import { RESOURCE_ACTIONS } from "./resource-actions.js";

/** A policy as IAM takes it. */
export interface Policy {
  readonly Version: "2012-10-17";
  readonly Statement: readonly PolicyEntry[];
}

export interface PolicyEntry {
  readonly Sid: string;
  readonly Effect: "Allow";
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
}

/** The least that is needed for each kind of work. */
export interface LeastPolicies {
  /** `laconic provision`, `delete` and `recover`. */
  readonly deploy: Policy;
  /** `laconic diff`, `status` and `orphans`. */
  readonly read: Policy;
  /** What each function may do when it runs, by its name: its role in the template. */
  readonly execution: Readonly<Record<string, unknown>>;
}

export interface PolicySubject {
  readonly service: ServiceDefinition;
  readonly stackName: string;
  readonly template: Template;
  readonly bucket: string;
  /** Functions that a smoke test invokes, as registered. */
  readonly smoke?: readonly string[];
  readonly partition?: string;
  readonly account: string;
  readonly region: string;
}

const READ_STACK = ["DescribeStacks", "GetTemplate", "ListStackResources", "DescribeStackResources"];
const CHANGE_STACK = [
  "CreateChangeSet",
  "DescribeChangeSet",
  "ExecuteChangeSet",
  "DeleteChangeSet",
  "ListChangeSets",
  "DeleteStack",
  "ContinueUpdateRollback",
  "RollbackStack",
  "DescribeStackEvents",
  "DescribeEvents",
  "TagResource",
];
const BUCKET_ACTIONS = [
  "CreateBucket",
  "DeleteBucket",
  "GetBucketVersioning",
  "ListBucket",
  "ListBucketVersions",
  "PutBucketPublicAccessBlock",
  "PutBucketTagging",
  "PutBucketVersioning",
  "PutEncryptionConfiguration",
];
const OBJECT_ACTIONS = [
  "AbortMultipartUpload",
  "DeleteObject",
  "DeleteObjectVersion",
  "GetObject",
  "GetObjectVersion",
  "PutObject",
];

/** Prints what a deployer and a reader of a service need, and what its functions may do. */
export function leastPolicies(subject: PolicySubject): LeastPolicies {
  const { service, stackName, template, bucket, smoke = [], partition = "aws" } = subject;
  const stack = arn(subject, "cloudformation", `stack/${stackName}/*`);
  const tested = smoke.map((name) => arn(subject, "lambda", `function:${deployedName(stackName, name)}`));
  const named = [...new Set(service.functions.flatMap(({ options }) => options.role ?? []))];
  const roles = named.map((role) =>
    role.startsWith("arn:") ? role : `arn:${partition}:iam::${subject.account}:role/${role}`,
  );
  return {
    deploy: policy(
      entry("Stack", "cloudformation", [...READ_STACK, ...CHANGE_STACK], [stack]),
      entry("PackageBucket", "s3", BUCKET_ACTIONS, [`arn:${partition}:s3:::${bucket}`]),
      entry("Packages", "s3", OBJECT_ACTIONS, [`arn:${partition}:s3:::${bucket}/${stackName}/*`]),
      ...(roles.length > 0 ? [entry("NamedRoles", "iam", ["GetRole", "PassRole"], roles)] : []),
      ...(tested.length > 0 ? [entry("SmokeTest", "lambda", ["InvokeFunction"], tested)] : []),
      ...resourceEntries(subject),
    ),
    read: policy(
      entry("Stack", "cloudformation", READ_STACK, [stack]),
      // Listing has no resources to be kept to.
      entry("Listing", "cloudformation", ["DescribeStacks"], ["*"]),
      entry("Tagged", "tag", ["GetResources"], ["*"]),
      entry("Packages", "s3", ["ListBucket"], [`arn:${partition}:s3:::${bucket}`]),
    ),
    execution: Object.fromEntries(
      Object.entries(template.Resources)
        .filter(([, { Type }]) => Type === "AWS::IAM::Role")
        .map(([id, { Properties }]) => [id, (Properties as { Policies?: unknown }).Policies]),
    ),
  };
}

/** Services that an action of a schema may belong to though the resource's own is another, and when that counts. */
function isNeeded(action: string, own: ReadonlySet<string>, { service }: PolicySubject): boolean {
  const [prefix = ""] = action.split(":");
  const uses = (option: "vpcConfig" | "kmsKeyArn") =>
    service.functions.some(({ options }) => options[option] !== undefined);
  if (action === "iam:PassRole" || own.has(prefix)) return true;
  if (prefix === "ec2") return uses("vpcConfig");
  return prefix === "kms" && uses("kmsKeyArn");
}

function resourceEntries(subject: PolicySubject): PolicyEntry[] {
  const types = [...new Set(Object.values(subject.template.Resources).map(({ Type }) => Type))];
  const own = new Set(
    types.map((type) => PREFIXES[type.split("::")[1]!] ?? type.split("::")[1]!.toLowerCase()),
  );
  const actions = types
    .flatMap((type) => RESOURCE_ACTIONS[type] ?? [])
    .filter((one) => isNeeded(one, own, subject));
  const prefixes = [...new Set(actions.map((action) => action.split(":")[0]!))].sort();
  return prefixes.map((prefix) => {
    const mine = [...new Set(actions.filter((action) => action.startsWith(`${prefix}:`)))].sort();
    return {
      Sid: `Resources${prefix.replace(/\W/g, "")}`,
      Effect: "Allow",
      Action: mine,
      Resource: placesOf(prefix, subject),
    };
  });
}

/** What IAM calls a service, where it is not CloudFormation's name in small letters. */
const PREFIXES: Readonly<Record<string, string>> = { ApiGatewayV2: "apigateway" };

/** What CloudFormation makes bears the stack's name, in each service in its own way. */
function placesOf(prefix: string, subject: PolicySubject): string[] {
  const { stackName, account, region, partition = "aws" } = subject;
  const here = (resource: string) => arn(subject, prefix, resource);
  switch (prefix) {
    case "lambda":
      return [here(`function:${stackName}-*`), here("event-source-mapping:*")];
    case "logs":
      return [here("log-group:*")];
    case "iam":
      return [`arn:${partition}:iam::${account}:role/${stackName}-*`];
    case "s3":
      return [`arn:${partition}:s3:::${stackName.toLowerCase()}-*`];
    case "sqs":
    case "sns":
      return [here(`${stackName}-*`)];
    case "dynamodb":
      return [here(`table/${stackName}-*`)];
    case "kinesis":
      return [here(`stream/${stackName}-*`)];
    case "events":
      return [here(`rule/${stackName}-*`)];
    case "scheduler":
      return [here(`schedule/default/${stackName}-*`)];
    case "cloudwatch":
      return [`arn:${partition}:cloudwatch::${account}:dashboard/${stackName}`, here(`alarm:${stackName}-*`)];
    case "apigateway":
      return [`arn:${partition}:apigateway:${region}::/*`];
    default:
      // These have names that CloudFormation does not choose, or none.
      return ["*"];
  }
}

function arn(
  { partition = "aws", region, account }: PolicySubject,
  service: string,
  resource: string,
): string {
  return `arn:${partition}:${service}:${region}:${account}:${resource}`;
}

function entry(
  sid: string,
  service: string,
  actions: readonly string[],
  resources: readonly string[],
): PolicyEntry {
  return {
    Sid: sid,
    Effect: "Allow",
    Action: actions.map((action) => `${service}:${action}`),
    Resource: resources,
  };
}

function policy(...statements: PolicyEntry[]): Policy {
  return { Version: "2012-10-17", Statement: statements };
}
