/**
 * What a host runs once a response has left. `remainingMs` is how long that may take; `isLast` says that what is kept back
 * would never be sent, or by every process that is made from a snapshot of this one.
 */
export interface AfterResponse {
  (remainingMs: number, isLast: boolean): unknown;
  /** Whether it waits for others. What only writes is done in no time. */
  sends?: boolean;
}

/** Where Laconic's hosts look; elsewhere nobody does. */
const HOOKS = Symbol.for("laconic.afterResponse");

export function onAfterResponse(hook: AfterResponse, sends: boolean): void {
  hook.sends = sends;
  const host = globalThis as { [HOOKS]?: Set<AfterResponse> };
  (host[HOOKS] ??= new Set()).add(hook);
}
