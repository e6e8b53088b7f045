import { lacking, type Builtin } from "../builtin.js";
import { unsupportedGlobals } from "./globals.js";

export const http: Builtin = {
  name: "http",
  support: "polyfill",
  exports: {
    createServer: {
      support: "polyfill",
      reason:
        "the server opens no port: listen() makes it known to the dispatcher, which calls its listeners",
    },
    Server: {
      support: "polyfill",
      reason: "has no connections: events and limits of connections are accepted and mean nothing",
    },
    ...lacking(unsupportedGlobals["WebSocket"]!.reason, unsupportedGlobals["WebSocket"]!.wayOut, [
      "CloseEvent",
      "MessageEvent",
      "WebSocket",
    ]),
    setMaxIdleHTTPParsers: { support: "polyfill", reason: "does nothing: there are no parsers" },
    _connectionListener: { support: "polyfill", reason: "does nothing: there are no connections" },
  },
};
