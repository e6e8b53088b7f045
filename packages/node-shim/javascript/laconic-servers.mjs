// The servers that the app listens with, so that http() without an app finds the one that answers. Loaded before the app.
import { tracingChannel } from "node:diagnostics_channel";
import { Server } from "node:http";

/** @type {Server[]} in the order in which they began to listen */
const servers = [];
/** @type {WeakSet<object>} */
const own = new WeakSet();

/** Says that a server is the shim's, not the app's. @param {Server} server */
export function isShims(server) {
  own.add(server);
}

tracingChannel("net.server.listen").subscribe(
  /** @type {import("node:diagnostics_channel").TracingChannelSubscribers<object>} */ ({
    asyncStart(message) {
      const { server } = /** @type {{ server?: unknown }} */ (message);
      if (server instanceof Server && !own.has(server)) servers.push(server);
    },
  }),
);

// Under the name by which the dispatcher looks for them.
/** @type {Record<symbol, unknown>} */ (/** @type {unknown} */ (globalThis))[Symbol.for("laconic.http")] = {
  servers,
};
