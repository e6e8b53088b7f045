import { createHash } from "node:crypto";
import { SERVICE_TAG } from "../aws/stack.js";
import type { BuiltPackage, BuiltService } from "../built-service.js";
import type { ProvisionOptions } from "./provision-context.js";

const ID_LENGTH = 12;

/** The user's tags, and where the stack comes from. */
export function stackTags(
  { service, packages }: BuiltService,
  options: ProvisionOptions,
): Record<string, string> {
  return {
    ...options.tags,
    [SERVICE_TAG]: service.name,
    "io:laconic:version": options.version,
    "io:laconic:buildId": options.buildId ?? buildId(packages),
    ...(options.stage && { "io:laconic:stage": options.stage }),
  };
}

/** It follows what is deployed, so that nothing new is no change. */
function buildId(packages: readonly BuiltPackage[]): string {
  const digests = packages.map(({ sha256 }) => sha256);
  const [digest = "", ...others] = digests;
  const whole = others.length === 0 ? digest : createHash("sha256").update(digests.join()).digest("hex");
  return whole.slice(0, ID_LENGTH);
}
