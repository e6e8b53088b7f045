import type { Builtin } from "../builtin.js";

export const domain: Builtin = {
  name: "domain",
  support: "polyfill",
  reason: "deprecated in Node",
  exports: {
    Domain: {
      support: "polyfill",
      reason: "is told of what is thrown while its functions run, and of nothing later",
    },
  },
};
