import { calling, isNamed } from "../aws/aws-errors.js";
import type { ChangeSet } from "../aws/change-set.js";
import type { Aws } from "../aws/clients.js";
import { pause } from "../aws/stack.js";
import { ProvisionError } from "../errors.js";
import type { FunctionDefinition } from "../service.js";
import { invokeRemote, type RemoteInvocation } from "./invoke.js";

/** Lambda makes a function of a zip in seconds; in a VPC its network interfaces take up to five minutes. */
const READY_SECONDS = 300;
/**
 * IAM is eventually consistent: what a new role may do is known everywhere after seconds, at worst a minute.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot.html#troubleshoot_general_eventual-consistency
 */
const PROPAGATION_MS = 60_000;
const PAUSE_MS = 2000;
/** Lambda's word while it does not know a function's role yet. */
const ROLE_UNKNOWN = /cannot be assumed by Lambda/;
/** What a function fails with while other services do not know what its role may do. */
const DENIED = /AccessDenied|is not authorized to perform/;

/** Waits until functions take requests, which CloudFormation's express mode does not. @throws {ProvisionError} */
export async function untilReady(aws: Aws, names: readonly string[], signal: AbortSignal): Promise<void> {
  const client = await aws.client("lambda");
  const { waitUntilFunctionActiveV2, waitUntilFunctionUpdatedV2 } = await import("@aws-sdk/client-lambda");
  const options = { client, maxWaitTime: READY_SECONDS, minDelay: 1, maxDelay: 5, abortSignal: signal };
  for (const FunctionName of names) {
    const ready = waitUntilFunctionActiveV2(options, { FunctionName }).then(() =>
      waitUntilFunctionUpdatedV2(options, { FunctionName }),
    );
    await calling(`Waiting until ${FunctionName} takes requests`, ready);
  }
}

/** @throws {ProvisionError} LAC9041 when a function is to be tested that there is not */
export function assertTestable(
  smoke: Readonly<Record<string, unknown>>,
  functions: readonly FunctionDefinition[],
): void {
  const names = functions.map(({ name }) => name);
  const unknown = Object.keys(smoke).find((name) => !names.includes(name));
  if (unknown === undefined) return;
  throw new ProvisionError(
    "LAC9041",
    `The smoke test names the function "${unknown}", which the app does not have.`,
    {
      hint: `Nothing was changed. Name one of its functions under "smoke": ${names.join(", ")}.`,
    },
  );
}

interface SmokeTest {
  readonly stackName: string;
  /** As registered. */
  readonly fn: string;
  readonly event: unknown;
  readonly plan: Pick<ChangeSet, "creates" | "express">;
  readonly signal: AbortSignal;
  /** Milliseconds between two attempts. */
  readonly pauseMs?: number;
}

/** Invokes a function that was just deployed. @throws {ProvisionError} LAC9041 when it fails */
export async function smokeTest(aws: Aws, test: SmokeTest): Promise<void> {
  const { stackName, fn, event, plan, signal, pauseMs = PAUSE_MS } = test;
  const until = plan.creates || plan.express ? Date.now() + PROPAGATION_MS : 0;
  for (;;) {
    const answer = await attempt(aws, stackName, fn, event);
    if (typeof answer !== "string" && !answer.failure) return;
    const maySucceed = typeof answer === "string" || DENIED.test(answer.payload);
    if (!maySucceed || Date.now() >= until) throw failed(stackName, fn, plan, answer);
    await pause(pauseMs, signal);
  }
}

/** The answer, or Lambda's word that the function cannot run yet. */
async function attempt(
  aws: Aws,
  stackName: string,
  fn: string,
  event: unknown,
): Promise<RemoteInvocation | string> {
  try {
    return await invokeRemote(aws, stackName, fn, JSON.stringify(event ?? null));
  } catch (error) {
    const { cause } = error as { cause?: unknown };
    const said = cause instanceof Error ? cause.message : "";
    if (isNamed(cause ?? {}, "ResourceNotReadyException") || ROLE_UNKNOWN.test(said)) return said;
    throw error;
  }
}

function failed(
  stackName: string,
  fn: string,
  { creates }: SmokeTest["plan"],
  answer: RemoteInvocation | string,
): ProvisionError {
  const done = `The stack ${stackName} was ${creates ? "created" : "updated"}`;
  const frame = typeof answer === "string" ? answer : `${answer.payload}\n${answer.log}`.trim();
  return new ProvisionError("LAC9041", `${done}, but the function "${fn}" failed its smoke test.`, {
    frame,
    hint: creates
      ? "Correct it and run the same command again, or take the stack away with `npx @laconic/cli delete`."
      : "Correct it and run the same command again; the deployment before it is back when its source is deployed again.",
  });
}
