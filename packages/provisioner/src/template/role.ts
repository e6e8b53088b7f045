import { Fn } from "@awboost/cfn-template-builder/intrinsics";
import { IAMRole } from "@awboost/cfn-resource-types/AWS-IAM-Role";
import type { Reference } from "../registration.js";
import type { FunctionDefinition } from "../service.js";
import { publishStatements } from "./published-metrics.js";
import {
  allow,
  arnOf,
  here,
  userStatement,
  type DeployedFunction,
  type PolicyStatement,
  type Scope,
} from "./scope.js";

/** The execution role with what the function's options and event sources need, and nothing else. */
export function addRole(scope: Scope, fn: DeployedFunction): void {
  const { options } = fn.definition;
  if (options.role !== undefined) return;
  const statements = [
    logStatement(fn),
    ...vpcStatements(fn),
    ...(options.tracing ? [TRACING] : []),
    ...publishStatements(scope, fn.definition),
    ...destinationStatements(scope, fn),
    ...secretStatements(scope, fn.definition),
    ...fn.statements,
    ...(options.permissions ?? []).map((statement) => userStatement(scope, fn.definition, statement)),
  ];
  scope.template.add(
    new IAMRole(`${fn.id}Role`, {
      Description: `Execution role of ${scope.stackName}'s ${fn.owner.replaceAll('"', "'")}`,
      AssumeRolePolicyDocument: trust("lambda.amazonaws.com"),
      Policies: [
        { PolicyName: "least-privilege", PolicyDocument: { Version: "2012-10-17", Statement: statements } },
      ],
    }),
    fn.owner,
  );
}

/** Who may take a role on. */
export function trust(service: string): object {
  return {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" }],
  };
}

/** The group is in the template, so the function need not make it. Its ARN ends with `:*`, which means its streams. */
function logStatement({ id }: DeployedFunction): PolicyStatement {
  return allow(["logs:CreateLogStream", "logs:PutLogEvents"], [Fn.getAtt(`${id}Logs`, "Arn")]);
}

/** X-Ray has no resources: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsx-ray.html */
const TRACING = allow(["xray:PutTraceSegments", "xray:PutTelemetryRecords"], ["*"]);

/** Lambda makes network interfaces in the role's name; only some of their actions can be kept to a subnet. */
function vpcStatements({ definition: { options } }: DeployedFunction): PolicyStatement[] {
  if (options.vpcConfig === undefined) return [];
  const { subnetIds, securityGroupIds } = options.vpcConfig;
  const interfaces = here("ec2", "network-interface/*");
  const places = [
    ...subnetIds.map((subnet) => here("ec2", `subnet/${subnet}`)),
    ...securityGroupIds.map((group) => here("ec2", `security-group/${group}`)),
  ];
  return [
    allow(["ec2:CreateNetworkInterface"], [interfaces, ...places]),
    allow(
      ["ec2:DeleteNetworkInterface", "ec2:AssignPrivateIpAddresses", "ec2:UnassignPrivateIpAddresses"],
      [interfaces],
    ),
    // These have no resources.
    allow(["ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets"], ["*"]),
  ];
}

/** What sends to each kind of destination. */
const SENDING: Readonly<Record<string, string>> = {
  sqs: "sqs:SendMessage",
  sns: "sns:Publish",
  lambda: "lambda:InvokeFunction",
  events: "events:PutEvents",
  s3: "s3:PutObject",
};

function destinationStatements(scope: Scope, { definition }: DeployedFunction): PolicyStatement[] {
  const { deadLetter, onFailure, onSuccess } = definition.options;
  const targets = [deadLetter, onFailure, onSuccess].filter((target) => target !== undefined);
  return targets.map((target) => sendStatement(scope, definition, target));
}

/** What a function may do that sends to a queue, a topic, a function, a bus or a bucket. */
export function sendStatement(
  scope: Scope,
  definition: FunctionDefinition,
  target: string | Reference,
): PolicyStatement {
  const arn = arnOf(scope, definition, target);
  const action = SENDING[serviceOf(scope, target, arn)] ?? "sqs:SendMessage";
  return allow([action], [action === "s3:PutObject" ? Fn.join("", [arn, "/*"]) : arn]);
}

/** The service in an ARN, or that of the resource which it is taken from. */
export function serviceOf({ template }: Scope, target: string | Reference, arn: unknown): string {
  if (typeof target === "string" && target.startsWith("arn:")) return target.split(":")[2]!;
  const named = JSON.stringify(arn);
  const [, logicalId = ""] = /"(?:Fn::GetAtt":\["|Ref":")([A-Za-z0-9]+)"/.exec(named) ?? [];
  return (
    template.resources[logicalId]?.Type.split("::")[1]?.toLowerCase() ??
    (named.includes(":s3:::") ? "s3" : "")
  );
}

function secretStatements(scope: Scope, definition: FunctionDefinition): PolicyStatement[] {
  const references = Object.values(definition.options.environment ?? {}).filter(
    (value): value is Reference => typeof value !== "string",
  );
  const arns = (kind: Reference["reference"]) =>
    references.filter(({ reference }) => reference === kind).map((value) => arnOf(scope, definition, value));
  const [secrets, parameters] = [arns("secret"), arns("parameter")];
  return [
    ...(secrets.length > 0 ? [allow(["secretsmanager:GetSecretValue"], secrets)] : []),
    ...(parameters.length > 0 ? [allow(["ssm:GetParameter", "ssm:GetParameters"], parameters)] : []),
  ];
}
