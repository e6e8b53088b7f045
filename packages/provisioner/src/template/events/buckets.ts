import { S3Bucket } from "@awboost/cfn-resource-types/AWS-S3-Bucket";
import type { S3Source } from "../../registration.js";
import type { FunctionDefinition } from "../../service.js";
import { addInvokePermission } from "../invoke-permission.js";
import { fitted, pascal } from "../names.js";
import { cannotDeploy, isThere, sub, type DeployedFunction, type Scope } from "../scope.js";

/** S3's limit on names is 63, of which the account takes 12 and the longest region 14. */
const MAX_BASE = 63 - "-123456789012-ap-southeast-1".length;

interface Notification {
  readonly source: S3Source;
  readonly fn: DeployedFunction;
}

/**
 * The buckets that functions listen to, each once with the notifications of all functions. A bucket's name is put
 * together from what is known beforehand: a role or a permission that took it from the bucket would wait for the bucket,
 * which waits for the function.
 */
export function addBuckets(scope: Scope, notifications: readonly Notification[]): void {
  for (const bucket of new Set(notifications.map(({ source }) => source.bucket))) {
    addBucket(
      scope,
      bucket,
      notifications.filter(({ source }) => source.bucket === bucket),
    );
  }
}

/** What functions may refer to, which has to be known before they are made. */
export function nameBucket(scope: Scope, definition: FunctionDefinition, source: S3Source): void {
  const { bucket } = source;
  if (bucket.startsWith("arn:")) {
    throw cannotDeploy(
      definition,
      `the bucket ${bucket} is not the stack's, and CloudFormation sets notifications only of its own.`,
      'Turn EventBridge on for that bucket and use eventBridge({ source: ["aws.s3"], detail: { bucket: { name: [...] } } }).',
    );
  }
  if (isThere(scope, definition, bucket, S3Bucket.Type) && bucket in scope.template.resources) {
    throw cannotDeploy(
      definition,
      `the bucket "${bucket}" is a resource of your own, whose notifications are yours to set.`,
      "Leave the resource out: the stack makes the bucket, or give the event source another name.",
    );
  }
  scope.named.set(bucket, {
    type: S3Bucket.Type,
    ref: sub(bucketName(scope, bucket)),
    arn: sub(`arn:\${AWS::Partition}:s3:::${bucketName(scope, bucket)}`),
  });
}

function bucketName({ stackName }: Scope, bucket: string): string {
  const base = `${stackName}-${bucket}`.toLowerCase().replace(/[^a-z0-9-]+/g, "-");
  return `${fitted(base, MAX_BASE)}-\${AWS::AccountId}-\${AWS::Region}`;
}

function addBucket(scope: Scope, bucket: string, listeners: readonly Notification[]): void {
  const id = `${pascal(bucket)}Bucket`;
  const { arn } = scope.named.get(bucket)!;
  const permissions = new Set<string>();
  for (const { fn } of listeners) {
    const permissionId = `${fn.id}${pascal(bucket)}Bucket`;
    if (permissions.has(`${permissionId}Permission`)) continue;
    permissions.add(addInvokePermission(scope, fn, permissionId, "s3", arn));
  }
  scope.template.add(
    new S3Bucket(
      id,
      {
        BucketName: sub(bucketName(scope, bucket)) as string,
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" } }],
        },
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        NotificationConfiguration: {
          LambdaConfigurations: listeners.flatMap(({ source, fn }) =>
            source.events.map((event) => ({
              Event: event.startsWith("s3:") ? event : `s3:${event}`,
              Function: fn.arn as string,
              ...filterOf(source),
            })),
          ),
        },
      },
      // S3 refuses to delete a bucket that holds something, so no data is lost with the stack.
      { DependsOn: [...permissions].sort(), DeletionPolicy: "Delete", UpdateReplacePolicy: "Retain" },
    ),
    `bucket "${bucket}"`,
  );
  scope.template.output(`${id}Name`, sub(bucketName(scope, bucket)), `Name of bucket "${bucket}"`);
}

function filterOf({ prefix, suffix }: S3Source) {
  const rules = [
    ...(prefix === undefined ? [] : [{ Name: "prefix", Value: prefix }]),
    ...(suffix === undefined ? [] : [{ Name: "suffix", Value: suffix }]),
  ];
  return rules.length === 0 ? {} : { Filter: { S3Key: { Rules: rules } } };
}
