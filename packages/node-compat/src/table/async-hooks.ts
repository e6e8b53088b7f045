import type { Builtin } from "../builtin.js";

export const asyncHooks: Builtin = {
  name: "async_hooks",
  support: "polyfill",
  exports: {
    createHook: {
      support: "unsupported",
      reason: "the engine has no events for the hooks, which are never called",
      wayOut: "use AsyncLocalStorage",
    },
    executionAsyncId: { support: "polyfill", reason: "is always 1: the engine numbers nothing" },
    triggerAsyncId: { support: "polyfill", reason: "is always 0: the engine numbers nothing" },
    executionAsyncResource: { support: "polyfill", reason: "is one object for everything" },
  },
};
