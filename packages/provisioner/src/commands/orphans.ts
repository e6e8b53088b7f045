import { calling, fromAws, hasStatus } from "../aws/aws-errors.js";
import type { Aws } from "../aws/clients.js";
import { whoAmI } from "../aws/identity.js";
import { ownBucketName } from "../aws/package-bucket.js";
import { SERVICE_TAG } from "../aws/stack.js";

/** Something that Laconic made and no stack holds any more. */
export interface Orphan {
  readonly kind: "package" | "bucket" | "resource";
  /** ARN, or `s3://bucket/prefix`. */
  readonly name: string;
  readonly why: string;
}

/** What is left of stacks that are gone: uploaded packages, and tagged resources. Reads only. */
export async function orphans(aws: Aws, bucket?: string): Promise<Orphan[]> {
  const identity = await whoAmI(aws);
  const stacks = await stackNames(aws);
  return [
    ...(await abandonedPackages(aws, bucket ?? ownBucketName(identity), stacks)),
    ...(await abandonedResources(aws, stacks)),
  ];
}

async function stackNames(aws: Aws): Promise<ReadonlySet<string>> {
  const cloudFormation = await aws.client("cloudFormation");
  const names = new Set<string>();
  let next: string | undefined;
  do {
    const page = await calling(
      "Listing stacks",
      cloudFormation.describeStacks({ ...(next && { NextToken: next }) }),
    );
    for (const { StackName = "", StackStatus } of page.Stacks ?? []) {
      if (StackStatus !== "DELETE_COMPLETE") names.add(StackName);
    }
    next = page.NextToken;
  } while (next);
  return names;
}

async function abandonedPackages(aws: Aws, bucket: string, stacks: ReadonlySet<string>): Promise<Orphan[]> {
  const s3 = await aws.client("s3");
  const prefixes = new Set<string>();
  let next: string | undefined;
  try {
    do {
      const page = await s3.listObjectsV2({
        Bucket: bucket,
        Delimiter: "/",
        ...(next && { ContinuationToken: next }),
      });
      for (const { Prefix = "" } of page.CommonPrefixes ?? []) prefixes.add(Prefix);
      next = page.NextContinuationToken;
    } while (next);
  } catch (error) {
    if (hasStatus(error, 404)) return [];
    throw fromAws(error, `Listing s3://${bucket}`);
  }
  return [...prefixes]
    .filter((prefix) => !stacks.has(prefix.slice(0, -1)))
    .map((prefix) => ({
      kind: "package",
      name: `s3://${bucket}/${prefix}`,
      why: `there is no stack ${prefix.slice(0, -1)}`,
    }));
}

/** CloudFormation tags what it makes with the stack's name, and passes the stack's own tags on. */
async function abandonedResources(aws: Aws, stacks: ReadonlySet<string>): Promise<Orphan[]> {
  const tagging = await aws.client("tagging");
  const found: Orphan[] = [];
  let next: string | undefined;
  do {
    const page = await calling(
      "Listing tagged resources",
      tagging.getResources({ TagFilters: [{ Key: SERVICE_TAG }], ...(next && { PaginationToken: next }) }),
    );
    for (const { ResourceARN = "", Tags = [] } of page.ResourceTagMappingList ?? []) {
      const stack = Tags.find(({ Key }) => Key === "aws:cloudformation:stack-name")?.Value;
      if (stack === undefined || stacks.has(stack) || ResourceARN.includes(":cloudformation:")) continue;
      found.push({ kind: "resource", name: ResourceARN, why: `its stack ${stack} is gone` });
    }
    next = page.PaginationToken || undefined;
  } while (next);
  return found;
}
