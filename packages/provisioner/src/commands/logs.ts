import { calling, hasStatus, isNamed } from "../aws/aws-errors.js";
import type { Aws } from "../aws/clients.js";
import { existingStack, pause, POLL_MS } from "../aws/stack.js";
import { ProvisionError } from "../errors.js";
import { stackResources } from "./remove.js";

export interface LogsOptions {
  readonly stackName: string;
  /** As registered; without it, those of all functions. */
  readonly functionName?: string | undefined;
  /** Milliseconds since 1970. */
  readonly since: number;
  /** Goes on until the signal is aborted. */
  readonly tail: boolean;
  readonly pollMs?: number;
  readonly signal: AbortSignal;
  readonly onLine: (line: LogLine) => void;
}

export interface LogLine {
  readonly at: Date;
  /** Name of the deployed function. */
  readonly from: string;
  readonly text: string;
}

/** Tells the lines of a stack's functions, oldest first. @throws {ProvisionError} LAC9030, LAC9006 */
export async function logs(aws: Aws, options: LogsOptions): Promise<void> {
  const { stackName, signal, tail, pollMs = POLL_MS } = options;
  const stack = await existingStack(aws, stackName);
  const groups = await logGroups(aws, stack.StackId ?? stackName, options);
  const told = new Set<string>();
  for (;;) {
    const lines = (await Promise.all(groups.map((group) => linesOf(aws, group, options.since, told)))).flat();
    for (const line of lines.sort((a, b) => a.at.getTime() - b.at.getTime())) options.onLine(line);
    if (!tail || signal.aborted) return;
    await pause(pollMs, signal).catch(() => undefined);
  }
}

async function logGroups(
  aws: Aws,
  stackId: string,
  { stackName, functionName }: LogsOptions,
): Promise<string[]> {
  const resources = await stackResources(aws, stackId);
  const all = resources
    .filter(({ type }) => type === "AWS::Logs::LogGroup")
    .map(({ physicalId }) => physicalId);
  if (functionName === undefined) return all;
  const names = new Set(
    [functionName, `${stackName}-${functionName}`].map((name) => name.replaceAll(".", "-")),
  );
  const chosen = all.filter((group) => names.has(group.replace("/aws/lambda/", "")));
  if (chosen.length > 0) return chosen;
  throw new ProvisionError("LAC9006", `The stack ${stackName} has no function "${functionName}".`, {
    hint: `It has: ${all.map((group) => group.replace(`/aws/lambda/${stackName}-`, "")).join(", ")}.`,
  });
}

async function linesOf(aws: Aws, group: string, since: number, told: Set<string>): Promise<LogLine[]> {
  const client = await aws.client("logs");
  const found: LogLine[] = [];
  let next: string | undefined;
  do {
    const page = await calling(
      `Reading the log group ${group}`,
      client
        .filterLogEvents({ logGroupName: group, startTime: since, ...(next && { nextToken: next }) })
        // Nothing has been logged yet.
        .catch((error: unknown) => {
          if (isNamed(error, "ResourceNotFoundException") || hasStatus(error, 404))
            return { events: [], nextToken: undefined };
          throw error;
        }),
    );
    for (const { eventId = "", timestamp = 0, message = "" } of page.events ?? []) {
      const key = `${group} ${eventId} ${timestamp} ${message}`;
      if (told.has(key)) continue;
      told.add(key);
      found.push({
        at: new Date(timestamp),
        from: group.replace("/aws/lambda/", ""),
        text: message.trimEnd(),
      });
    }
    next = page.nextToken;
  } while (next);
  return found;
}
