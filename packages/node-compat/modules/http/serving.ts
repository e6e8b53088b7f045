import type { Any } from "../internal/any.js";
import type { StreamHandle } from "../net/stream-handle.js";

/** A connection as its server sees it. */
export interface Served {
  /** No request is being read or answered. */
  readonly isIdle: boolean;
  destroy(): void;
}

const connections = new WeakMap<object, Set<Served>>();

/** The connections of each server; who serves them is known once something in the bundle can open one. */
export const serving = {
  listener: undefined as ((this: Any, socket: Any) => void) | undefined,
  open: undefined as ((server: Any, handle: StreamHandle) => void) | undefined,

  remember(server: object, connection: Served): void {
    const known = connections.get(server);
    if (known === undefined) connections.set(server, new Set([connection]));
    else known.add(connection);
  },

  forget(server: Any, connection: Served): void {
    connections.get(server)?.delete(connection);
    server._connectionGone?.();
  },

  of(server: object): readonly Served[] {
    return [...(connections.get(server) ?? [])];
  },
};
