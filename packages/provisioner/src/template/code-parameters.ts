import { Fn } from "@awboost/cfn-template-builder/intrinsics";
import { AwsParam } from "@awboost/cfn-template-builder/pseudo";
import type { StackTemplate } from "./stack-template.js";

/** Parameters that say where the package lies, so that the template is the same wherever it is uploaded to. */
export const CODE_BUCKET = "CodeBucket";
export const CODE_KEY = "CodeKey";
export const CODE_VERSION = "CodeVersion";

/** What `CodeVersion` is for a bucket without versions. */
export const NO_VERSION = "none";

const HAS_VERSION = "HasCodeVersion";

/** A function's `Code`. */
export const CODE = {
  S3Bucket: Fn.ref(CODE_BUCKET) as string,
  S3Key: Fn.ref(CODE_KEY) as string,
  S3ObjectVersion: Fn.ifThen(HAS_VERSION, Fn.ref(CODE_VERSION), AwsParam.NoValue) as string,
};

export function addCodeParameters(template: StackTemplate): void {
  template.parameters[CODE_BUCKET] = { Type: "String", Description: "Bucket that holds the package" };
  template.parameters[CODE_KEY] = { Type: "String", Description: "Key of the package" };
  template.parameters[CODE_VERSION] = {
    Type: "String",
    Default: NO_VERSION,
    Description: "Version of the package's object; none in a bucket without versions",
  };
  template.conditions[HAS_VERSION] = Fn.not(Fn.equals(Fn.ref(CODE_VERSION), NO_VERSION));
}
