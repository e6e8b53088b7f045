import type { Stack } from "@aws-sdk/client-cloudformation";
import { setTimeout as sleep } from "node:timers/promises";
import { ProvisionError } from "../errors.js";
import { calling, fromAws, isNamed } from "./aws-errors.js";
import type { Aws } from "./clients.js";

export const SERVICE_TAG = "io:laconic:service";

/** A stack by its name or id; nothing when there is none. */
export async function findStack(aws: Aws, nameOrId: string): Promise<Stack | undefined> {
  const cloudFormation = await aws.client("cloudFormation");
  try {
    const { Stacks = [] } = await cloudFormation.describeStacks({ StackName: nameOrId });
    return Stacks[0];
  } catch (error) {
    // CloudFormation has no error of its own for it.
    if (isNamed(error, "ValidationError") && /does not exist/.test((error as Error).message))
      return undefined;
    throw fromAws(error, `Reading the stack ${nameOrId}`);
  }
}

/** A stack that is there. @throws {ProvisionError} LAC9030 */
export async function existingStack(aws: Aws, name: string): Promise<Stack> {
  const stack = await findStack(aws, name);
  if (stack && stack.StackStatus !== "DELETE_COMPLETE") return stack;
  throw noStack(name, await aws.region());
}

export function noStack(name: string, region: string): ProvisionError {
  return new ProvisionError("LAC9030", `There is no stack ${name} in ${region}.`, {
    hint: "Check --stage, --region and --profile, or make it with `npx @laconic/cli provision`.",
  });
}

/** Whether a service's stack is this service's; one that was never made is anybody's. @throws {ProvisionError} LAC9032 */
export function assertOurs(stack: Stack, service: string): void {
  if (stack.StackStatus === "REVIEW_IN_PROGRESS") return;
  const owner = stack.Tags?.find(({ Key }) => Key === SERVICE_TAG)?.Value;
  if (owner === service) return;
  const whose = owner === undefined ? "something that Laconic did not make" : `the service "${owner}"`;
  throw new ProvisionError("LAC9032", `The stack ${stack.StackName} is that of ${whose}.`, {
    hint: `Give the service another name in main(), or a stage of its own with --stage.`,
  });
}

/** The value that a stack was last given for a parameter. */
export function parameterOf(stack: Stack | undefined, name: string): string | undefined {
  return stack?.Parameters?.find(({ ParameterKey }) => ParameterKey === name)?.ParameterValue;
}

export function isRunning(status: string | undefined): boolean {
  return status !== undefined && status.endsWith("_IN_PROGRESS") && status !== "REVIEW_IN_PROGRESS";
}

/** What a stack in each state needs before it can be updated; states that are not here need nothing. */
const STUCK: Readonly<Record<string, string>> = {
  ROLLBACK_COMPLETE: "its first creation failed, and CloudFormation only lets it be deleted",
  ROLLBACK_FAILED: "its first creation failed, and so did the clean-up",
  CREATE_FAILED: "its first creation failed and was not rolled back",
  DELETE_FAILED: "deleting it failed half-way",
  UPDATE_ROLLBACK_FAILED: "an update failed, and so did going back",
  UPDATE_FAILED: "an update failed and was not rolled back",
};

/** Why a stack takes no update, if so. */
export function whyStuck(status: string | undefined): string | undefined {
  return STUCK[status ?? ""];
}

/** @throws {ProvisionError} LAC9031 */
export function assertIdle({ StackName, StackStatus }: Stack): void {
  if (!isRunning(StackStatus)) return;
  throw new ProvisionError(
    "LAC9031",
    `The stack ${StackName} is ${StackStatus}: another operation is running.`,
    { hint: "Wait until it is done (`npx @laconic/cli status` shows it), then run the same command again." },
  );
}

/** @throws {ProvisionError} LAC9031 naming the state and the way out */
export function assertUpdatable(stack: Stack): void {
  assertIdle(stack);
  const { StackName, StackStatus } = stack;
  const why = whyStuck(StackStatus);
  if (why === undefined) return;
  throw new ProvisionError("LAC9031", `The stack ${StackName} is ${StackStatus}: ${why}.`, {
    hint: "Run `npx @laconic/cli recover`: it says what it will do first.",
  });
}

/** The deployed template's text. */
export async function deployedTemplate(aws: Aws, name: string): Promise<string> {
  const cloudFormation = await aws.client("cloudFormation");
  const asked = cloudFormation.getTemplate({ StackName: name, TemplateStage: "Original" });
  const { TemplateBody = "{}" } = await calling(`Reading the template of the stack ${name}`, asked);
  return TemplateBody;
}

/** Milliseconds between two looks at AWS, unless a command is given another pace. */
export const POLL_MS = 2000;

/** Waits between two looks at AWS; ends at once when the command is interrupted. */
export async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal }).catch(() => signal.throwIfAborted());
}
