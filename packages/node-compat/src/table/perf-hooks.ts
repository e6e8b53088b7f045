import type { Builtin } from "../builtin.js";

export const perfHooks: Builtin = {
  name: "perf_hooks",
  support: "polyfill",
  exports: {
    monitorEventLoopDelay: {
      support: "polyfill",
      reason: "records nothing: between requests the loop stands still",
    },
  },
};
