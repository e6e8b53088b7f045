import { oneThread, useNodeShim } from "../builtin.js";

/** Why a global of Node's is not there, and what to do instead. */
export interface GlobalRow {
  readonly reason: string;
  readonly wayOut: string;
}

const noThreads: GlobalRow = {
  reason: oneThread,
  wayOut: "call the code directly instead of posting a message to it",
};
const noPerformanceEntries: GlobalRow = {
  reason: "the engine has a clock, but keeps no performance entries",
  wayOut: "measure with performance.now()",
};
const noStreamClass = (name: string, instead: string): GlobalRow => ({
  reason: `the engine has no ${name}`,
  wayOut: instead,
});

/** The globals of Node 22 that the library does not have; it has all others. */
export const unsupportedGlobals: Readonly<Record<string, GlobalRow>> = {
  BroadcastChannel: noThreads,
  CompressionStream: noStreamClass("CompressionStream", 'compress with "node:zlib"'),
  DecompressionStream: noStreamClass("DecompressionStream", 'decompress with "node:zlib"'),
  MessageChannel: noThreads,
  MessageEvent: noThreads,
  MessagePort: noThreads,
  Navigator: { reason: "the engine has navigator, but not its class", wayOut: "look at navigator itself" },
  Performance: noPerformanceEntries,
  PerformanceEntry: noPerformanceEntries,
  PerformanceMark: noPerformanceEntries,
  PerformanceMeasure: noPerformanceEntries,
  PerformanceObserver: noPerformanceEntries,
  PerformanceObserverEntryList: noPerformanceEntries,
  PerformanceResourceTiming: noPerformanceEntries,
  TextDecoderStream: noStreamClass(
    "TextDecoderStream",
    "decode each chunk with a TextDecoder and { stream: true }",
  ),
  TextEncoderStream: noStreamClass("TextEncoderStream", "encode each chunk with a TextEncoder"),
  TransformStream: noStreamClass(
    "TransformStream",
    "read the stream and enqueue what becomes of it in another one",
  ),
  TransformStreamDefaultController: noStreamClass(
    "TransformStream",
    "read the stream and enqueue what becomes of it in another one",
  ),
  WebAssembly: {
    reason: "the engine compiles JavaScript only",
    wayOut: `use a build of the package without it, or ${useNodeShim}`,
  },
  WebSocket: {
    reason: "the engine has no WebSocket client",
    wayOut: "use HTTP, or API Gateway's @connections endpoint to send to WebSocket clients",
  },
};
