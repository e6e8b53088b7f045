import { useNodeShim } from "../builtin.js";

/** Why a global of Node's is not there, and what to do instead. */
export interface GlobalRow {
  readonly reason: string;
  readonly wayOut: string;
}

const noCompression = "the engine has no compressing web streams";

/** The globals of Node 22 that the library does not have; it has all others. */
export const unsupportedGlobals: Readonly<Record<string, GlobalRow>> = {
  CompressionStream: { reason: noCompression, wayOut: 'compress with "node:zlib"' },
  DecompressionStream: { reason: noCompression, wayOut: 'decompress with "node:zlib"' },
  MessageEvent: {
    reason: "ports give their listeners plain objects",
    wayOut: "look at the properties of what a listener is given",
  },
  Navigator: { reason: "the engine has navigator, but not its class", wayOut: "look at navigator itself" },
  WebAssembly: {
    reason: "the engine compiles JavaScript only",
    wayOut: `use a build of the package without it, or ${useNodeShim}`,
  },
  WebSocket: {
    reason: "the engine has no WebSocket client",
    wayOut: "use HTTP, or API Gateway's @connections endpoint to send to WebSocket clients",
  },
};

/** Globals that the bundler puts where they are named: they are no members of `globalThis`. */
export const namedGlobals: readonly string[] = [
  "BroadcastChannel",
  "MessageChannel",
  "MessagePort",
  "Performance",
  "PerformanceEntry",
  "PerformanceMark",
  "PerformanceMeasure",
  "PerformanceObserver",
  "PerformanceObserverEntryList",
  "PerformanceResourceTiming",
  "TextDecoderStream",
  "TextEncoderStream",
  "TransformStream",
  "TransformStreamDefaultController",
];

/** What is lacking in a use of a global; undefined when nothing is. */
export function lackingGlobal(name: string, isMember: boolean): GlobalRow | undefined {
  if (Object.hasOwn(unsupportedGlobals, name)) return unsupportedGlobals[name];
  if (!isMember || !namedGlobals.includes(name)) return undefined;
  return {
    reason: "it is there by its own name, and not as a member of globalThis",
    wayOut: `write ${name} alone`,
  };
}
