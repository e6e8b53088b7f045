import type { Builtin } from "../builtin.js";

export const workerThreads: Builtin = {
  name: "worker_threads",
  support: "polyfill",
  exports: {
    Worker: {
      support: "unsupported",
      reason: "the library is one JavaScript thread inside the host process",
      wayOut: "do the work in the handler, or in another function",
    },
    postMessageToThread: { support: "unsupported", reason: "there is one thread" },
  },
};
