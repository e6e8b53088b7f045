import { createReadStream } from "node:fs";
import { calling, fromAws, hasStatus } from "./aws-errors.js";
import type { Aws } from "./clients.js";
import type { Identity } from "./identity.js";
import type { PackageBucket } from "./package-bucket.js";

/** Where something lies in a bucket. */
export interface StoredObject {
  readonly bucket: string;
  readonly key: string;
  /** In a bucket with versions. */
  readonly version?: string;
}

export interface Uploaded extends StoredObject {
  /** False when the same bytes were there already. */
  readonly isNew: boolean;
}

/** A zip of this size is sent in parts. */
const PART_BYTES = 8 * 1024 * 1024;

export interface UploadSource {
  readonly path: string;
  readonly sha256: string;
  readonly contentType: string;
}

/**
 * Uploads a file under a key that its content names, unless it is there already.
 *
 * @param prefix first part of the key: the stack's name
 */
export async function upload(
  aws: Aws,
  identity: Identity,
  bucket: PackageBucket,
  prefix: string,
  source: UploadSource,
  signal?: AbortSignal,
): Promise<Uploaded> {
  const extension = source.path.slice(source.path.lastIndexOf("."));
  const key = `${prefix}/${source.sha256}${extension}`;
  const known = await findObject(aws, identity, bucket.name, key);
  if (known) return { ...known, isNew: false };
  try {
    const version = await send(aws, identity, bucket.name, key, source, signal);
    const kept = bucket.versioned && version ? { version } : {};
    return { bucket: bucket.name, key, ...kept, isNew: true };
  } catch (error) {
    // Another run has uploaded it at the same time.
    const theirs =
      hasStatus(error, 412) || hasStatus(error, 409)
        ? await findObject(aws, identity, bucket.name, key)
        : undefined;
    if (theirs) return { ...theirs, isNew: false };
    throw fromAws(error, `Uploading ${source.path} to s3://${bucket.name}/${key}`);
  }
}

async function send(
  aws: Aws,
  { account }: Identity,
  bucket: string,
  key: string,
  { path, sha256, contentType }: UploadSource,
  signal?: AbortSignal,
): Promise<string | undefined> {
  const { Upload } = await import("@aws-sdk/lib-storage");
  const sending = new Upload({
    client: await aws.client("s3"),
    partSize: PART_BYTES,
    params: {
      Bucket: bucket,
      Key: key,
      Body: createReadStream(path),
      ContentType: contentType,
      ChecksumAlgorithm: "SHA256",
      ExpectedBucketOwner: account,
      IfNoneMatch: "*",
      Metadata: { sha256 },
    },
  });
  const abort = () => void sending.abort();
  signal?.addEventListener("abort", abort);
  try {
    return (await sending.done()).VersionId;
  } finally {
    signal?.removeEventListener("abort", abort);
  }
}

async function findObject(
  aws: Aws,
  { account }: Identity,
  bucket: string,
  key: string,
): Promise<StoredObject | undefined> {
  const s3 = await aws.client("s3");
  try {
    const { VersionId } = await s3.headObject({ Bucket: bucket, Key: key, ExpectedBucketOwner: account });
    return { bucket, key, ...(VersionId && VersionId !== "null" && { version: VersionId }) };
  } catch (error) {
    if (hasStatus(error, 404)) return undefined;
    throw fromAws(error, `Looking for s3://${bucket}/${key}`);
  }
}

/** Removes one object, for good also where there are versions. */
export async function removeObject(aws: Aws, { bucket, key, version }: StoredObject): Promise<void> {
  const s3 = await aws.client("s3");
  const removing = s3.deleteObject({ Bucket: bucket, Key: key, ...(version && { VersionId: version }) });
  await calling(`Removing s3://${bucket}/${key}`, removing);
}

/** How many versions of objects are below a prefix: at least one page's worth. */
export async function countBelow(aws: Aws, bucket: string, prefix: string): Promise<number> {
  const s3 = await aws.client("s3");
  const { Versions = [], DeleteMarkers = [] } = await calling(
    `Listing s3://${bucket}/${prefix}`,
    s3.listObjectVersions({ Bucket: bucket, Prefix: prefix }),
  );
  return Versions.length + DeleteMarkers.length;
}

/** Removes every version of every object below a prefix. @returns how many */
export async function removeBelow(aws: Aws, bucket: string, prefix: string): Promise<number> {
  const s3 = await aws.client("s3");
  let count = 0;
  for (;;) {
    const { Versions = [], DeleteMarkers = [] } = await calling(
      `Listing s3://${bucket}/${prefix}`,
      s3.listObjectVersions({ Bucket: bucket, Prefix: prefix }),
    );
    const found = [...Versions, ...DeleteMarkers];
    if (found.length === 0) return count;
    const objects = found.map(({ Key = "", VersionId }) => ({
      Key,
      ...(VersionId && VersionId !== "null" && { VersionId }),
    }));
    const { Errors = [] } = await calling(
      `Removing objects of s3://${bucket}/${prefix}`,
      s3.deleteObjects({ Bucket: bucket, Delete: { Objects: objects, Quiet: true } }),
    );
    if (Errors[0])
      throw fromAws({ name: Errors[0].Code, message: Errors[0].Message }, `Removing ${Errors[0].Key}`);
    count += objects.length;
  }
}
