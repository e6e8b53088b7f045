import { createHash } from "node:crypto";
import { join } from "node:path";
import { fitsInline } from "../aws/change-set.js";
import { s3Endpoint, type Aws } from "../aws/clients.js";
import type { Identity } from "../aws/identity.js";
import { isUsed } from "../aws/other-runs.js";
import type { PackageBucket } from "../aws/package-bucket.js";
import { removeObject, upload, type Uploaded, type UploadSource } from "../aws/package-upload.js";
import { CODE_BUCKET, codeNames, NO_VERSION } from "../template/code-parameters.js";
import type { Workflow } from "../workflow.js";
import type { Prepared } from "./prepare.js";

/** A package in its bucket. */
export interface StoredPackage extends Uploaded {
  /** See {@link CodePackage.name}. */
  readonly name: string;
  readonly bytes: number;
}

/** What of a service lies in a bucket. */
export interface Stored {
  readonly packages: readonly StoredPackage[];
  /** Of a template that is too large to be sent. */
  readonly templateUrl?: string;
}

/** Uploads what is not there yet: each package once, and a template that is too large to be sent. */
export async function store(
  workflow: Workflow,
  aws: Aws,
  identity: Identity,
  bucket: PackageBucket,
  { built, text, file, stackName }: Prepared,
  signal: AbortSignal,
): Promise<Stored> {
  const put = async (source: UploadSource) => {
    const stored = await upload(aws, identity, bucket, stackName, source, signal);
    if (stored.isNew)
      workflow.onFailure(`remove s3://${stored.bucket}/${stored.key}`, async () => {
        if (!(await isUsed(aws, stackName, stored))) await removeObject(aws, stored);
      });
    return stored;
  };
  const putPackages = async () => {
    const stored: StoredPackage[] = [];
    for (const { name, file: zip, sha256, bytes } of built.packages) {
      const source = { path: join(built.folder, zip), sha256, contentType: "application/zip" };
      stored.push({ name, ...(await put(source)), bytes });
    }
    return stored;
  };
  const packages = await workflow.step("upload", putPackages, (stored) =>
    stored.map(({ key, isNew }) => `${isNew ? "" : "already there: "}s3://${bucket.name}/${key}`).join(", "),
  );
  if (fitsInline(text)) return { packages };
  const sha256 = createHash("sha256").update(text).digest("hex");
  const { key } = await put({ path: file, sha256, contentType: "application/json" });
  return { packages, templateUrl: await objectUrl(aws, bucket.name, key) };
}

async function objectUrl(aws: Aws, bucket: string, key: string): Promise<string> {
  const endpoint = s3Endpoint();
  const path = key.split("/").map(encodeURIComponent).join("/");
  if (endpoint) return `${endpoint}/${bucket}/${path}`;
  const region = await aws.region();
  const suffix = region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
  return `https://${bucket}.s3.${region}.${suffix}/${path}`;
}

/** What the template's parameters are, so that its functions find their packages. */
export function codeParameters(packages: readonly StoredPackage[]): Record<string, string> {
  const values: Record<string, string> = { [CODE_BUCKET]: packages[0]?.bucket ?? "" };
  for (const { name, key, version } of packages) {
    const names = codeNames(packages, name);
    values[names.key] = key;
    values[names.version] = version ?? NO_VERSION;
  }
  return values;
}
