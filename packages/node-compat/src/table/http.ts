import { lacking, type Builtin } from "../builtin.js";
import { unsupportedGlobals } from "./globals.js";

export const http: Builtin = {
  name: "http",
  support: "polyfill",
  exports: {
    createServer: {
      support: "polyfill",
      reason:
        "the server opens no port: its requests come from the dispatcher, and from the app itself over connections within the process",
    },
    Server: {
      support: "polyfill",
      reason:
        "has no connection below a request from the dispatcher: events and limits of connections say nothing of it",
    },
    ...lacking(unsupportedGlobals["WebSocket"]!.reason, unsupportedGlobals["WebSocket"]!.wayOut, [
      "CloseEvent",
      "MessageEvent",
      "WebSocket",
    ]),
    setMaxIdleHTTPParsers: { support: "polyfill", reason: "does nothing: there are no parsers" },
  },
};
