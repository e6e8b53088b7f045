import type { Stack } from "@aws-sdk/client-cloudformation";
import { ProvisionError } from "../errors.js";
import { calling, isNamed } from "./aws-errors.js";
import type { Aws } from "./clients.js";
import type { StoredObject } from "./package-upload.js";
import { findStack, isRunning } from "./stack.js";

/** How CloudFormation refuses a change set that went, or changed, because another one was executed. */
const OVERTAKEN = [
  "ChangeSetNotFound",
  "ChangeSetNotFoundException",
  "InvalidChangeSetStatus",
  "InvalidChangeSetStatusException",
];

/**
 * What a refusal means when another run changes the same stack: CloudFormation says only that it is in the wrong state,
 * or that there is no such change set, since it removes all others when one is executed.
 *
 * @param seen the stack as this run knew it
 * @returns the same error when nobody else is at work
 */
export async function explainRefusal(
  aws: Aws,
  stackName: string,
  seen: Stack | undefined,
  error: unknown,
): Promise<unknown> {
  if (!(error instanceof ProvisionError) || error.code !== "LAC9016") return error;
  const now = await findStack(aws, stackName).catch(() => undefined);
  const isChanged =
    now?.StackId !== (seen?.StackId ?? now?.StackId) ||
    (now?.StackStatus !== seen?.StackStatus && now?.StackStatus !== "REVIEW_IN_PROGRESS");
  if (!isChanged && !isNamed(error.cause, ...OVERTAKEN)) return error;
  return overtaken(stackName, now?.StackStatus, error);
}

/** @param status what the stack is now; undefined when it is gone */
export function overtaken(stackName: string, status: string | undefined, cause?: unknown): ProvisionError {
  return new ProvisionError(
    "LAC9040",
    `The stack ${stackName} is busy: another run changes it${status ? `, and it is ${status}` : ""}.`,
    {
      frame: cause instanceof ProvisionError ? cause.frame : undefined,
      hint: "Nothing of this run was deployed. When `npx @laconic/cli status` says that the other one is done, run the same command again.",
      cause,
    },
  );
}

/** Whether a stack has change sets that may still be executed, besides the one of this run. */
export async function hasOtherChangeSets(aws: Aws, stackName: string, own: string): Promise<boolean> {
  const cloudFormation = await aws.client("cloudFormation");
  let next: string | undefined;
  do {
    const { Summaries = [], NextToken } = await calling(
      "Listing the stack's change sets",
      cloudFormation.listChangeSets({ StackName: stackName, ...(next && { NextToken: next }) }),
    );
    const others = Summaries.filter(
      ({ ChangeSetId, ChangeSetName, ExecutionStatus }) =>
        ChangeSetId !== own && ChangeSetName !== own && /AVAILABLE$/.test(ExecutionStatus ?? ""),
    );
    if (others.length > 0) return true;
    next = NextToken;
  } while (next);
  return false;
}

/** Whether a stack has been given an object, or may be about to: two runs of one app upload the same one. */
export async function isUsed(aws: Aws, stackName: string, { key }: StoredObject): Promise<boolean> {
  const stack = await findStack(aws, stackName);
  if (stack === undefined || stack.StackStatus === "DELETE_COMPLETE") return false;
  if (isRunning(stack.StackStatus)) return true;
  if (stack.Parameters?.some(({ ParameterValue }) => ParameterValue === key)) return true;
  return hasOtherChangeSets(aws, stackName, "");
}
