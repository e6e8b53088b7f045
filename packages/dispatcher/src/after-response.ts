/**
 * Work that runs after a response, such as sending metrics. `remainingMs` is the time it has. `isLast` is true before the
 * process ends and before a snapshot: whatever is still queued then would be lost, or sent by every restored process.
 */
export interface AfterResponse {
  (remainingMs: number, isLast: boolean): unknown;
  /** Whether it waits for others. What only writes is done in no time. */
  readonly sends?: boolean;
}

/** The reserved name under which a host has it done once it has sent a response. Function names cannot hold `$`. */
export const AFTER_RESPONSE = "$afterResponse";

/** Where it is registered: by packages that know nothing of this one, and before or after it is loaded. */
const HOOKS = Symbol.for("laconic.afterResponse");

/** What there is of it; the host asks before it calls. */
export function workAfterResponse(): "send" | "write" | null {
  const all = hooks();
  if (all === undefined || all.size === 0) return null;
  for (const hook of all) if (hook.sends === true) return "send";
  return "write";
}

/** Runs all of it at once; one that fails has nobody to tell. `event` is the deadline, in milliseconds since 1970. */
export async function runAfterResponse(event: unknown, isLast: boolean): Promise<string> {
  const remainingMs =
    typeof event === "number" && event > 0 ? Math.max(0, event - Date.now()) : Number.MAX_SAFE_INTEGER;
  const started = Array.from(hooks() ?? [], async (hook) => hook(remainingMs, isLast));
  await Promise.allSettled(started);
  return "null";
}

function hooks(): Set<AfterResponse> | undefined {
  return (globalThis as { [HOOKS]?: Set<AfterResponse> })[HOOKS];
}
