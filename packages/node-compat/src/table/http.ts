import type { Builtin } from "../builtin.js";

export const http: Builtin = {
  name: "http",
  support: "polyfill",
  exports: {
    createServer: { support: "polyfill", reason: "the server opens no port: listen() makes it known to the dispatcher, which calls its listeners" },
    Server: { support: "polyfill", reason: "has no connections: events and limits of connections are accepted and mean nothing" },
    setMaxIdleHTTPParsers: { support: "polyfill", reason: "does nothing: there are no parsers" },
    _connectionListener: { support: "polyfill", reason: "does nothing: there are no connections" },
  },
};
