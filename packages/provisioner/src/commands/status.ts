import type { Aws } from "../aws/clients.js";
import { whoAmI } from "../aws/identity.js";
import { existingStack, isRunning, whyStuck } from "../aws/stack.js";
import { stackResources, type RemovedResource } from "./remove.js";

export interface StackStatus {
  readonly stackName: string;
  readonly stackId: string;
  readonly account: string;
  readonly region: string;
  readonly status: string;
  /** Why it takes no update, if so, and what to do. */
  readonly stuck?: string;
  readonly next?: string;
  readonly created?: string;
  readonly updated?: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly outputs: Readonly<Record<string, string>>;
  readonly resources: readonly RemovedResource[];
}

/** What a stack is like. Reads only. @throws {ProvisionError} LAC9030 */
export async function status(aws: Aws, stackName: string): Promise<StackStatus> {
  const { account, region } = await whoAmI(aws);
  const stack = await existingStack(aws, stackName);
  const { StackId = "", StackStatus = "", CreationTime, LastUpdatedTime, Tags = [], Outputs = [] } = stack;
  const stuck = whyStuck(StackStatus);
  const review = StackStatus === "REVIEW_IN_PROGRESS";
  return {
    stackName,
    stackId: StackId,
    account,
    region,
    status: StackStatus,
    ...(stuck && { stuck, next: "npx @laconic/cli recover" }),
    ...(review && {
      stuck: "a change set was made for it and never executed",
      next: "npx @laconic/cli provision",
    }),
    ...(isRunning(StackStatus) && { next: "wait: an operation is running" }),
    ...(CreationTime && { created: CreationTime.toISOString() }),
    ...(LastUpdatedTime && { updated: LastUpdatedTime.toISOString() }),
    tags: byName(Tags.map(({ Key = "", Value = "" }) => [Key, Value])),
    outputs: byName(Outputs.map(({ OutputKey = "", OutputValue = "" }) => [OutputKey, OutputValue])),
    resources: review ? [] : await stackResources(aws, StackId),
  };
}

function byName(entries: [string, string][]): Record<string, string> {
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
