import type { Engine } from "./connect.js";

/**
 * The `uid:gid` that makes a container's files the calling user's: the user's own; root where the engine is
 * rootless and maps root to the user; undefined on a system without user ids, where the engine sees to it.
 */
export function callingUser({ rootless }: Pick<Engine, "rootless">): string | undefined {
  if (rootless) return "0:0";
  const [uid, gid] = [process.getuid?.(), process.getgid?.()];
  return uid === undefined || gid === undefined ? undefined : `${uid}:${gid}`;
}
