// Node's globals, for whatever module names one without an import: the bundler puts the import there. Each is in the
// bundle only when it is named.
export { Buffer } from "../buffer.js";
export { default as console } from "../console.js";
export { default as process } from "../process.js";
export { moduleDirname, moduleFilename, moduleUrl } from "./module-place.js";
export {
  Performance,
  PerformanceEntry,
  PerformanceMark,
  PerformanceMeasure,
  PerformanceObserver,
  PerformanceObserverEntryList,
  PerformanceResourceTiming,
} from "../perf_hooks.js";
export {
  TextDecoderStream,
  TextEncoderStream,
  TransformStream,
  TransformStreamDefaultController,
} from "../stream/web.js";
export { BroadcastChannel, MessageChannel, MessagePort } from "../worker_threads.js";
export { AbortController, AbortSignal } from "../web/abort.js";
