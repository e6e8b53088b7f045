import { useNodeShim } from "../builtin.js";

/** Why a global of Node's is not there, and what to do instead. */
export interface GlobalRow {
  readonly reason: string;
  readonly wayOut: string;
}

/** The globals of Node 22 that the library does not have; it has all others, some only for an app that names them. */
export const unsupportedGlobals: Readonly<Record<string, GlobalRow>> = {
  MessageEvent: {
    reason: "ports give their listeners plain objects",
    wayOut: "look at the properties of what a listener is given",
  },
  WebAssembly: {
    reason: "the engine compiles JavaScript only",
    wayOut: `use a build of the package without it, or ${useNodeShim}`,
  },
  WebSocket: {
    reason: "the engine has no WebSocket client",
    wayOut: "use HTTP, or API Gateway's @connections endpoint to send to WebSocket clients",
  },
};
