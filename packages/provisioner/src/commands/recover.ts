import { randomUUID } from "node:crypto";
import type { Stack } from "@aws-sdk/client-cloudformation";
import { calling } from "../aws/aws-errors.js";
import type { Aws } from "../aws/clients.js";
import { removeBelow } from "../aws/package-upload.js";
import { assertOurs, existingStack, isRunning, POLL_MS } from "../aws/stack.js";
import { explainFailure, watchStack } from "../aws/stack-events.js";
import { ProvisionError } from "../errors.js";
import type { ProvisionListener } from "../listener.js";
import { Workflow } from "../workflow.js";

/** What would bring a stack out of the state it is in. */
export interface Recovery {
  readonly stackName: string;
  readonly status: string;
  /** What will be done, one sentence each; nothing when nothing has to be. */
  readonly plan: readonly string[];
  /** What to do afterwards. */
  readonly next: string;
}

export interface RecoverContext {
  readonly stackName: string;
  readonly service: string;
  /** Empties buckets that keep the stack from being deleted; what is in them is lost. */
  readonly emptyBuckets: boolean;
  readonly noop: boolean;
  readonly pollMs?: number;
  readonly confirm: (recovery: Recovery) => Promise<boolean>;
  readonly listener: ProvisionListener;
  readonly signal: AbortSignal;
}

interface Action {
  readonly says: string;
  readonly run: (token: string) => Promise<unknown>;
  /** States in which it has worked. */
  readonly ends: RegExp;
}

interface Plan {
  readonly actions: readonly Action[];
  readonly next: string;
}

/**
 * Reads the state of a stack that takes no update, says what will bring it out of it, and does so.
 *
 * @throws {ProvisionError} LAC9030 to LAC9036
 */
export async function recover(aws: Aws, context: RecoverContext): Promise<Recovery> {
  const { stackName, service, confirm, noop } = context;
  const stack = await existingStack(aws, stackName);
  assertOurs(stack, service);
  const { actions, next } = await planFor(aws, stack, context);
  const recovery = {
    stackName,
    status: stack.StackStatus ?? "",
    plan: actions.map(({ says }) => says),
    next,
  };
  if (actions.length === 0 || noop) return recovery;
  if (!(await confirm(recovery))) {
    throw new ProvisionError("LAC9034", `Nothing was done: recovering ${stackName} was not confirmed.`, {
      hint: "Answer yes, or add --yes where nobody can be asked.",
    });
  }
  const workflow = new Workflow(context.listener, context.signal);
  for (const action of actions) {
    await workflow.step(action.says, () => perform(aws, context, stack, action));
  }
  return recovery;
}

async function planFor(aws: Aws, stack: Stack, context: RecoverContext): Promise<Plan> {
  const { StackName: name = "", StackStatus: status = "" } = stack;
  if (isRunning(status)) {
    return {
      actions: [],
      next: `Wait: the stack is ${status}. \`npx @laconic/cli status\` shows when it is done.`,
    };
  }
  switch (status) {
    case "ROLLBACK_COMPLETE":
    case "ROLLBACK_FAILED":
    case "CREATE_FAILED":
    case "REVIEW_IN_PROGRESS":
      return {
        actions: [deletion(aws, stack, `Delete the stack ${name}, which was never made whole`)],
        next: "Run `npx @laconic/cli provision` again.",
      };
    case "UPDATE_ROLLBACK_FAILED":
      return {
        actions: [await continueRollback(aws, stack)],
        next: "Correct the cause, then run `npx @laconic/cli provision`.",
      };
    case "UPDATE_FAILED":
      return {
        actions: [
          {
            says: `Roll the stack ${name} back to how it was before the update`,
            run: async (token) =>
              (await aws.client("cloudFormation")).rollbackStack({
                StackName: name,
                ClientRequestToken: token,
              }),
            ends: /^UPDATE_ROLLBACK_COMPLETE$/,
          },
        ],
        next: "Correct the cause, then run `npx @laconic/cli provision`.",
      };
    case "DELETE_FAILED":
      return deleteAgain(aws, stack, context);
    default:
      return { actions: [], next: `Nothing has to be done: the stack is ${status}.` };
  }
}

function deletion(aws: Aws, { StackName, StackId = "" }: Stack, says: string, retain: string[] = []): Action {
  return {
    says,
    run: async (token) => {
      const cloudFormation = await aws.client("cloudFormation");
      const retained = retain.length > 0 ? { RetainResources: retain } : {};
      await cloudFormation.deleteStack({
        StackName: StackId || StackName,
        ClientRequestToken: token,
        ...retained,
      });
    },
    ends: /^DELETE_COMPLETE$/,
  };
}

/** Resources that cannot go back are skipped: CloudFormation takes them as they are. */
async function continueRollback(aws: Aws, { StackName: name = "" }: Stack): Promise<Action> {
  const stuck = await resourcesIn(aws, name, "UPDATE_FAILED");
  const skipped = stuck.map(({ logicalId }) => logicalId);
  const without =
    skipped.length > 0
      ? `, leaving ${skipped.join(", ")} as ${skipped.length > 1 ? "they are" : "it is"}`
      : "";
  return {
    says: `Continue the rollback of the stack ${name}${without}`,
    run: async (token) =>
      (await aws.client("cloudFormation")).continueUpdateRollback({
        StackName: name,
        ClientRequestToken: token,
        ...(skipped.length > 0 && { ResourcesToSkip: skipped }),
      }),
    ends: /^UPDATE_ROLLBACK_COMPLETE$/,
  };
}

async function deleteAgain(aws: Aws, stack: Stack, { emptyBuckets }: RecoverContext): Promise<Plan> {
  const { StackName: name = "" } = stack;
  const stuck = await resourcesIn(aws, name, "DELETE_FAILED");
  const buckets = stuck.filter(({ type }) => type === "AWS::S3::Bucket");
  const others = stuck.filter((one) => !buckets.includes(one)).map(({ logicalId }) => logicalId);
  const kept = [...(emptyBuckets ? [] : buckets.map(({ logicalId }) => logicalId)), ...others];
  const emptying = (emptyBuckets ? buckets : []).map(({ physicalId }): Action => ({
    says: `Delete everything in the bucket ${physicalId}`,
    run: () => removeBelow(aws, physicalId, ""),
    ends: /^DELETE_FAILED$/,
  }));
  const keeping = kept.length > 0 ? `, keeping ${kept.join(", ")} outside of it` : "";
  const hint =
    buckets.length > 0 && !emptyBuckets ? " To delete buckets that hold something, add --empty-buckets." : "";
  return {
    actions: [...emptying, deletion(aws, stack, `Delete the stack ${name}${keeping}`, kept)],
    next: kept.length > 0 ? `What was kept is yours to delete.${hint}` : "Nothing is left of the stack.",
  };
}

async function resourcesIn(aws: Aws, stackName: string, status: string) {
  const cloudFormation = await aws.client("cloudFormation");
  const { StackResources = [] } = await calling(
    "Reading the stack's resources",
    cloudFormation.describeStackResources({ StackName: stackName }),
  );
  return StackResources.filter(({ ResourceStatus }) => ResourceStatus === status).map(
    ({ LogicalResourceId = "", PhysicalResourceId = "", ResourceType = "" }) => ({
      logicalId: LogicalResourceId,
      physicalId: PhysicalResourceId,
      type: ResourceType,
    }),
  );
}

async function perform(
  aws: Aws,
  { pollMs = POLL_MS, listener, signal, stackName }: RecoverContext,
  { StackId = "" }: Stack,
  action: Action,
): Promise<void> {
  const token = `laconic-${randomUUID()}`;
  await calling(action.says, action.run(token));
  const { status, happenings } = await watchStack(aws, {
    stackId: StackId,
    token,
    pollMs,
    signal,
    onHappening: (happening) => listener.happened(happening),
  });
  if (action.ends.test(status)) return;
  throw new ProvisionError("LAC9035", `The stack ${stackName} is ${status} now.`, {
    frame: explainFailure(happenings, new Map()),
    hint: "Remove what is named there, then run `npx @laconic/cli recover` again.",
  });
}
