import { Fn } from "@awboost/cfn-template-builder/intrinsics";
import { AwsParam } from "@awboost/cfn-template-builder/pseudo";
import { pascal } from "./names.js";
import type { StackTemplate } from "./stack-template.js";

/** A zip that functions of a service share. */
export interface CodePackage {
  /** Tells the packages of a service apart, for example `python`. */
  readonly name: string;
  /** Hexadecimal: published versions follow it. */
  readonly sha256: string;
}

/** Parameters that say where the packages lie, so that the template is the same wherever they are uploaded to. */
export const CODE_BUCKET = "CodeBucket";
const CODE_KEY = "CodeKey";
const CODE_VERSION = "CodeVersion";
const HAS_VERSION = "HasCodeVersion";

/** What `CodeVersion` is for a bucket without versions. */
export const NO_VERSION = "none";

/** Names of the parameters and of the condition of one package. */
export interface CodeNames {
  readonly key: string;
  readonly version: string;
  readonly hasVersion: string;
}

/** The first package's names hold no name of its own: whoever deploys the one that most services have need not know it. */
export function codeNames(packages: readonly { readonly name: string }[], name: string): CodeNames {
  const part = packages[0]?.name === name ? "" : pascal(name);
  const [key, version] = [`${part}${CODE_KEY}`, `${part}${CODE_VERSION}`];
  return { key, version, hasVersion: HAS_VERSION.replace("Code", `${part}Code`) };
}

/** Whether a stack's parameter of that name is the key of a package. */
export function isCodeKey(parameter: string): boolean {
  return parameter.endsWith(CODE_KEY);
}

/** A function's `Code`. */
export function codeOf({ key, version, hasVersion }: CodeNames) {
  return {
    S3Bucket: Fn.ref(CODE_BUCKET) as string,
    S3Key: Fn.ref(key) as string,
    S3ObjectVersion: Fn.ifThen(hasVersion, Fn.ref(version), AwsParam.NoValue) as string,
  };
}

export function addCodeParameters(template: StackTemplate, packages: readonly CodePackage[]): void {
  template.parameters[CODE_BUCKET] = { Type: "String", Description: "Bucket that holds what is deployed" };
  for (const { name } of packages) {
    const { key, version, hasVersion } = codeNames(packages, name);
    const which = packages.length > 1 ? `package "${name}"` : "package";
    template.parameters[key] = { Type: "String", Description: `Key of the ${which}` };
    template.parameters[version] = {
      Type: "String",
      Default: NO_VERSION,
      Description: `Version of the object that holds the ${which}; none in a bucket without versions`,
    };
    template.conditions[hasVersion] = Fn.not(Fn.equals(Fn.ref(version), NO_VERSION));
  }
}
