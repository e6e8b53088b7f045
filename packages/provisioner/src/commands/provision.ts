import { createHash } from "node:crypto";
import {
  discardChanges,
  executeChanges,
  planChanges,
  type ChangeSet,
  type PlannedChange,
} from "../aws/change-set.js";
import type { Aws } from "../aws/clients.js";
import { verifyRoles } from "../aws/execution-roles.js";
import { overtaken } from "../aws/other-runs.js";
import { whoAmI, type Identity } from "../aws/identity.js";
import { packageBucket, removeEmptyBucket } from "../aws/package-bucket.js";
import { assertOurs, assertUpdatable, existingStack, findStack, parameterOf, POLL_MS } from "../aws/stack.js";
import { explainFailure, watchStack } from "../aws/stack-events.js";
import { ProvisionError } from "../errors.js";
import { CODE_BUCKET, isCodeKey } from "../template/code-parameters.js";
import { deployedName } from "../template/names.js";
import { Workflow } from "../workflow.js";
import { prepare, type Prepared } from "./prepare.js";
import type { ProvisionContext } from "./provision-context.js";
import { stackTags } from "./stack-tags.js";
import { smokeTest, untilReady } from "./smoke-test.js";
import { codeParameters, store, type Stored, type StoredPackage } from "./store.js";

export interface Provisioned {
  readonly stackName: string;
  readonly stackId: string;
  readonly region: string;
  readonly account: string;
  readonly outcome: "created" | "updated" | "unchanged";
  readonly changes: readonly PlannedChange[];
  readonly outputs: Readonly<Record<string, string>>;
  readonly packages: readonly StoredPackage[];
  /** Bytes of the packages that were deployed before. */
  readonly bytesBefore?: number;
  readonly steps: Readonly<Record<string, number>>;
}

/**
 * From the app to a running stack. Whatever fails before the stack is changed is taken back; what fails afterwards is taken
 * back by CloudFormation.
 *
 * @throws {ProvisionError}
 */
export async function provision(aws: Aws, context: ProvisionContext): Promise<Provisioned> {
  const { options, listener, signal } = context;
  const workflow = new Workflow(listener, signal, options.hooks?.around);
  try {
    const identity = await workflow.step(
      "identity",
      () => whoAmI(aws),
      ({ arn, region }) => `${arn} in ${region}`,
    );
    const prepared = await prepare(workflow, context, identity.region);
    const stack = await workflow.step("verify", () => verify(aws, prepared), describeState);
    const bucket = await useBucket(workflow, aws, identity, options.bucket);
    const stored = await store(workflow, aws, identity, bucket, prepared, signal);
    const bytesBefore = await deployedBytes(aws, stack);
    const plan = await planStep(workflow, aws, context, identity, prepared, stack, stored);
    if (plan.changes.length === 0)
      return { ...(await result(aws, workflow, identity, prepared, stored, plan)), outcome: "unchanged" };
    await confirmed(context, identity, prepared, plan);
    await execute(workflow, aws, context, prepared, stack, plan);
    if (plan.express) await settleStep(workflow, aws, context, prepared);
    await smokeStep(workflow, aws, context, prepared, plan);
    const done = await result(aws, workflow, identity, prepared, stored, plan);
    return { ...done, outcome: plan.creates ? "created" : "updated", ...(bytesBefore && { bytesBefore }) };
  } catch (error) {
    await workflow.rollBack();
    throw error;
  }
}

async function verify(aws: Aws, { built, stackName: name }: Prepared) {
  await verifyRoles(aws, built.service.functions);
  const stack = await findStack(aws, name);
  if (stack === undefined) return undefined;
  assertOurs(stack, built.service.name);
  assertUpdatable(stack);
  return stack;
}

function describeState(stack: Awaited<ReturnType<typeof findStack>>): string {
  return stack ? `${stack.StackName} is ${stack.StackStatus}` : "a new stack";
}

async function useBucket(workflow: Workflow, aws: Aws, identity: Identity, name: string | undefined) {
  return workflow.step(
    "bucket",
    async () => {
      const bucket = await packageBucket(aws, identity, name);
      if (bucket.made)
        workflow.onFailure(`remove the bucket ${bucket.name}`, () =>
          removeEmptyBucket(aws, identity, bucket.name),
        );
      return bucket;
    },
    ({ name: used, versioned, made }) => `${used}${versioned ? ", versioned" : ""}${made ? ", made" : ""}`,
  );
}

async function deployedBytes(
  aws: Aws,
  stack: Awaited<ReturnType<typeof findStack>>,
): Promise<number | undefined> {
  const bucket = parameterOf(stack, CODE_BUCKET);
  const keys = (stack?.Parameters ?? []).flatMap(({ ParameterKey = "", ParameterValue }) =>
    isCodeKey(ParameterKey) && ParameterValue ? [ParameterValue] : [],
  );
  if (!bucket || keys.length === 0) return undefined;
  const s3 = await aws.client("s3");
  const sizes = keys.map(
    async (key) => (await s3.headObject({ Bucket: bucket, Key: key })).ContentLength ?? 0,
  );
  // Only a figure for the summary: whoever may not read the old packages deploys all the same.
  return Promise.all(sizes).then(
    (bytes) => bytes.reduce((sum, one) => sum + one, 0),
    () => undefined,
  );
}

async function planStep(
  workflow: Workflow,
  aws: Aws,
  { options, listener, signal }: ProvisionContext,
  identity: Identity,
  prepared: Prepared,
  stack: Awaited<ReturnType<typeof findStack>>,
  stored: Stored,
): Promise<ChangeSet> {
  const { built, stackName: name, template, text, origins } = prepared;
  return workflow.step(
    "change set",
    async () => {
      const request = {
        stackName: name,
        stack,
        template,
        text,
        origins,
        signal,
        parameters: codeParameters(stored.packages),
        tags: stackTags(built, options),
        description: `${built.service.name} by ${identity.arn}`.slice(0, 1024),
        express: options.express ?? false,
        pollMs: options.pollMs ?? POLL_MS,
        ...(stored.templateUrl && { templateUrl: stored.templateUrl }),
      };
      let plan = await planChanges(aws, request);
      if (request.express && plan.changes.some(({ replacement }) => replacement !== "no")) {
        // Express mode would go on before what takes a resource's place is ready.
        listener.warned("Express mode is off for this change: it replaces resources.");
        await discardChanges(aws, plan);
        plan = await planChanges(aws, { ...request, express: false });
      }
      if (plan.changes.length > 0)
        workflow.onFailure("remove the change set", () => discardChanges(aws, plan));
      return plan;
    },
    ({ changes }) => (changes.length === 0 ? "no changes" : `${changes.length} changes`),
  );
}

async function confirmed(
  { confirm }: ProvisionContext,
  { account, region }: Identity,
  { stackName: name }: Prepared,
  { changes }: ChangeSet,
): Promise<void> {
  if (await confirm({ stackName: name, account, region, changes })) return;
  throw new ProvisionError("LAC9034", `Nothing was changed: the changes of ${name} were not confirmed.`, {
    hint: "Answer yes, or add --yes where nobody can be asked.",
  });
}

async function execute(
  workflow: Workflow,
  aws: Aws,
  { options, listener, signal }: ProvisionContext,
  { stackName: name, origins }: Prepared,
  stack: Awaited<ReturnType<typeof findStack>>,
  plan: ChangeSet,
): Promise<void> {
  await workflow.step("stack", async () => {
    const token = `laconic-${createHash("sha256").update(plan.name).digest("hex").slice(0, 32)}`;
    await executeChanges(aws, plan, token, name, stack);
    // Two runs that make one stack may each have been told an id: the name says which is being made.
    const stackId = (await findStack(aws, name).catch(() => undefined))?.StackId ?? plan.stackId;
    // From here on CloudFormation goes back by itself, and needs the package for it.
    workflow.keep();
    const watched = watchStack(aws, {
      stackId,
      token,
      pollMs: options.pollMs ?? POLL_MS,
      signal,
      onHappening: (happening) => listener.happened(happening),
    });
    const ending = await watched.catch((cause: unknown) => {
      throw signal.aborted ? interrupted(name, cause) : cause;
    });
    // What the stack did without an event of ours was another run's doing.
    if (ending.happenings.length === 0) throw overtaken(name, ending.status);
    if (/^(CREATE|UPDATE)_COMPLETE$/.test(ending.status)) return ending;
    const after = /^(UPDATE_ROLLBACK_COMPLETE|DELETE_COMPLETE)$/.test(ending.status);
    throw new ProvisionError(
      "LAC9035",
      `${plan.creates ? "Creating" : "Updating"} the stack ${name} failed; it is ${ending.status} now.`,
      {
        frame: explainFailure(ending.happenings, origins),
        hint: after
          ? "Everything is as it was before. Correct the cause, then run the same command again."
          : "Run `npx @laconic/cli recover`: it says what it will do first.",
      },
    );
  });
}

async function settleStep(
  workflow: Workflow,
  aws: Aws,
  { signal }: ProvisionContext,
  { built, stackName: name }: Prepared,
): Promise<void> {
  const names = built.service.functions.map((one) => deployedName(name, one.name));
  await workflow.step("functions", () => untilReady(aws, names, signal));
}

async function smokeStep(
  workflow: Workflow,
  aws: Aws,
  { options, signal }: ProvisionContext,
  { stackName: name }: Prepared,
  plan: ChangeSet,
): Promise<void> {
  const events = Object.entries(options.smoke ?? {});
  if (events.length === 0) return;
  await workflow.step(
    "smoke test",
    async () => {
      for (const [fn, event] of events) await smokeTest(aws, { stackName: name, fn, event, plan, signal });
    },
    () => events.map(([fn]) => fn).join(", "),
  );
}

async function result(
  aws: Aws,
  { durations }: Workflow,
  { account, region }: Identity,
  { stackName: name }: Prepared,
  stored: Stored,
  { stackId, changes }: ChangeSet,
): Promise<Omit<Provisioned, "outcome">> {
  const { Outputs = [], StackId = stackId } = await existingStack(aws, name);
  const outputs = Object.fromEntries(
    Outputs.map(({ OutputKey = "", OutputValue = "" }) => [OutputKey, OutputValue] as const).sort(),
  );
  return {
    stackName: name,
    stackId: StackId,
    region,
    account,
    changes,
    outputs,
    packages: stored.packages,
    steps: durations,
  };
}

function interrupted(name: string, cause: unknown): ProvisionError {
  return new ProvisionError("LAC9037", `Interrupted: AWS goes on changing the stack ${name}.`, {
    hint: `Follow it with \`npx @laconic/cli status\`; to take an update back: aws cloudformation cancel-update-stack --stack-name ${name}`,
    cause,
  });
}
