import type { Builtin } from "../builtin.js";

export const http2: Builtin = {
  name: "http2",
  support: "polyfill",
  reason: "there are its constants and classes, for packages that name them",
  exports: {
    connect: {
      support: "unsupported",
      reason: "the library opens no HTTP/2 connections",
      wayOut: "use fetch or node:https for outgoing requests",
    },
    createServer: {
      support: "unsupported",
      reason: "the library opens no HTTP/2 connections",
      wayOut: "use fetch or node:https for outgoing requests",
    },
    createSecureServer: {
      support: "unsupported",
      reason: "the library opens no HTTP/2 connections",
      wayOut: "use fetch or node:https for outgoing requests",
    },
    performServerHandshake: {
      support: "unsupported",
      reason: "the library opens no HTTP/2 connections",
      wayOut: "use fetch or node:https for outgoing requests",
    },
    getPackedSettings: {
      support: "unsupported",
      reason: "the library opens no HTTP/2 connections",
      wayOut: "use fetch or node:https for outgoing requests",
    },
    getUnpackedSettings: {
      support: "unsupported",
      reason: "the library opens no HTTP/2 connections",
      wayOut: "use fetch or node:https for outgoing requests",
    },
  },
};
