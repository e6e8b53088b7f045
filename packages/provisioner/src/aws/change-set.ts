import type { Change, Parameter, Stack, Tag } from "@aws-sdk/client-cloudformation";
import { randomUUID } from "node:crypto";
import type { Template } from "@awboost/cfn-template-builder/template";
import { ProvisionError } from "../errors.js";
import { MAX_INLINE_BYTES, type Origin } from "../template/stack-template.js";
import { calling, fromAws, isNamed } from "./aws-errors.js";
import type { Aws } from "./clients.js";
import { explainRefusal, hasOtherChangeSets, overtaken } from "./other-runs.js";
import { findStack, pause } from "./stack.js";
import { hasEvents } from "./stack-events.js";

/** What will happen to one resource. */
export interface PlannedChange {
  readonly action: "Add" | "Modify" | "Remove" | "Import" | "Dynamic";
  readonly logicalId: string;
  readonly type: string;
  /** Another resource takes its place, and what it holds is lost. */
  readonly replacement: "yes" | "perhaps" | "no";
  /** It decides who may do what. */
  readonly iam: boolean;
  /** The public may use it. */
  readonly isPublic: boolean;
  /** Properties that change. */
  readonly properties: readonly string[];
  readonly owner?: string;
}

export interface ChangeSet {
  readonly name: string;
  readonly stackId: string;
  /** Whether the stack is made by it. */
  readonly creates: boolean;
  /** Whether CloudFormation is done before the resources are ready. */
  readonly express: boolean;
  readonly changes: readonly PlannedChange[];
}

/** What it takes to remove a change set. */
type Removable = Pick<ChangeSet, "name" | "stackId" | "creates">;

export interface ChangeSetRequest {
  readonly stackName: string;
  readonly stack: Stack | undefined;
  readonly template: Template;
  readonly text: string;
  /** Where the text lies when it is too large to be sent. */
  readonly templateUrl?: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly description: string;
  readonly express: boolean;
  readonly pollMs: number;
  readonly signal: AbortSignal;
  readonly origins: ReadonlyMap<string, Origin>;
}

/** Whether CloudFormation takes a template's text itself. */
export function fitsInline(text: string): boolean {
  return Buffer.byteLength(text) <= MAX_INLINE_BYTES;
}

/**
 * Makes a change set, waits until CloudFormation has computed it, and removes it when it changes nothing.
 *
 * @throws {ProvisionError} LAC9033
 */
export async function planChanges(aws: Aws, request: ChangeSetRequest): Promise<ChangeSet> {
  const { stackName, stack } = request;
  const name = `laconic-${randomUUID()}`;
  // A stack that only awaits its first change set is made by this one.
  const creates = stack === undefined || stack.StackStatus === "REVIEW_IN_PROGRESS";
  try {
    return await makeChangeSet(aws, request, name, creates);
  } catch (error) {
    // It may be there although its making was not answered.
    const left = { name, stackId: stackName, creates };
    if (!isNamedError(error, "LAC9033")) await discardChanges(aws, left).catch(() => undefined);
    throw await explainRefusal(aws, stackName, stack, error);
  }
}

function isNamedError(error: unknown, code: string): boolean {
  return error instanceof ProvisionError && error.code === code;
}

async function makeChangeSet(
  aws: Aws,
  request: ChangeSetRequest,
  name: string,
  creates: boolean,
): Promise<ChangeSet> {
  const { stackName, signal, pollMs, express } = request;
  const cloudFormation = await aws.client("cloudFormation");
  const { StackId = "", Id = name } = await calling(
    `Making a change set for the stack ${stackName}`,
    cloudFormation.createChangeSet({
      StackName: stackName,
      ChangeSetName: name,
      ClientToken: name,
      ChangeSetType: creates ? "CREATE" : "UPDATE",
      Description: request.description,
      ...(request.templateUrl ? { TemplateURL: request.templateUrl } : { TemplateBody: request.text }),
      Parameters: parameters(request.parameters),
      Tags: tags(request.tags),
      Capabilities: capabilities(request.template),
      OnStackFailure: creates ? "DELETE" : "ROLLBACK",
      // Express mode rolls nothing back unless it is told to.
      ...(express && { DeploymentConfig: { Mode: "EXPRESS" as const, DisableRollback: false } }),
    }),
  );
  for (;;) {
    const described = await calling(
      `Reading the change set of the stack ${stackName}`,
      describeChanges(aws, StackId, Id),
    );
    const { status, reason, changes } = described;
    if (status === "CREATE_COMPLETE") {
      const planned = changes.map((change) => plannedChange(change, request));
      const known = planned.filter((one) => one !== undefined);
      return { name: Id, stackId: StackId, creates, express, changes: known };
    }
    if (status === "FAILED" || status.startsWith("DELETE")) {
      await discardChanges(aws, { name: Id, stackId: StackId, creates });
      if (isEmpty(reason)) return { name: "", stackId: StackId, creates, express, changes: [] };
      throw new ProvisionError(
        "LAC9033",
        `CloudFormation cannot compute the changes of the stack ${stackName}.`,
        {
          frame: [reason, ...(await validationFailures(aws, StackId))].join("\n"),
          hint: "Correct what CloudFormation names; the stack is as it was.",
        },
      );
    }
    await pause(pollMs, signal);
  }
}

/** Two ways in which CloudFormation says so. */
function isEmpty(reason: string): boolean {
  return /didn't contain changes|No updates are to be performed/i.test(reason);
}

async function describeChanges(aws: Aws, stackId: string, name: string) {
  const cloudFormation = await aws.client("cloudFormation");
  const changes: Change[] = [];
  let next: string | undefined;
  let status: string;
  let reason: string;
  do {
    const page = await cloudFormation.describeChangeSet({
      StackName: stackId,
      ChangeSetName: name,
      ...(next && { NextToken: next }),
    });
    changes.push(...(page.Changes ?? []));
    next = page.NextToken;
    status = page.Status ?? "";
    reason = page.StatusReason ?? "";
  } while (next);
  return { status, reason, changes };
}

/** What early validation found: it is told in DescribeEvents alone. */
async function validationFailures(aws: Aws, stackId: string): Promise<string[]> {
  const cloudFormation = await aws.client("cloudFormation");
  try {
    const { OperationEvents = [] } = await cloudFormation.describeEvents({
      StackName: stackId,
      Filters: { FailedEvents: true },
    });
    return OperationEvents.flatMap(
      ({ LogicalResourceId, ValidationStatusReason, ResourceStatusReason, ValidationPath }) => {
        const reason = ValidationStatusReason ?? ResourceStatusReason;
        return reason ? [[LogicalResourceId, ValidationPath, reason].filter(Boolean).join(": ")] : [];
      },
    );
  } catch {
    // The reason of the change set is what there is.
    return [];
  }
}

function plannedChange(
  { ResourceChange }: Change,
  { template, origins }: ChangeSetRequest,
): PlannedChange | undefined {
  if (ResourceChange === undefined) return undefined;
  const {
    Action = "Modify",
    LogicalResourceId = "",
    ResourceType = "",
    Replacement,
    Details = [],
  } = ResourceChange;
  const owner = origins.get(LogicalResourceId)?.owner;
  const properties = Details.flatMap(({ Target }) => Target?.Name ?? Target?.Attribute ?? []);
  return {
    action: Action as PlannedChange["action"],
    logicalId: LogicalResourceId,
    type: ResourceType,
    replacement: Replacement === "True" ? "yes" : Replacement === "Conditional" ? "perhaps" : "no",
    iam: /^AWS::IAM::|::Permission$|Policy$/.test(ResourceType),
    isPublic: isPublic(template.Resources[LogicalResourceId]?.Properties),
    properties: [...new Set(properties)].sort(),
    ...(owner && { owner }),
  };
}

function isPublic(properties: unknown): boolean {
  const { Principal, AuthType } = (properties ?? {}) as { Principal?: unknown; AuthType?: unknown };
  return Principal === "*" || AuthType === "NONE";
}

/** Removes a change set, and the stack that was there only for it: another run may have a change set on it, too. */
export async function discardChanges(aws: Aws, { name, stackId, creates }: Removable): Promise<void> {
  const cloudFormation = await aws.client("cloudFormation");
  await cloudFormation
    .deleteChangeSet({ StackName: stackId, ChangeSetName: name })
    .catch((error: unknown) => {
      if (!isGone(error)) throw fromAws(error, "Removing the change set");
    });
  const stack = creates ? await findStack(aws, stackId) : undefined;
  if (stack?.StackStatus !== "REVIEW_IN_PROGRESS") return;
  if (await hasOtherChangeSets(aws, stack.StackName ?? stackId, name)) return;
  await calling("Removing the stack that was never made", cloudFormation.deleteStack({ StackName: stackId }));
}

/** There is no such change set any more, or no such stack. */
function isGone(error: unknown): boolean {
  if (isNamed(error, "ChangeSetNotFound", "ChangeSetNotFoundException")) return true;
  return isNamed(error, "ValidationError") && /does not exist/.test((error as Error).message);
}

/**
 * Executes a change set. A call whose answer got lost may have started it, and is then refused when it is tried again:
 * the stack's events and the change set say so.
 *
 * @param token of the events that follow
 * @param stack as this run knew it
 */
export async function executeChanges(
  aws: Aws,
  { name, stackId, creates }: ChangeSet,
  token: string,
  stackName: string,
  stack: Stack | undefined,
): Promise<void> {
  const cloudFormation = await aws.client("cloudFormation");
  if (creates) await assertStillOurs(aws, stackName, stackId);
  const request = { StackName: stackId, ChangeSetName: name };
  try {
    await cloudFormation.executeChangeSet({ ...request, ClientRequestToken: token });
  } catch (error) {
    const failure = fromAws(error, "Starting the change of the stack");
    if (await hasEvents(aws, stackId, token).catch(() => false)) return;
    if (failure.code !== "LAC9014") throw await explainRefusal(aws, stackName, stack, failure);
    const set = await cloudFormation
      .describeChangeSet(request)
      // A change set goes when its stack has changed.
      .catch((lost: unknown) => (isGone(lost) ? undefined : Promise.reject(failure)));
    if (set?.ExecutionStatus === "AVAILABLE") throw failure;
  }
}

/** Of two runs that make the same stack, the one whose change set is on it goes on. @throws {ProvisionError} LAC9040 */
async function assertStillOurs(aws: Aws, stackName: string, stackId: string): Promise<void> {
  const now = await findStack(aws, stackName);
  if (now?.StackId !== stackId) throw overtaken(stackName, now?.StackStatus);
}

function parameters(values: Readonly<Record<string, string>>): Parameter[] {
  return Object.entries(values).map(([ParameterKey, ParameterValue]) => ({ ParameterKey, ParameterValue }));
}

function tags(values: Readonly<Record<string, string>>): Tag[] {
  return Object.entries(values).map(([Key, Value]) => ({ Key, Value }));
}

/** Properties that give an IAM resource a name of its own. */
const IAM_NAMES = ["RoleName", "UserName", "GroupName", "ManagedPolicyName", "InstanceProfileName"];

/** Only what the template needs is allowed. */
function capabilities(template: Template) {
  const iam = Object.values(template.Resources).filter(({ Type }) => Type.startsWith("AWS::IAM::"));
  const named = iam.some(({ Properties }) =>
    IAM_NAMES.some((name) => name in ((Properties as object) ?? {})),
  );
  const needed: ("CAPABILITY_IAM" | "CAPABILITY_NAMED_IAM" | "CAPABILITY_AUTO_EXPAND")[] = [];
  if (iam.length > 0) needed.push(named ? "CAPABILITY_NAMED_IAM" : "CAPABILITY_IAM");
  if ("Transform" in template) needed.push("CAPABILITY_AUTO_EXPAND");
  return needed;
}
