import { runAfterResponse } from "./after-response.js";

/** Something an app does when its process is about to be kept as a snapshot, or has just been made from one. */
export type LifecycleHook = () => unknown;

// What waits to be sent would be sent by every process that is restored from the snapshot.
const before: LifecycleHook[] = [() => runAfterResponse(null, true)];
const after: LifecycleHook[] = [];

/** The reserved names under which a host tells of either, and what the app does then. Function names cannot hold `$`. */
const LIFECYCLE = new Map([
  ["$beforeSnapshot", before],
  ["$afterRestore", after],
]);

/**
 * Runs `hook` before Lambda takes a SnapStart snapshot of the started function: to close what a copy cannot share.
 * Hooks run one after another, the last registered first.
 */
export function beforeSnapshot(hook: LifecycleHook): void {
  before.unshift(hook);
}

/**
 * Runs `hook` in every sandbox that is restored from a snapshot, before its first request: for what must not be the same
 * in all of them (ids, caches with an age) and what did not survive (connections). Hooks run in the order of registration.
 */
export function afterRestore(hook: LifecycleHook): void {
  after.push(hook);
}

/** Runs the hooks of a notice; undefined when the name is none. One that throws or rejects fails snapshot or restore. */
export function runHooks(name: string): Promise<string> | undefined {
  const hooks = LIFECYCLE.get(name);
  return (
    hooks &&
    hooks.reduce((previous, hook) => previous.then(hook), Promise.resolve<unknown>(null)).then(() => "null")
  );
}
