/** Something an app does when its process is about to be kept as a snapshot, or has just been made from one. */
export type LifecycleHook = () => unknown;

/** The reserved names under which a host tells of either. Function names cannot hold `$`. */
export const LIFECYCLE = ["$beforeSnapshot", "$afterRestore"] as const;
export type LifecycleEvent = (typeof LIFECYCLE)[number];

const hooks: Record<LifecycleEvent, LifecycleHook[]> = { $beforeSnapshot: [], $afterRestore: [] };

/**
 * Runs `hook` before Lambda takes a SnapStart snapshot of the started function: to close what a copy cannot share.
 * Hooks run one after another, the last registered first.
 */
export function beforeSnapshot(hook: LifecycleHook): void {
  hooks.$beforeSnapshot.unshift(hook);
}

/**
 * Runs `hook` in every sandbox that is restored from a snapshot, before its first request: for what must not be the same
 * in all of them (ids, caches with an age) and what did not survive (connections). Hooks run in the order of registration.
 */
export function afterRestore(hook: LifecycleHook): void {
  hooks.$afterRestore.push(hook);
}

export function isLifecycleEvent(name: string): name is LifecycleEvent {
  return (LIFECYCLE as readonly string[]).includes(name);
}

/** Runs the hooks; one that throws or rejects fails the snapshot or the restore. */
export async function runHooks(event: LifecycleEvent): Promise<string> {
  for (const hook of hooks[event]) await hook();
  return "null";
}
