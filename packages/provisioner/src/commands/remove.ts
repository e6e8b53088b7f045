import { randomUUID } from "node:crypto";
import type { Stack } from "@aws-sdk/client-cloudformation";
import { calling } from "../aws/aws-errors.js";
import type { Aws } from "../aws/clients.js";
import { whoAmI, type Identity } from "../aws/identity.js";
import { findBucket, ownBucketName, removeEmptyBucket } from "../aws/package-bucket.js";
import { countBelow, removeBelow } from "../aws/package-upload.js";
import {
  assertIdle,
  assertOurs,
  deployedTemplate,
  findStack,
  noStack,
  parameterOf,
  POLL_MS,
} from "../aws/stack.js";
import { explainFailure, watchStack } from "../aws/stack-events.js";
import { ProvisionError } from "../errors.js";
import type { ProvisionListener } from "../listener.js";
import { CODE_BUCKET } from "../template/code-parameters.js";
import { Workflow } from "../workflow.js";

export interface RemoveOptions {
  readonly stackName: string;
  readonly service: string;
  /** Where packages are that were uploaded with --s3Bucket, for a stack that is gone. */
  readonly bucket?: string | undefined;
  /** Says what would be deleted and deletes nothing. */
  readonly noop: boolean;
  readonly pollMs?: number;
}

/** What is about to go, and what stays. */
export interface Removal {
  readonly stackName: string;
  readonly stackId: string;
  readonly deleted: readonly RemovedResource[];
  /** Resources that their DeletionPolicy keeps. */
  readonly kept: readonly RemovedResource[];
}

export interface RemovedResource {
  readonly logicalId: string;
  readonly type: string;
  readonly physicalId: string;
}

export interface RemoveContext {
  readonly options: RemoveOptions;
  readonly confirm: (removal: Removal) => Promise<boolean>;
  readonly listener: ProvisionListener;
  readonly signal: AbortSignal;
}

export interface Removed extends Removal {
  readonly removed: boolean;
  /** Uploaded packages that went with it. */
  readonly objects: number;
}

/**
 * Deletes a service's stack and the packages that were uploaded for it; what is marked to be kept is kept and named.
 *
 * @throws {ProvisionError} LAC9030 to LAC9036
 */
export async function remove(aws: Aws, context: RemoveContext): Promise<Removed> {
  const { options, confirm, listener, signal } = context;
  const workflow = new Workflow(listener, signal);
  const identity = await workflow.step(
    "identity",
    () => whoAmI(aws),
    ({ arn, region }) => `${arn} in ${region}`,
  );
  const stack = await workflow.step(
    "verify",
    () => removable(aws, options),
    (found) => found?.StackStatus ?? "the stack is gone",
  );
  const bucket = stack ? parameterOf(stack, CODE_BUCKET) : await bucketLeft(aws, identity, options);
  const removal = stack ? await whatGoes(aws, stack) : leftovers(options, bucket);
  if (options.noop) return { ...removal, removed: false, objects: 0 };
  if (!(await confirm(removal))) throw notConfirmed(options);
  if (stack) await workflow.step("delete", () => deleteStack(aws, context, removal));
  const objects = bucket
    ? await workflow.step(
        "packages",
        () => removePackages(aws, identity, bucket, options.stackName),
        (count) => `${count} objects`,
      )
    : 0;
  return { ...removal, removed: true, objects };
}

function notConfirmed({ stackName }: RemoveOptions): ProvisionError {
  return new ProvisionError("LAC9034", `Nothing was deleted: deleting ${stackName} was not confirmed.`, {
    hint: "Answer yes, or add --yes where nobody can be asked.",
  });
}

async function removePackages(
  aws: Aws,
  identity: Identity,
  bucket: string,
  stackName: string,
): Promise<number> {
  const count = await removeBelow(aws, bucket, `${stackName}/`);
  await removeEmptyBucket(aws, identity, bucket);
  return count;
}

/**
 * The bucket that still holds packages of a stack that is gone: a deletion ended between the two.
 * @throws {ProvisionError} LAC9030 when nothing is left
 */
async function bucketLeft(aws: Aws, identity: Identity, options: RemoveOptions): Promise<string> {
  const bucket = options.bucket ?? ownBucketName(identity);
  if (await findBucket(aws, identity, bucket)) {
    const objects = await countBelow(aws, bucket, `${options.stackName}/`);
    // Our own bucket goes with the last package, so an empty one was left behind, too.
    if (objects > 0 || (bucket === ownBucketName(identity) && (await countBelow(aws, bucket, "")) === 0))
      return bucket;
  }
  throw noStack(options.stackName, identity.region);
}

function leftovers({ stackName }: RemoveOptions, bucket = ""): Removal {
  const packages = {
    logicalId: "Packages",
    type: "AWS::S3::Object",
    physicalId: `s3://${bucket}/${stackName}/`,
  };
  return { stackName, stackId: "", deleted: [packages], kept: [] };
}

async function removable(aws: Aws, { stackName, service }: RemoveOptions): Promise<Stack | undefined> {
  const stack = await findStack(aws, stackName);
  if (stack === undefined || stack.StackStatus === "DELETE_COMPLETE") return undefined;
  assertOurs(stack, service);
  if (stack.StackStatus !== "DELETE_IN_PROGRESS") assertIdle(stack);
  return stack;
}

async function whatGoes(aws: Aws, { StackName = "", StackId = "" }: Stack): Promise<Removal> {
  // A stack in review has no template yet.
  const template = await deployedTemplate(aws, StackId).catch(() => "{}");
  const { Resources = {} } = JSON.parse(template) as {
    Resources?: Record<string, { DeletionPolicy?: string }>;
  };
  const resources = await stackResources(aws, StackId);
  const isKept = ({ logicalId }: RemovedResource) =>
    /^Retain/.test(Resources[logicalId]?.DeletionPolicy ?? "");
  return {
    stackName: StackName,
    stackId: StackId,
    deleted: resources.filter((resource) => !isKept(resource)),
    kept: resources.filter(isKept),
  };
}

/** What a stack holds now. */
export async function stackResources(aws: Aws, stackId: string): Promise<RemovedResource[]> {
  const cloudFormation = await aws.client("cloudFormation");
  const found: RemovedResource[] = [];
  let next: string | undefined;
  do {
    const page = await calling(
      "Listing the stack's resources",
      cloudFormation.listStackResources({ StackName: stackId, ...(next && { NextToken: next }) }),
    );
    for (const {
      LogicalResourceId = "",
      ResourceType = "",
      PhysicalResourceId = "",
      ResourceStatus,
    } of page.StackResourceSummaries ?? []) {
      if (ResourceStatus === "DELETE_COMPLETE") continue;
      found.push({ logicalId: LogicalResourceId, type: ResourceType, physicalId: PhysicalResourceId });
    }
    next = page.NextToken;
  } while (next);
  return found;
}

async function deleteStack(
  aws: Aws,
  { options, listener, signal }: RemoveContext,
  { stackName, stackId }: Removal,
): Promise<void> {
  const cloudFormation = await aws.client("cloudFormation");
  const token = `laconic-${randomUUID()}`;
  await calling(
    `Starting to delete the stack ${stackName}`,
    cloudFormation.deleteStack({ StackName: stackId, ClientRequestToken: token }),
  );
  const { status, happenings } = await watchStack(aws, {
    stackId,
    token,
    pollMs: options.pollMs ?? POLL_MS,
    signal,
    onHappening: (happening) => listener.happened(happening),
  }).catch((cause: unknown) => {
    if (!signal.aborted) throw cause;
    throw new ProvisionError("LAC9037", `Interrupted: AWS goes on deleting the stack ${stackName}.`, {
      hint: "Follow it with `npx @laconic/cli status`; to delete its packages, run `npx @laconic/cli delete` again.",
      cause,
    });
  });
  if (status === "DELETE_COMPLETE") return;
  throw new ProvisionError("LAC9036", `The stack ${stackName} could not be deleted; it is ${status} now.`, {
    frame: explainFailure(happenings, new Map()),
    hint: "Run `npx @laconic/cli recover`: it says what is in the way and what it will do.",
  });
}
