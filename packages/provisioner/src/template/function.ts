import { Fn } from "@awboost/cfn-template-builder/intrinsics";
import { LambdaAlias } from "@awboost/cfn-resource-types/AWS-Lambda-Alias";
import { LambdaEventInvokeConfig } from "@awboost/cfn-resource-types/AWS-Lambda-EventInvokeConfig";
import {
  LambdaFunction,
  type LambdaFunctionProperties,
} from "@awboost/cfn-resource-types/AWS-Lambda-Function";
import { LambdaVersion } from "@awboost/cfn-resource-types/AWS-Lambda-Version";
import { LogsLogGroup, type LogsLogGroupProperties } from "@awboost/cfn-resource-types/AWS-Logs-LogGroup";
import type { FunctionDefinition, FunctionSettings } from "../service.js";
import { CODE } from "./code-parameters.js";
import { environmentOf } from "./environment.js";
import { deployedName, pascal, shortHash } from "./names.js";
import { arnOf, cannotDeploy, sub, type DeployedFunction, type Scope } from "./scope.js";

/** Name that the alias has which callers use when versions are published. */
export const ALIAS = "live";

const DEFAULT_RETENTION_DAYS = 30;

/** A function with its log group, and its version and alias when it needs them. Its role is added by `addRole`. */
export function addFunction(scope: Scope, definition: FunctionDefinition): DeployedFunction {
  const id = pascal(definition.name);
  const owner = `function "${definition.name}"`;
  if (definition.place) scope.template.places.set(owner, definition.place);
  refuseContradictions(definition);
  const name = deployedName(scope.stackName, definition.name);
  const logGroup = addLogGroup(scope, definition.options, id, name, owner);
  const properties = functionProperties(scope, definition, name, logGroup);
  const made = scope.template.add(
    new LambdaFunction(`${id}Function`, { ...properties, Role: roleOf(definition, id) }, {}),
    owner,
  );
  scope.template.output(`${id}FunctionArn`, made.out.Arn, `ARN of function "${definition.name}"`);
  const published = needsVersion(definition.options)
    ? addAlias(scope, definition.options, id, owner, { ...properties, Handler: definition.handler })
    : undefined;
  addAsyncSettings(scope, definition, id, owner, published !== undefined);
  return {
    definition,
    id,
    owner,
    arn: published?.arn ?? Fn.getAtt(made.name, "Arn"),
    ...(published && { alias: published.logicalId }),
    statements: [],
  };
}

function functionProperties(
  scope: Scope,
  definition: FunctionDefinition,
  name: string,
  logGroup: LogsLogGroup,
): Omit<LambdaFunctionProperties, "Role"> {
  const { options } = definition;
  const variables = environmentOf(scope, definition);
  return {
    FunctionName: name,
    Description: options.description ?? `${scope.stackName}: ${definition.name}`,
    Runtime: definition.runtime,
    Handler: definition.handler,
    Code: CODE,
    Architectures: [scope.target.architecture],
    MemorySize: options.memorySize ?? 128,
    Timeout: options.timeout ?? 3,
    LoggingConfig: { LogGroup: logGroup.ref, LogFormat: options.logFormat === "json" ? "JSON" : "Text" },
    TracingConfig: { Mode: options.tracing ? "Active" : "PassThrough" },
    ...(variables && { Environment: { Variables: variables } }),
    ...(options.kmsKeyArn && { KmsKeyArn: options.kmsKeyArn }),
    ...(options.vpcConfig && {
      VpcConfig: {
        SubnetIds: [...options.vpcConfig.subnetIds],
        SecurityGroupIds: [...options.vpcConfig.securityGroupIds],
      },
    }),
    ...(options.layers && { Layers: [...options.layers] }),
    ...(options.ephemeralStorage && { EphemeralStorage: { Size: options.ephemeralStorage } }),
    ...(options.reservedConcurrency !== undefined && {
      ReservedConcurrentExecutions: options.reservedConcurrency,
    }),
    ...(options.snapStart && { SnapStart: { ApplyOn: "PublishedVersions" as const } }),
    ...(options.tenantIsolation && { TenancyConfig: { TenantIsolationMode: "PER_TENANT" as const } }),
    ...(options.deadLetter !== undefined && {
      DeadLetterConfig: { TargetArn: arnOf(scope, definition, options.deadLetter) as string },
    }),
  };
}

function addLogGroup(
  scope: Scope,
  { logRetention = DEFAULT_RETENTION_DAYS }: FunctionSettings,
  id: string,
  functionName: string,
  owner: string,
): LogsLogGroup {
  // Days that CloudWatch does not know are told by the validation of the template.
  const retention =
    logRetention === "forever"
      ? {}
      : { RetentionInDays: logRetention as NonNullable<LogsLogGroupProperties["RetentionInDays"]> };
  const properties = { LogGroupName: `/aws/lambda/${functionName}`, ...retention };
  return scope.template.add(
    new LogsLogGroup(`${id}Logs`, properties, { DeletionPolicy: "Delete", UpdateReplacePolicy: "Delete" }),
    owner,
  );
}

/** The role that the template makes, or the one that the user names. */
function roleOf({ options }: FunctionDefinition, id: string): string {
  if (options.role === undefined) return Fn.getAtt(`${id}Role`, "Arn") as string;
  if (options.role.startsWith("arn:")) return options.role;
  return sub(`arn:\${AWS::Partition}:iam::\${AWS::AccountId}:role/${options.role}`) as string;
}

function needsVersion({ snapStart, provisionedConcurrency }: FunctionSettings): boolean {
  return Boolean(snapStart) || provisionedConcurrency !== undefined;
}

/**
 * A version is made when its logical id is new, so the id says what is in it: a changed package or configuration is a
 * new version, and an unchanged one is none.
 */
function addAlias(
  scope: Scope,
  { provisionedConcurrency }: FunctionSettings,
  id: string,
  owner: string,
  content: object,
): { arn: unknown; logicalId: string } {
  const digest = shortHash(`${scope.packageDigest} ${JSON.stringify(content)}`);
  const version = scope.template.add(
    new LambdaVersion(`${id}Version${digest}`, { FunctionName: Fn.ref(`${id}Function`) as string }),
    owner,
  );
  const alias = scope.template.add(
    new LambdaAlias(`${id}Alias`, {
      FunctionName: Fn.ref(`${id}Function`) as string,
      FunctionVersion: version.out.Version as unknown as string,
      Name: ALIAS,
      ...(provisionedConcurrency !== undefined && {
        ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: provisionedConcurrency },
      }),
    }),
    owner,
  );
  return { arn: alias.ref, logicalId: alias.name };
}

/** What happens to asynchronous events that fail. */
function addAsyncSettings(
  scope: Scope,
  definition: FunctionDefinition,
  id: string,
  owner: string,
  hasAlias: boolean,
): void {
  const { onFailure, onSuccess, retries, maxEventAge } = definition.options;
  if ([onFailure, onSuccess, retries, maxEventAge].every((option) => option === undefined)) return;
  const destination = (target: typeof onFailure) =>
    target === undefined ? undefined : { Destination: arnOf(scope, definition, target) as string };
  const [failure, success] = [destination(onFailure), destination(onSuccess)];
  const config = new LambdaEventInvokeConfig(
    `${id}Async`,
    {
      FunctionName: Fn.ref(`${id}Function`) as string,
      Qualifier: hasAlias ? ALIAS : "$LATEST",
      ...(retries !== undefined && { MaximumRetryAttempts: retries }),
      ...(maxEventAge !== undefined && { MaximumEventAgeInSeconds: maxEventAge }),
      ...((failure || success) && {
        DestinationConfig: {
          ...(failure && { OnFailure: failure }),
          ...(success && { OnSuccess: success }),
        },
      }),
    },
    hasAlias ? { DependsOn: [`${id}Alias`] } : {},
  );
  scope.template.add(config, owner);
}

function refuseContradictions(definition: FunctionDefinition): void {
  const { snapStart, provisionedConcurrency, tenantIsolation, ephemeralStorage = 512 } = definition.options;
  if (!snapStart) return;
  if (!definition.runtime.startsWith("python")) {
    throw cannotDeploy(
      definition,
      `snapStart is there only for Lambda's Python runtime, not for ${definition.runtime}.`,
      "Leave snapStart out, or provision with the shim python, or native with --wrapper.",
    );
  }
  const other = [
    ...(provisionedConcurrency !== undefined ? ["provisionedConcurrency"] : []),
    ...(tenantIsolation ? ["tenantIsolation"] : []),
    ...(ephemeralStorage > 512 ? ["more than 512 MB of ephemeralStorage"] : []),
  ];
  if (other.length === 0) return;
  throw cannotDeploy(
    definition,
    `Lambda has no snapStart together with ${other.join(" and ")}.`,
    "Leave one out.",
  );
}
