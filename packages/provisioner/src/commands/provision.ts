import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Template } from "@awboost/cfn-template-builder/template";
import {
  discardChanges,
  executeChanges,
  fitsInline,
  planChanges,
  type ChangeSet,
  type PlannedChange,
} from "../aws/change-set.js";
import { s3Endpoint, type Aws } from "../aws/clients.js";
import { verifyRoles } from "../aws/execution-roles.js";
import { whoAmI, type Identity } from "../aws/identity.js";
import { packageBucket, removeEmptyBucket, type PackageBucket } from "../aws/package-bucket.js";
import { removeObject, upload, type StoredObject, type UploadSource } from "../aws/package-upload.js";
import {
  assertOurs,
  assertUpdatable,
  existingStack,
  findStack,
  parameterOf,
  POLL_MS,
  SERVICE_TAG,
} from "../aws/stack.js";
import { explainFailure, watchStack } from "../aws/stack-events.js";
import { ProvisionError } from "../errors.js";
import type { Hooks } from "../hooks.js";
import type { Confirm, ProvisionListener } from "../listener.js";
import type { DeploymentTarget, ServiceDefinition } from "../service.js";
import { CODE_BUCKET, CODE_KEY, CODE_VERSION, NO_VERSION } from "../template/code-parameters.js";
import { checkTemplate } from "../template/check-template.js";
import { createTemplate, type UserResource } from "../template/create-template.js";
import { stackName } from "../template/names.js";
import { templateText, type Origin } from "../template/stack-template.js";
import { Workflow } from "../workflow.js";

/** What a build made. */
export interface BuiltService {
  readonly service: ServiceDefinition;
  readonly target: DeploymentTarget;
  /** Folder that keeps the artifacts; the template joins them. */
  readonly folder: string;
  /** File name of the zip in the folder. */
  readonly package: string;
  readonly bytes: number;
  /** Of the zip, hexadecimal. */
  readonly sha256: string;
}

export interface ProvisionOptions {
  /** Name of the service, when it is known before the build. */
  readonly stage?: string | undefined;
  readonly bucket?: string | undefined;
  readonly buildId?: string | undefined;
  readonly tags?: Readonly<Record<string, string>>;
  readonly express?: boolean;
  /** Resources of the user's own, by logical id. */
  readonly resources?: Readonly<Record<string, UserResource>>;
  readonly hooks?: Hooks;
  /** Milliseconds between two looks at CloudFormation. */
  readonly pollMs?: number;
  /** Laconic's version, for the stack's tags. */
  readonly version: string;
}

export interface ProvisionContext {
  readonly build: () => Promise<BuiltService>;
  readonly options: ProvisionOptions;
  readonly confirm: Confirm;
  readonly listener: ProvisionListener;
  readonly signal: AbortSignal;
}

/** A template on disk, ready to be deployed. */
export interface Prepared {
  readonly built: BuiltService;
  readonly stackName: string;
  readonly template: Template;
  readonly text: string;
  readonly origins: ReadonlyMap<string, Origin>;
  /** Path of the template. */
  readonly file: string;
}

export interface Provisioned {
  readonly stackName: string;
  readonly stackId: string;
  readonly region: string;
  readonly account: string;
  readonly outcome: "created" | "updated" | "unchanged";
  readonly changes: readonly PlannedChange[];
  readonly outputs: Readonly<Record<string, string>>;
  readonly package: StoredObject & { readonly bytes: number; readonly isNew: boolean };
  /** Bytes of the package that was deployed before. */
  readonly bytesBefore?: number;
  readonly steps: Readonly<Record<string, number>>;
}

/** Lambda's limit on a zip that lies in a bucket is what it holds unpacked; no zip that is larger than that can fit. */
const MAX_PACKAGE_BYTES = 250 * 1024 * 1024;
/** Everything that needs no AWS: build, template, checks. The artifacts stay in the build's folder. */
export async function prepare(
  workflow: Workflow,
  { build, options }: ProvisionContext,
  region?: string,
): Promise<Prepared> {
  const built = await build();
  await workflow.step(
    "package",
    () => verifyPackage(built),
    () => built.package,
  );
  return workflow.step(
    "template",
    () => writeTemplate(built, options, region ?? "us-east-1"),
    ({ template, file }) => `${file}, ${Object.keys(template.Resources).length} resources`,
  );
}

async function verifyPackage({ folder, package: name, bytes, sha256 }: BuiltService): Promise<void> {
  const content = await readFile(join(folder, name)).catch((cause: unknown) => {
    throw damaged(name, folder, "it cannot be read", cause);
  });
  const found = createHash("sha256").update(content).digest("hex");
  if (found !== sha256) throw damaged(name, folder, "it is not what the manifest says");
  if (bytes <= MAX_PACKAGE_BYTES) return;
  throw new ProvisionError(
    "LAC9022",
    `The package has ${bytes} bytes; Lambda takes ${MAX_PACKAGE_BYTES} unpacked.`,
    {
      hint: "Leave assets and packages out that the functions do not need, or split the service.",
    },
  );
}

function damaged(name: string, folder: string, why: string, cause?: unknown): ProvisionError {
  return new ProvisionError("LAC9023", `The package ${name} in ${folder} is damaged: ${why}.`, {
    hint: "Build it again: run the command without --no-build.",
    cause,
  });
}

async function writeTemplate(
  built: BuiltService,
  options: ProvisionOptions,
  region: string,
): Promise<Prepared> {
  const { service, target, sha256, folder, package: zip } = built;
  const name = stackName(service.name, options.stage);
  const { stage, resources } = options;
  const created = createTemplate({
    service,
    stackName: name,
    stage,
    target,
    packageDigest: sha256,
    ...(resources && { resources }),
  });
  const template = (await options.hooks?.template?.(created.template)) ?? created.template;
  const text = templateText(template);
  const file = join(folder, `${zip.replace(/\.zip$/, "")}.template.json`);
  await writeFile(file, text);
  await checkOnce(file, text, region, created.origins);
  return { built, stackName: name, template, text, origins: created.origins, file };
}

/** The schemas take seconds to load: what has passed once is not checked again. */
async function checkOnce(
  file: string,
  text: string,
  region: string,
  origins: ReadonlyMap<string, Origin>,
): Promise<void> {
  const mark = `${file}.checked`;
  const digest = createHash("sha256").update(`${region}\n${text}`).digest("hex");
  if ((await readFile(mark, "utf8").catch(() => "")) === digest) return;
  await checkTemplate(file, region, origins);
  await writeFile(mark, digest);
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
    const stored = await uploadAll(workflow, aws, identity, bucket, prepared, signal);
    const bytesBefore = await deployedBytes(aws, stack);
    const plan = await planStep(workflow, aws, context, identity, prepared, stack, stored);
    if (plan.changes.length === 0)
      return { ...(await result(aws, workflow, identity, prepared, stored, plan)), outcome: "unchanged" };
    await confirmed(context, identity, prepared, plan);
    await execute(workflow, aws, context, prepared, plan);
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

interface Stored {
  readonly package: StoredObject & { readonly isNew: boolean };
  readonly templateUrl?: string;
}

async function uploadAll(
  workflow: Workflow,
  aws: Aws,
  identity: Identity,
  bucket: PackageBucket,
  prepared: Prepared,
  signal: AbortSignal,
): Promise<Stored> {
  const { built, text, file, stackName: name } = prepared;
  const put = async (source: UploadSource) => {
    const stored = await upload(aws, identity, bucket, name, source, signal);
    if (stored.isNew)
      workflow.onFailure(`remove s3://${stored.bucket}/${stored.key}`, () => removeObject(aws, stored));
    return stored;
  };
  const zip = {
    path: join(built.folder, built.package),
    sha256: built.sha256,
    contentType: "application/zip",
  };
  const stored = await workflow.step(
    "upload",
    () => put(zip),
    ({ key, isNew }) => `${isNew ? "" : "already there: "}s3://${bucket.name}/${key}`,
  );
  if (fitsInline(text)) return { package: stored };
  const sha256 = createHash("sha256").update(text).digest("hex");
  const { key } = await put({ path: file, sha256, contentType: "application/json" });
  return { package: stored, templateUrl: await objectUrl(aws, bucket.name, key) };
}

async function objectUrl(aws: Aws, bucket: string, key: string): Promise<string> {
  const endpoint = s3Endpoint();
  const path = key.split("/").map(encodeURIComponent).join("/");
  if (endpoint) return `${endpoint}/${bucket}/${path}`;
  const region = await aws.region();
  const suffix = region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
  return `https://${bucket}.s3.${region}.${suffix}/${path}`;
}

async function deployedBytes(
  aws: Aws,
  stack: Awaited<ReturnType<typeof findStack>>,
): Promise<number | undefined> {
  const [bucket, key] = [CODE_BUCKET, CODE_KEY].map((name) => parameterOf(stack, name));
  if (!bucket || !key) return undefined;
  const s3 = await aws.client("s3");
  // Only a figure for the summary: whoever may not read the old package deploys all the same.
  return s3.headObject({ Bucket: bucket, Key: key }).then(
    ({ ContentLength }) => ContentLength,
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
        parameters: codeParameters(stored.package),
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

export function codeParameters({ bucket, key, version }: StoredObject): Record<string, string> {
  return { [CODE_BUCKET]: bucket, [CODE_KEY]: key, [CODE_VERSION]: version ?? NO_VERSION };
}

/** The user's tags, and where the stack comes from. The build's id follows the package, so that nothing new is no change. */
export function stackTags(
  { service, sha256 }: BuiltService,
  options: ProvisionOptions,
): Record<string, string> {
  return {
    ...options.tags,
    [SERVICE_TAG]: service.name,
    "io:laconic:version": options.version,
    "io:laconic:buildId": options.buildId ?? sha256.slice(0, 12),
    ...(options.stage && { "io:laconic:stage": options.stage }),
  };
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
  plan: ChangeSet,
): Promise<void> {
  await workflow.step("stack", async () => {
    const token = `laconic-${createHash("sha256").update(plan.name).digest("hex").slice(0, 32)}`;
    await executeChanges(aws, plan, token);
    // From here on CloudFormation goes back by itself, and needs the package for it.
    workflow.keep();
    const watched = watchStack(aws, {
      stackId: plan.stackId,
      token,
      pollMs: options.pollMs ?? POLL_MS,
      signal,
      onHappening: (happening) => listener.happened(happening),
    });
    const ending = await watched.catch((cause: unknown) => {
      throw signal.aborted ? interrupted(name, cause) : cause;
    });
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

async function result(
  aws: Aws,
  { durations }: Workflow,
  { account, region }: Identity,
  { built, stackName: name }: Prepared,
  stored: Stored,
  { stackId, changes }: ChangeSet,
): Promise<Omit<Provisioned, "outcome">> {
  const { Outputs = [] } = await existingStack(aws, stackId || name);
  const outputs = Object.fromEntries(
    Outputs.map(({ OutputKey = "", OutputValue = "" }) => [OutputKey, OutputValue] as const).sort(),
  );
  const { bytes } = built;
  return {
    stackName: name,
    stackId,
    region,
    account,
    changes,
    outputs,
    package: { ...stored.package, bytes },
    steps: durations,
  };
}

function interrupted(name: string, cause: unknown): ProvisionError {
  return new ProvisionError("LAC9037", `Interrupted: AWS goes on changing the stack ${name}.`, {
    hint: `Follow it with \`npx @laconic/cli status\`; to take an update back: aws cloudformation cancel-update-stack --stack-name ${name}`,
    cause,
  });
}
