import type { Builtin } from "../builtin.js";

export const assert: Builtin = {
  name: "assert",
  support: "polyfill",
  exports: {
    Assert: {
      support: "unsupported",
      reason: "asserts with options of their own are new in Node and rare",
      wayOut: "use the functions of the module",
    },
    CallTracker: {
      support: "unsupported",
      reason: "deprecated in Node",
      wayOut: "use mock functions of a test library",
    },
  },
};
