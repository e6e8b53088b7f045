import { ProvisionError } from "../errors.js";
import { calling, fromAws, hasStatus, isNamed, whatAwsSaid, type AwsFailure } from "./aws-errors.js";
import type { Aws } from "./clients.js";
import type { Identity } from "./identity.js";

/** A bucket for packages that can be used. */
export interface PackageBucket {
  readonly name: string;
  readonly versioned: boolean;
  /** Whether it was made now. */
  readonly made: boolean;
}

/** The bucket that is made where the user names none: one an account and region. */
export function ownBucketName({ account, region }: Identity): string {
  return `laconic-packages-${account}-${region}`;
}

/**
 * The user's bucket, checked, or our own, made when it is not there.
 *
 * @throws {ProvisionError} LAC9020 when it is missing, in another region, or somebody else's
 */
export async function packageBucket(
  aws: Aws,
  identity: Identity,
  name: string | undefined,
): Promise<PackageBucket> {
  const bucket = name ?? ownBucketName(identity);
  const found = await findBucket(aws, identity, bucket);
  if (!found && name !== undefined) {
    throw new ProvisionError("LAC9020", `There is no bucket ${name}.`, {
      hint: `Make it: aws s3 mb s3://${name} --region ${identity.region}, or leave out --s3Bucket: Laconic makes one of its own.`,
    });
  }
  if (!found) await makeBucket(aws, identity, bucket);
  const versioned = found && (await isVersioned(aws, identity, bucket));
  // Of our own, one without versions is new, or was left half-way by a run that ended.
  if (name === undefined && !versioned) await setUpBucket(aws, bucket);
  return { name: bucket, versioned: versioned || name === undefined, made: !found };
}

/** Whether a bucket is there. @throws {ProvisionError} LAC9020 when it is in another region, or somebody else's */
export async function findBucket(aws: Aws, { account, region }: Identity, bucket: string): Promise<boolean> {
  const s3 = await aws.client("s3");
  try {
    const { BucketRegion } = await s3.headBucket({ Bucket: bucket, ExpectedBucketOwner: account });
    if (BucketRegion !== undefined && BucketRegion !== region) throw elsewhere(bucket, BucketRegion, region);
    return true;
  } catch (error) {
    if (hasStatus(error, 404)) return false;
    if (hasStatus(error, 301)) throw elsewhere(bucket, regionOf(error) ?? "another region", region);
    if (hasStatus(error, 403)) {
      throw new ProvisionError(
        "LAC9020",
        `The bucket ${bucket} is not account ${account}'s, or you may not use it.`,
        {
          frame: whatAwsSaid(error as AwsFailure),
          hint: "Name a bucket of this account with --s3Bucket, or another account with --profile.",
          cause: error,
        },
      );
    }
    throw fromAws(error, `Looking for the bucket ${bucket}`);
  }
}

function elsewhere(bucket: string, there: string, here: string): ProvisionError {
  return new ProvisionError(
    "LAC9020",
    `The bucket ${bucket} is in ${there}; Lambda in ${here} reads only from there.`,
    {
      hint: `Name a bucket in ${here} with --s3Bucket, leave it out, or deploy with --region ${there}.`,
    },
  );
}

function regionOf(error: unknown): string | undefined {
  return (error as { $response?: { headers?: Record<string, string> } }).$response?.headers?.[
    "x-amz-bucket-region"
  ];
}

async function isVersioned(aws: Aws, { account }: Identity, bucket: string): Promise<boolean> {
  const s3 = await aws.client("s3");
  const asked = s3.getBucketVersioning({ Bucket: bucket, ExpectedBucketOwner: account });
  const { Status } = await calling(`Reading the versioning of the bucket ${bucket}`, asked);
  return Status === "Enabled";
}

async function makeBucket(aws: Aws, { region }: Identity, bucket: string): Promise<void> {
  const s3 = await aws.client("s3");
  const location =
    region === "us-east-1"
      ? {}
      : { CreateBucketConfiguration: { LocationConstraint: region as "eu-west-1" } };
  try {
    await s3.createBucket({ Bucket: bucket, ...location });
  } catch (error) {
    // Another run made it at the same time.
    if (!isNamed(error, "BucketAlreadyOwnedByYou")) throw fromAws(error, `Making the bucket ${bucket}`);
  }
}

/** Private, encrypted, with versions, and tagged so that `laconic orphans` finds it. */
async function setUpBucket(aws: Aws, bucket: string): Promise<void> {
  const s3 = await aws.client("s3");
  await calling(
    `Setting up the bucket ${bucket}`,
    (async () => {
      await s3.putPublicAccessBlock({
        Bucket: bucket,
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
      });
      await s3.putBucketEncryption({
        Bucket: bucket,
        ServerSideEncryptionConfiguration: {
          Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" } }],
        },
      });
      await s3.putBucketTagging({
        Bucket: bucket,
        Tagging: { TagSet: [{ Key: "io:laconic:packages", Value: "true" }] },
      });
      // Last, so that a bucket that was set up half-way is set up again.
      await s3.putBucketVersioning({ Bucket: bucket, VersioningConfiguration: { Status: "Enabled" } });
    })(),
  );
}

/** Removes our own bucket when nothing is in it. @returns whether it is gone */
export async function removeEmptyBucket(aws: Aws, identity: Identity, bucket: string): Promise<boolean> {
  if (bucket !== ownBucketName(identity)) return false;
  const s3 = await aws.client("s3");
  try {
    await s3.deleteBucket({ Bucket: bucket, ExpectedBucketOwner: identity.account });
    return true;
  } catch (error) {
    if (isNamed(error, "BucketNotEmpty")) return false;
    if (hasStatus(error, 404)) return true;
    throw fromAws(error, `Removing the bucket ${bucket}`);
  }
}
