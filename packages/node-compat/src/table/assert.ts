import type { Builtin } from "../builtin.js";

export const assert: Builtin = {
  name: "assert",
  support: "polyfill",
  exports: {
    CallTracker: { support: "unsupported", reason: "deprecated in Node", wayOut: "use mock functions of a test library" },
  },
};
