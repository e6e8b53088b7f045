import {
  LambdaEventSourceMapping,
  type LambdaEventSourceMappingProperties,
} from "@awboost/cfn-resource-types/AWS-Lambda-EventSourceMapping";
import type { DynamoDbSource, KinesisSource, SqsSource } from "../../registration.js";
import { pascal, shortHash } from "../names.js";
import { sendStatement } from "../role.js";
import { allow, arnOf, type DeployedFunction, type Scope } from "../scope.js";

/** https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html: what Lambda's poller does in the role's name. */
const QUEUE_ACTIONS = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"];
const TABLE_ACTIONS = ["dynamodb:GetRecords", "dynamodb:GetShardIterator", "dynamodb:DescribeStream"];
const STREAM_ACTIONS = [
  "kinesis:GetRecords",
  "kinesis:GetShardIterator",
  "kinesis:DescribeStream",
  "kinesis:DescribeStreamSummary",
  "kinesis:ListShards",
  "kinesis:SubscribeToShard",
];

export function addQueueMapping(scope: Scope, fn: DeployedFunction, source: SqsSource): void {
  const arn = arnOf(scope, fn.definition, source.queue);
  fn.statements.push(allow(QUEUE_ACTIONS, [arn]));
  addMapping(scope, fn, source.queue, "Queue", {
    EventSourceArn: arn as string,
    ...batches(source),
    ...(source.maxConcurrency !== undefined && {
      ScalingConfig: { MaximumConcurrency: source.maxConcurrency },
    }),
  });
}

export function addTableMapping(
  scope: Scope,
  fn: DeployedFunction,
  source: DynamoDbSource,
  streamArn: unknown,
): void {
  fn.statements.push(allow(TABLE_ACTIONS, [streamArn]));
  addMapping(scope, fn, source.table, "Table", {
    EventSourceArn: streamArn as string,
    ...batches(source),
    ...streamSettings(scope, fn, source),
  });
}

export function addStreamMapping(scope: Scope, fn: DeployedFunction, source: KinesisSource): void {
  const arn = arnOf(scope, fn.definition, source.stream);
  fn.statements.push(allow(STREAM_ACTIONS, [arn]));
  addMapping(scope, fn, source.stream, "Stream", {
    EventSourceArn: arn as string,
    ...batches(source),
    ...streamSettings(scope, fn, source),
  });
}

/** The id holds the function and the source: two functions that read one stream are two mappings. */
function addMapping(
  { template }: Scope,
  fn: DeployedFunction,
  name: string,
  kind: string,
  properties: Omit<LambdaEventSourceMappingProperties, "FunctionName">,
): void {
  const source = name.startsWith("arn:") ? shortHash(name) : pascal(name);
  template.add(
    new LambdaEventSourceMapping(
      `${fn.id}${source}${kind}Mapping`,
      { FunctionName: fn.arn as string, ...properties },
      // A role of the stack's must allow the reading before the mapping is made, which checks it.
      fn.definition.options.role === undefined ? { DependsOn: [`${fn.id}Role`] } : {},
    ),
    fn.owner,
  );
}

interface Batches {
  readonly batchSize?: number;
  readonly window?: number;
  readonly partial?: boolean;
  readonly filters?: readonly Readonly<Record<string, unknown>>[];
}

function batches({ batchSize, window, partial = true, filters }: Batches) {
  return {
    ...(batchSize !== undefined && { BatchSize: batchSize }),
    ...(window !== undefined && { MaximumBatchingWindowInSeconds: window }),
    ...(partial && { FunctionResponseTypes: ["ReportBatchItemFailures" as const] }),
    ...(filters && {
      FilterCriteria: { Filters: filters.map((pattern) => ({ Pattern: JSON.stringify(pattern) })) },
    }),
  };
}

function streamSettings(scope: Scope, fn: DeployedFunction, source: DynamoDbSource | KinesisSource) {
  const { startingPosition = "latest", bisect = true, retries, maxAge, parallel, onFailure } = source;
  if (onFailure !== undefined) fn.statements.push(sendStatement(scope, fn.definition, onFailure));
  return {
    StartingPosition: startingPosition === "latest" ? "LATEST" : "TRIM_HORIZON",
    BisectBatchOnFunctionError: bisect,
    ...(retries !== undefined && { MaximumRetryAttempts: retries }),
    ...(maxAge !== undefined && { MaximumRecordAgeInSeconds: maxAge }),
    ...(parallel !== undefined && { ParallelizationFactor: parallel }),
    ...(onFailure !== undefined && {
      DestinationConfig: { OnFailure: { Destination: arnOf(scope, fn.definition, onFailure) as string } },
    }),
  };
}
