import type { StackEvent } from "@aws-sdk/client-cloudformation";
import type { Origin } from "../template/stack-template.js";
import { calling } from "./aws-errors.js";
import type { Aws } from "./clients.js";
import { findStack, isRunning, pause } from "./stack.js";

/** One thing that happened to one resource. */
export interface Happening {
  readonly at: Date;
  readonly logicalId: string;
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
}

/** How an operation ended. */
export interface Ending {
  readonly status: string;
  readonly happenings: readonly Happening[];
}

export interface Watching {
  /** The stack's id: a deleted stack is found by nothing else. */
  readonly stackId: string;
  /** The token that the operation was started with: events of others have another one. */
  readonly token: string;
  readonly pollMs: number;
  readonly signal: AbortSignal;
  readonly onHappening: (happening: Happening) => void;
}

/** Follows an operation until it ends, and tells each event once, in order. */
export async function watchStack(aws: Aws, watching: Watching): Promise<Ending> {
  const told = new Set<string>();
  const happenings: Happening[] = [];
  for (;;) {
    // The state first: events that come after it are told in the next round, and none is lost after the last.
    const stack = await findStack(aws, watching.stackId);
    const fresh = await eventsSince(aws, watching, told);
    for (const happening of fresh) {
      happenings.push(happening);
      watching.onHappening(happening);
    }
    const status = stack?.StackStatus ?? "DELETE_COMPLETE";
    if (!isRunning(status)) return { status, happenings };
    await pause(watching.pollMs, watching.signal);
  }
}

async function eventsSince(aws: Aws, { stackId, token }: Watching, told: Set<string>): Promise<Happening[]> {
  const cloudFormation = await aws.client("cloudFormation");
  const fresh: StackEvent[] = [];
  let next: string | undefined;
  do {
    const { StackEvents = [], NextToken } = await calling(
      "Reading the stack's events",
      cloudFormation.describeStackEvents({ StackName: stackId, ...(next && { NextToken: next }) }),
    );
    const unknown = StackEvents.filter(
      ({ EventId, ClientRequestToken }) => !told.has(EventId ?? "") && ClientRequestToken === token,
    );
    fresh.push(...unknown);
    // Newest first: behind one that is known there are only known ones.
    next = unknown.length === StackEvents.length ? NextToken : undefined;
  } while (next);
  for (const { EventId } of fresh) told.add(EventId ?? "");
  return fresh.reverse().map(happening);
}

function happening(event: StackEvent): Happening {
  const {
    Timestamp,
    LogicalResourceId = "",
    ResourceType = "",
    ResourceStatus = "",
    ResourceStatusReason,
  } = event;
  return {
    at: Timestamp ?? new Date(0),
    logicalId: LogicalResourceId,
    type: ResourceType,
    status: ResourceStatus,
    ...(ResourceStatusReason && { reason: ResourceStatusReason }),
  };
}

/** The failure that the others follow from. */
export function firstFailure(happenings: readonly Happening[]): Happening | undefined {
  const failed = happenings.filter(({ status }) => status.endsWith("_FAILED"));
  const own = failed.filter(({ reason = "" }) => !/cancelled|following resource\(s\) failed/i.test(reason));
  return own[0] ?? failed[0];
}

/** What failed first, with its place in the app's source. */
export function explainFailure(
  happenings: readonly Happening[],
  origins: ReadonlyMap<string, Origin>,
): string | undefined {
  const failure = firstFailure(happenings);
  if (!failure) return undefined;
  const { owner, place } = origins.get(failure.logicalId) ?? {};
  const what = `${failure.logicalId} (${failure.type}) ${failure.status}: ${failure.reason ?? "no reason given"}`;
  const whose = owner ? `\nIt belongs to ${owner}${place ? `, registered at ${place}` : ""}.` : "";
  return `${what}${whose}`;
}
