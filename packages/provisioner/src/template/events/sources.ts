import { Fn } from "@awboost/cfn-template-builder/intrinsics";
import { DynamoDBTable } from "@awboost/cfn-resource-types/AWS-DynamoDB-Table";
import { KinesisStream } from "@awboost/cfn-resource-types/AWS-Kinesis-Stream";
import { SQSQueue } from "@awboost/cfn-resource-types/AWS-SQS-Queue";
import type { DynamoDbSource, KinesisSource, SqsSource } from "../../registration.js";
import type { FunctionDefinition } from "../../service.js";
import { pascal } from "../names.js";
import { cannotDeploy, isThere, lookUp, type Scope } from "../scope.js";

/** AWS's advice: six times the function's timeout, so that a message that is being worked on does not come again. */
const VISIBILITY_FACTOR = 6;
const MAX_VISIBILITY_SECONDS = 43_200;
const MAX_RECEIVES = 5;
const FOURTEEN_DAYS = 1_209_600;

/** A queue of that name, and one for the messages that fail. */
export function nameQueue(scope: Scope, definition: FunctionDefinition, { queue }: SqsSource): void {
  if (isThere(scope, definition, queue, SQSQueue.Type)) return;
  const id = `${pascal(queue)}Queue`;
  const owner = `queue "${queue}"`;
  const failed = scope.template.add(
    new SQSQueue(
      `${id}Failed`,
      { MessageRetentionPeriod: FOURTEEN_DAYS, SqsManagedSseEnabled: true },
      KEPT_APART,
    ),
    owner,
  );
  const visible = Math.min(MAX_VISIBILITY_SECONDS, VISIBILITY_FACTOR * (definition.options.timeout ?? 3));
  const made = scope.template.add(
    new SQSQueue(
      id,
      {
        VisibilityTimeout: Math.max(30, visible),
        SqsManagedSseEnabled: true,
        RedrivePolicy: { deadLetterTargetArn: failed.out.Arn, maxReceiveCount: MAX_RECEIVES },
      },
      KEPT_APART,
    ),
    owner,
  );
  scope.named.set(queue, { type: made.type, ref: made.ref, arn: Fn.getAtt(made.name, "Arn") });
  scope.template.output(`${id}Url`, made.ref, `URL of queue "${queue}"`);
}

export function nameStream(scope: Scope, definition: FunctionDefinition, { stream }: KinesisSource): void {
  if (isThere(scope, definition, stream, KinesisStream.Type)) return;
  const made = scope.template.add(
    new KinesisStream(
      `${pascal(stream)}Stream`,
      {
        StreamModeDetails: { StreamMode: "ON_DEMAND" },
        StreamEncryption: { EncryptionType: "KMS", KeyId: "alias/aws/kinesis" },
      },
      KEPT_APART,
    ),
    `stream "${stream}"`,
  );
  scope.named.set(stream, { type: made.type, ref: made.ref, arn: Fn.getAtt(made.name, "Arn") });
  scope.template.output(`${made.name}Name`, made.ref, `Name of stream "${stream}"`);
}

const VIEWS = { new: "NEW_IMAGE", old: "OLD_IMAGE", both: "NEW_AND_OLD_IMAGES", keys: "KEYS_ONLY" };

/** A table of that name, when its key is given: unlike queues and streams, a table is nothing without one. */
export function nameTable(scope: Scope, definition: FunctionDefinition, source: DynamoDbSource): void {
  const { table, partitionKey, sortKey, view = "both" } = source;
  if (partitionKey === undefined || isThere(scope, definition, table, DynamoDBTable.Type)) return;
  const keys = [partitionKey, ...(sortKey === undefined ? [] : [sortKey])];
  const made = scope.template.add(
    new DynamoDBTable(
      `${pascal(table)}Table`,
      {
        AttributeDefinitions: keys.map((name) => ({ AttributeName: name, AttributeType: "S" })),
        KeySchema: keys.map((name, index) => ({
          AttributeName: name,
          KeyType: index === 0 ? "HASH" : "RANGE",
        })),
        BillingMode: "PAY_PER_REQUEST",
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        StreamSpecification: { StreamViewType: VIEWS[view] },
      },
      // Nothing but this keeps a table's data from going with the stack.
      { DeletionPolicy: "RetainExceptOnCreate" as "Retain", UpdateReplacePolicy: "Retain" },
    ),
    `table "${table}"`,
  );
  scope.named.set(table, { type: made.type, ref: made.ref, arn: Fn.getAtt(made.name, "Arn") });
  scope.template.output(`${made.name}Name`, made.ref, `Name of table "${table}"`);
}

/** The ARN of a table's stream. */
export function tableStream(
  scope: Scope,
  definition: FunctionDefinition,
  { table }: DynamoDbSource,
): unknown {
  if (table.startsWith("arn:")) {
    if (table.includes("/stream/")) return table;
    throw cannotDeploy(
      definition,
      `${table} is the ARN of a table, not of its stream.`,
      "Give the stream's ARN: it ends with /stream/ and a time.",
    );
  }
  const {
    "Fn::GetAtt": [logicalId],
  } = lookUp(scope, definition, table).arn as { "Fn::GetAtt": [string] };
  return Fn.getAtt(logicalId, "StreamArn");
}

/** Replaced by another one it is kept: messages and records may be in it. */
const KEPT_APART = { DeletionPolicy: "Delete", UpdateReplacePolicy: "Retain" } as const;
